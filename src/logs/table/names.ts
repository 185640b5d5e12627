// SPDX-License-Identifier: MIT
// What names of columns mean: roles, units and kinds of time, in the words of recorders, fleets and papers.
import type { EpochHint } from '../clock/epoch.ts';
import { inZone } from '../clock/names.ts';
import type { Role, SpeedUnit } from '../format.ts';

/**
 * `invalid`: a yes means that there was no fix; `point`: both numbers of a position in one column; `zone`: that of a
 * wall clock; `half`: of its day; `datum`: of the positions; `turn`: may tell vehicles apart.
 */
export type ColumnRole =
  | Role
  | 'invalid'
  | 'satellites'
  | 'dilution'
  | 'provider'
  | 'north_south'
  | 'east_west'
  | 'point'
  | 'zone'
  | 'half'
  | 'datum'
  | 'turn';

export interface Meaning {
  role: ColumnRole;
  /** 0 is the first choice where several columns have the role. */
  rank: number;
  unit: SpeedUnit;
  hint: EpochHint | undefined;
  /** The zone that the name gives to its times: UTC, an offset, an abbreviation. */
  zone: string | undefined;
  /** What a heading is in degrees, and an accuracy in metres. */
  scale: number;
}

/** Names without units, words apart by one blank; the first of a list is chosen first. */
const NAMES: Record<ColumnRole, string> = {
  time:
    'time utc,utc time,timestamp utc,utc timestamp,datetime utc,utc datetime,time,timestamp,time stamp,datetime,date time,' +
    'gps seconds,gps secs,gps sec,gps epoch,gps epoch time,gps time seconds,gps time sec,seconds since 1980,' +
    'gps time,gpst,gps timestamp,gps datetime,gpstime,fix time,fixtime,tst,recorded at,recorded time,measured at,captured at,' +
    'event time,eventtime,located at,utime,log time,sample time,position time,locationtime,location time,unix time,unixtime,unix timestamp,' +
    'unix,epoch,epoch time,utc,ts,t,time of fix,日時,時刻,測位日時,測位時刻,記録日時,取得日時,計測日時,発生日時,日付時刻,世界時,協定世界時,time zulu,zulu time,' +
    'タイムスタンプ,时间,時間,fecha hora,data hora,datum uhrzeit,zeit,zeitstempel,hora,heure,device time,devicetime,' +
    '発生日時,時間,時分秒,gmt time,local time,local datetime,local timestamp,created at,server time,servertime,' +
    'date and time,datetime stamp,yyyy mo dd hh mi ss sss,observed at,定位时间,시간,일시,측정시간,last updated,last changed,ora,data ora,' +
    'captured timestamp,capture timestamp,capture time,capture date,capture datetime,capture date time,event datetime,event date time,' +
    'event timestamp,record time,record datetime,record date time,recorded date time,date time recorded,date recorded,report time,reported at,' +
    'update time,update utc,updated at,msg time,message time,packet time,collect time,sampling time,sample datetime,ping timestamp,' +
    'pingtimestamp,stamp secs,stamp sec,header stamp secs,header stamp sec,tv sec,secs,header stamp,stamp,get time,' +
    'zeitpunkt,fecha y hora,data e hora,date et heure gps,date heure gps,fecha gps,data gps,data posição,data hora posição,时间戳,時間戳,측정일시,기록일시,시각,' +
    'uhrzeit,tijdstip,godzina,klockslag,čas,час,data e ora,date heure,date et heure,horodatage,время,дата время,дата и время,czas,data czas,tijd,datum tijd,tidpunkt,' +
    'datum tid,tarih saat,zaman,saat,thời gian,waktu,เวลา,ώρα,timp,aika,idő,الوقت,זמן,زمان,समय,日期時間,日期时间,gps时间,上报时间,采集时间',
  date: 'utc date,date,運行日,運行年月日,稼働日,gps date,day,日付,年月日,測位日,日期,fecha,data,datum,gmt date,local date,날짜,일자,日,дата,dato,tarih,tanggal,ngày,วันที่',
  lat:
    'lat,latitude,gps latitude,gps lat,lat deg,latitude deg,latitude degrees,raw lat,rawlat,latitude e7,lat e7,latitudee7,position lat,' +
    'location lat,start lat,y lat,緯度,北緯,纬度,latitud,breite,breitengrad,latitude n s,latitude decimal,wgs84 lat,lat wgs84,위도,' +
    'широта,latitudine,latitudo,breedtegraad,breddgrad,breddegrad,enlem,lintang,vĩ độ,ละติจูด,γεωγραφικό πλάτος,szerokość geograficzna,szer geogr,zeměpisná šířka,leveysaste,szélesség,خط العرض,קו רוחב,عرض جغرافیایی,अक्षांश',
  lon:
    'lon,lng,long,longitude,gps longitude,gps lon,gps lng,gps long,lon deg,longitude deg,longitude degrees,raw lon,raw lng,rawlng,longitude e7,' +
    'lon e7,longitudee7,position lon,position long,location lon,location lng,x lon,経度,東経,经度,longitud,länge,längengrad,' +
    'longitude e w,longitude decimal,wgs84 lon,lon wgs84,lng wgs84,경도,долгота,longitudine,lengtegraad,längdgrad,længdegrad,lengdegrad,boylam,bujur,kinh độ,ลองจิจูด,' +
    'γεωγραφικό μήκος,經度,довгота,długość geograficzna,dł geogr,zeměpisná délka,pituusaste,hosszúság,خط الطول,קו אורך,طول جغرافیایی,देशांतर',
  north_south:
    'n s,ns,lat n s,latitude ns,lat ns,lat dir,ns indicator,n s indicator,lat ref,latitude ref,latitude hemisphere,lat hem,lat hemi,lat hemisphere,lat direction,latitude direction,lat sign,latitude sign,sign lat,sign latitude,lat sgn,緯度符号,南北',
  east_west:
    'e w,ew,lon e w,longitude ew,lon ew,lon dir,ew indicator,e w indicator,lon ref,longitude ref,longitude hemisphere,lon hem,lon hemi,lon hemisphere,lon direction,longitude direction,lng hem,lon sign,longitude sign,lng sign,long sign,sign lon,sign longitude,lon sgn,経度符号,東西,e o,w o,o w',
  speed:
    'speed,gps speed,speed 2d,2d speed,h speed,horizontal speed,g speed,ground speed,groundspeed,speed over ground,sog,speed gps,velocity,vel,spd,vehicle speed,' +
    'gps velocity,speed ground,速度,車速,gps速度,時速,速さ,geschwindigkeit,velocidad,velocidade,vitesse,spd over grnd,走行速度,속도,时速,車両速度,瞬間速度,測位速度,obd速度,obd speed,speed obd,km h,kmh,kph,mph,knots,' +
    'скорость,швидкість,prędkość,rychlost,rýchlosť,hız,velocità,snelheid,hastighed,hastighet,nopeus,sebesség,viteză,' +
    'brzina,hitrost,greitis,ātrums,kiirus,ταχύτητα,السرعة,سرعت,מהירות,ความเร็ว,tốc độ,vận tốc,kecepatan,kelajuan,geschw,enhanced speed',
  heading:
    'heading,heading deg,course,course deg,bearing,bearing deg,course over ground,cog,heading degrees,true course,' +
    'gps heading,gps course,gps bearing,azimuth,direction,方位,方位角,進行方向,進行方位,方向,richtung,kurs,rumbo,cap,방향,방위,' +
    'angle,hdg,head,course angle,heading angle,direction angle,航向,航向角,方向角,方位角度,走行方向,курс,направление,koers,kierunek,direzione',
  accuracy:
    'accuracy,accuracy m,hacc,hacc m,horizontal accuracy,h accuracy,gps accuracy,gps acc,h acc,horizontal acc,' +
    'position accuracy,horizontalaccuracy,' +
    '精度,水平精度,測位精度,genauigkeit,precision m,정확도,точность,précision,precisión,precisione,nauwkeurigheid,dokładność',
  valid:
    'valid,gps valid,is valid,fix valid,gps status,fix status,fix,gps fix,validity,has fix,fix quality,gps quality,fix type,' +
    'fix mode,gps mode,gps fix mode,gpsfix status,position valid,location valid,測位状態,測位,測位結果,測位モード,有効,gps有効,' +
    'nav status,position status,data status,status',
  invalid:
    'invalid,gps invalid,is invalid,outdated,is outdated,stale,is stale,mock,is mock,mocked,is mocked,mock location,' +
    'is mock location,from mock provider,is from mock provider,無効,未測位',
  satellites:
    'satellites,gps satellites,sats,gps sats,num sats,nsat,nsats,num sat,satellite count,sat count,satellites used,sats used,' +
    'used satellites,num sv,numsv,衛星数,使用衛星数,測位衛星数,捕捉衛星数',
  dilution: 'hdop,gps hdop,horizontal dilution,horizontal dilution of precision',
  provider: 'provider,location provider,loc provider,position provider',
  vehicle:
    'vehicle id,vehicleid,vehicle,vehid,veh id,device id,deviceid,device,device name,taxi id,car id,bus id,unit id,imei,' +
    'vehicle name,vehicle number,vehicle no,vehicle code,vehicle registration,vehicle reg,vehicle plate,asset id,asset,asset name,tid,' +
    'plate,plate number,plate no,number plate,license plate,licence plate,license plate number,licence plate number,' +
    'registration,registration number,reg no,vin,truck,truck id,truck no,fleet number,mmsi,device serial,device serial number,' +
    'device uid,device identifier,車両,車両id,車両番号,車番,車両名,車両コード,車両ナンバー,ナンバープレート,登録番号,' +
    '车牌,车牌号,车牌号码,车辆id,车辆编号,设备号,终端号,차량번호,차량,차량id,fahrzeug,fahrzeug id,kennzeichen,placa,patente,matrícula,' +
    'matricula,vehículo,vehiculo,veículo,veiculo,véhicule,vehicule,immatriculation,targa,veicolo,voertuig,kenteken,pojazd,' +
    'numer rejestracyjny,rejestracja,spz,plaka,araç,госномер,гос номер,номер машины,автомобиль,транспортное средство,' +
    'biển số,biển số xe,ทะเบียนรถ,nopol',
  driver: 'driver id,driverid,driver,driver name,drivername,運転者,乗務員,ドライバー,運転者id,乗務員コード',
  point:
    'wkt,geometry,geom,the geom,wkb,wkb geometry,latlng,latlon,lat lng,lat lon,latitude longitude,lat long,latlong,緯度経度,gps coordinates,' +
    'coordinates,coordinate,coords,座標,point,loc,pos,geo,geog,geography,geo point,geopoint,geo location,geolocation,shape,st astext,st asgeojson,st asewkt,lonlat,lnglat,lon lat,' +
    'lng lat,longlat,long lat,longitude latitude,gps point,gps location,gps position,position,location,gps,位置情報,位置',
  zone:
    'timezone,time zone,tz,tzid,tz name,timezone name,utc offset,gmt offset,tz offset,timezone offset,zone offset,タイムゾーン,' +
    'tz offset s,tz offset sec,tz offset seconds,timezone offset seconds,zone offset seconds,' +
    'utc offset minutes,utc offset min,gmt offset minutes,utc offset seconds,utc offset sec,utc offset s,gmt offset seconds',
  half: 'am pm,ampm,meridiem,meridian,time am pm,午前 午後,午前午後,上午 下午,上午下午,오전 오후,오전오후',
  datum: 'datum name,geodetic datum,測地系,coord type,coordinate type,coord system,coordinate system,crs,srs',
  turn:
    'trip id,trip,journey id,journey,drive id,track id,track,route id,user id,user,name,id,serial,serial number,serial no,unit,einheit,' +
    'unité,unidad,unidade,fahrzeug nr,wagen,véhicule nº,fahrer,conducteur,conductor,motorista,车辆,司机,终端,终端编号,设备,设备编号,号車,端末,端末id,기기,단말기,운전자',
};

const ROLES = new Map<string, { role: ColumnRole; rank: number }>();
for (const [role, names] of Object.entries(NAMES)) {
  names.split(',').forEach((name, rank) => {
    const found = { role: role as ColumnRole, rank };
    ROLES.set(name, found);
    const joined = name.replaceAll(' ', '');
    if (!ROLES.has(joined)) ROLES.set(joined, found);
  });
}

/** Words before a name that leave it what it is: GPSLatitude, location-long, position.speed. */
const BEFORE = /^(?:gps|gnss|location|position|event|field|loc|pos)\s*(?=.)/;
const AFTER_BEFORE = 100;

function roleOf(base: string): { role: ColumnRole; rank: number } | undefined {
  const known = ROLES.get(base) ?? ROLES.get(base.replaceAll(' ', ''));
  if (known) return known;
  const rest = ROLES.get(base.replace(BEFORE, ''));
  const serves =
    rest !== undefined &&
    rest.role !== 'valid' &&
    rest.role !== 'invalid' &&
    rest.role !== 'provider' &&
    rest.role !== 'point' &&
    rest.role !== 'vehicle' &&
    rest.role !== 'turn';
  return serves ? { role: rest.role, rank: rest.rank + AFTER_BEFORE } : undefined;
}

const SPEED_UNITS: [RegExp, SpeedUnit][] = [
  [
    /^(?:km ?(?:h|t|u|sa)|kph|kmph|km (?:hr|std|godz|uur|saat|jam)|км ?(?:ч|час|год)|กม ชม|km per hour|kilomet(?:er|re)s? (?:per )?hour|時速|キロ|(?:公里|千米) ?(?:每?小)?[时時])(?: ?1)?$/,
    'kmh',
  ],
  [
    /^(?:m ?s|м ?с|mps|ms 1|m s 1|meters? (?:per )?se(?:c|cond)?s?|metres? (?:per )?seconds?|m sec|m per s|秒速)$/,
    'mps',
  ],
  [/^(?:mph|mi h|miles? (?:per )?hours?)$/, 'mph'],
  [/^(?:knots?|kn|kts?|ノット|节)$/, 'knots'],
  [/^(?:cm ?s|cm sec|cmps|centimet(?:er|re)s? (?:per )?seconds?)$/, 'cms'],
  [/^(?:ft ?s|fps|ft sec|feet (?:per )?seconds?)$/, 'fps'],
  [/^(?:mm ?s|mm sec|mmps|millimet(?:er|re)s? (?:per )?seconds?)$/, 'mms'],
  [/^(?:0 1 ?km ?h|km ?h (?:x ?)?10|dkmh)$/, 'dkmh'],
  [/^(?:0 01 ?km ?h|km ?h (?:x ?)?100|ckmh)$/, 'ckmh'],
];

/** Longer texts name no column; patterns over them would take minutes. */
const LONGEST_NAME = 200;

/** Lower case, without marks, words apart by one blank; the part in brackets and the rest. */
export function normal(name: string): { base: string; unit: string } {
  if (name.length > LONGEST_NAME) return { base: '', unit: '' };
  const words = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/(?<=[度速])(?=[a-z])/g, ' ')
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
      .trim();
  const plain = name.normalize('NFKC');
  const brackets = /[([{]([^)\]}]*)[)\]}]?\s*$/.exec(plain);
  if (!brackets) return { base: words(plain), unit: '' };
  return { base: words(plain.slice(0, brackets.index)), unit: words(brackets[1] ?? '') };
}

export function speedUnit(words: string): SpeedUnit | undefined {
  return SPEED_UNITS.find(([shape]) => shape.test(words))?.[1];
}

/** Seconds since 1980-01-06, by their name. */
const GPS_SECONDS = /^(?:gps (?:epoch(?: time)?|(?:time )?sec(?:ond)?s?)|(?:seconds )?since 1980.*)$/;

const HINTS: [RegExp, EpochHint][] = [
  [/^(?:ms|millis|milliseconds?|msecs?)$/, 'ms'],
  [/^(?:us|µs|micros|microseconds?|[uµ]secs?)$/, 'us'],
  [/^(?:ns|nanos|nanoseconds?|nsecs?|nanosecs?)$/, 'ns'],
  [/^(?:s|sec|secs|seconds?)$/, 's'],
  [GPS_SECONDS, 'gps'],
  [/^(?:apple|cocoa|cfabsolutetime|since 2001.*)$/, 'apple'],
  [/^(?:excel|serial|serial date|serial day)$/, 'spreadsheet'],
];
const hintOf = (words: string) => HINTS.find(([shape]) => shape.test(words))?.[1];

/** Objects and points of a log have the same names again and again: of so many the meanings are kept. */
const KEPT = 1000;
const kept = new Map<string, Readonly<Meaning> | undefined>();

/** The name itself, or the name with its last word or two as the unit: speed_kmh, timestamp_ms, speedMilesPerHour. */
export function meaningOf(name: string): Readonly<Meaning> | undefined {
  if (kept.has(name)) return kept.get(name);
  const meaning = meant(name);
  if (kept.size < KEPT) kept.set(name, meaning);
  return meaning;
}

function meant(name: string): Meaning | undefined {
  const { base, unit } = normal(name);
  const known = roleOf(base);
  const isUnit = known?.role === 'speed' || GPS_SECONDS.test(base);
  if (known) return made(known, unit === '' && isUnit ? base : unit, name);
  const words = base.split(' ');
  for (let tail = 1; tail <= 3 && tail < words.length; tail++) {
    const found = roleOf(
      words
        .slice(0, -tail)
        .join(' ')
        .replace(/ (?:in|en|em)$/, ''),
    );
    const end = words.slice(-tail).join(' ');
    if (found?.role === 'speed' && speedUnit(end) !== undefined) return made(found, end, name);
    if (found?.role === 'time' && hintOf(end) !== undefined) return made(found, end, name);
    if (found?.role === 'time' && /^since ?1970$/.test(end)) return made(found, unit, name);
    if (found && OWN_UNIT.test(end)) return made(found, end, name);
  }
  return undefined;
}

/** Last words of a name that say its unit or zone and change nothing else. */
const OWN_UNIT =
  /^(?:deg|degrees?|m|meters?|metres?|ft|feet|cm|mm|true|gmt|utc|local|jst|gpst|e ?[567]|mas|micro ?degrees?|semi ?circles?|rad|radians?)$/;

/** UTC by its names, with an offset behind it or none. */
const UTC =
  /(?:^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))(?:utc|gmt|zulu)(?![a-z])\s*([+-]\s*\d{1,2}(?::?\d{2})?)?|世界標準時|協定世界時|世界時/i;

/** Between words that only capitals part: utcDateTime, UTCTime. */
const CAMEL = /([a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z]))/g;
/** The same without any mark between them. */
const UTC_JOINED = /^(?:gps ?)?(?:utc|gmt)(?:date|time|stamp)|(?:date|time|stamp)(?:utc|gmt)$/;

/** The zone in a name of times: UTC, UTC+9, JST, or what stands in brackets where it is the name of a zone. */
export function zoneOfName(name: string): string | undefined {
  const plain = name.normalize('NFKC');
  const utc = UTC.exec(plain.replace(CAMEL, '$1 ')) ?? UTC.exec(plain);
  if (utc) return utc[1]?.replace(/\s/g, '') ?? 'UTC';
  if (UTC_JOINED.test(normal(plain).base)) return 'UTC';
  if (/(?:^|[^A-Za-z])gpst(?![a-z])/i.test(plain)) return 'GPST';
  if (/(?:^|[^A-Za-z])jst(?![a-z])|日本時間|日本標準時/i.test(plain)) return 'JST';
  const bracket = /[([]\s*([A-Z]{3,4}|[A-Z]\w+\/[\w/+-]+|[+-]\d{1,2}:?\d{2})\s*[)\]]/.exec(plain)?.[1];
  return bracket !== undefined && inZone(bracket, 0) !== undefined ? bracket : undefined;
}

const SCALES: [ColumnRole, RegExp, number][] = [
  ['heading', /^(?:|deg|degrees?|true|°|度|d)$/, 1],
  ['heading', /^rad(?:ians?)?$/, 180 / Math.PI],
  ['accuracy', /^(?:|m|meters?|metres?|メートル)$/, 1],
  ['accuracy', /^(?:ft|feet|foot)$/, 0.3048],
  ['accuracy', /^cm$/, 0.01],
  ['accuracy', /^mm$/, 0.001],
];

/** A pace, turns of an engine, the least of an interval: no speed of the car. */
const NO_SPEED = /(?:^| )(?:min|minutes?|rpm|pace|percent|mach)(?: |$)/;

/** Undefined: the unit of a heading or an accuracy is not known. */
function made({ role, rank }: { role: ColumnRole; rank: number }, unit: string, name: string): Meaning | undefined {
  const scaled = role === 'heading' || role === 'accuracy';
  const scale = scaled ? SCALES.find(([of, shape]) => of === role && shape.test(unit))?.[2] : 1;
  if (scale === undefined || (role === 'speed' && NO_SPEED.test(unit))) return undefined;
  const hint = role === 'time' ? hintOf(unit) : undefined;
  const zone = role === 'time' || role === 'date' ? zoneOfName(name) : undefined;
  return { role, rank, unit: role === 'speed' ? (speedUnit(unit) ?? 'open') : 'open', hint, zone, scale };
}

/** Looks like it matters: said when it is not used. */
export function matters(name: string): boolean {
  const { base } = normal(name);
  const words =
    /\b(speed ?\d*|velocity|heading|course|bearing|accuracy|(?:in)?valid|latitude|longitude|lat|lon|lng|timestamp|hdop|time|fix|satellites|sats|quality|provider|mode|datum|time ?zone|tz|utc|offset|acc)\b/;
  return words.test(base) || /速度|方位|精度|緯度|経度|日時|時刻|測位|測地|衛星/.test(base);
}
