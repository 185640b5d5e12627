// SPDX-License-Identifier: MIT
// What names of columns mean: roles, units and kinds of time, in the words of recorders, fleets and papers.
import type { EpochHint } from '../clock/epoch.ts';
import type { Role, SpeedUnit } from '../format.ts';

export type ColumnRole = Role | 'north_south' | 'east_west';

export interface Meaning {
  role: ColumnRole;
  /** 0 is the first choice where several columns have the role. */
  rank: number;
  unit: SpeedUnit;
  hint: EpochHint | undefined;
  /** The name says that its times are UTC. */
  utc: boolean;
}

/** Names without units, words apart by one blank; the first of a list is chosen first. */
const NAMES: Record<ColumnRole, string> = {
  time:
    'time utc,utc time,timestamp utc,utc timestamp,datetime utc,utc datetime,time,timestamp,time stamp,datetime,date time,' +
    'gps time,gps timestamp,gps datetime,gpstime,fix time,fixtime,tst,recorded at,recorded time,measured at,captured at,' +
    'event time,eventtime,log time,sample time,position time,locationtime,location time,unix time,unixtime,unix timestamp,' +
    'unix,epoch,epoch time,utc,ts,t,time of fix,日時,時刻,測位日時,測位時刻,記録日時,取得日時,計測日時,発生日時,日付時刻,' +
    'タイムスタンプ,时间,時間,fecha hora,data hora,datum uhrzeit,zeit,zeitstempel,hora,heure,device time,devicetime,' +
    'created at,server time,servertime',
  date: 'utc date,date,gps date,day,日付,年月日,測位日,日期,fecha,data,datum',
  lat:
    'lat,latitude,gps latitude,gps lat,lat deg,latitude deg,latitude degrees,latitude e7,lat e7,latitudee7,position lat,' +
    'location lat,start lat,y lat,緯度,纬度,latitud,breite,breitengrad,latitude n s,latitude decimal,wgs84 lat',
  lon:
    'lon,lng,long,longitude,gps longitude,gps lon,gps lng,gps long,lon deg,longitude deg,longitude degrees,longitude e7,' +
    'lon e7,longitudee7,position lon,position long,location lon,location lng,x lon,経度,经度,longitud,länge,längengrad,' +
    'longitude e w,longitude decimal,wgs84 lon',
  north_south:
    'n s,ns,lat n s,latitude ns,lat ns,lat dir,ns indicator,n s indicator,lat ref,latitude ref,latitude hemisphere',
  east_west:
    'e w,ew,lon e w,longitude ew,lon ew,lon dir,ew indicator,e w indicator,lon ref,longitude ref,longitude hemisphere',
  speed:
    'speed,gps speed,ground speed,groundspeed,speed over ground,sog,speed gps,velocity,vel,spd,vehicle speed,' +
    'gps velocity,speed ground,速度,車速,gps速度,時速,速さ,geschwindigkeit,velocidad,velocidade,vitesse,obd speed,speed obd',
  heading:
    'heading,heading deg,course,course deg,bearing,bearing deg,course over ground,cog,heading degrees,true course,' +
    'gps heading,gps course,gps bearing,azimuth,direction,方位,方位角,進行方向,進行方位,方向,richtung,kurs,rumbo,cap',
  accuracy:
    'accuracy,accuracy m,hacc,hacc m,horizontal accuracy,h accuracy,gps accuracy,acc,position accuracy,horizontalaccuracy,' +
    '精度,水平精度,測位精度,genauigkeit,precision m',
  valid: 'valid,gps valid,is valid,fix valid,gps status,fix status,fix,gps fix,validity,測位状態',
  vehicle:
    'vehicle id,vehicleid,vehicle,vehid,veh id,device id,deviceid,device,device name,taxi id,car id,bus id,unit id,imei,' +
    'vehicle name,asset id,tid,車両,車両id,車両番号,車番,車両名',
  driver: 'driver id,driverid,driver,driver name,drivername,運転者,乗務員,ドライバー,運転者id,乗務員コード',
};

const ROLES = new Map<string, { role: ColumnRole; rank: number }>();
for (const [role, names] of Object.entries(NAMES)) {
  names.split(',').forEach((name, rank) => void ROLES.set(name, { role: role as ColumnRole, rank }));
}

const SPEED_UNITS: [RegExp, SpeedUnit][] = [
  [/^(?:km ?h|kmh|kph|kmph|km hr|km per hour|kilometers per hour|時速|キロ)(?: ?1)?$/, 'kmh'],
  [/^(?:m ?s|mps|ms 1|m s 1|meters? (?:per )?se(?:c|cond)?s?|metres? (?:per )?seconds?|m sec|秒速)$/, 'mps'],
  [/^(?:mph|mi h|miles? (?:per )?hours?)$/, 'mph'],
  [/^(?:knots?|kn|kts?|ノット)$/, 'knots'],
];

/** Lower case, without marks, words apart by one blank; the part in brackets and the rest. */
export function normal(name: string): { base: string; unit: string } {
  const words = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const plain = name.normalize('NFKC');
  const brackets = /[([{]([^)\]}]*)[)\]}]?\s*$/.exec(plain);
  if (!brackets) return { base: words(plain), unit: '' };
  return { base: words(plain.slice(0, brackets.index)), unit: words(brackets[1] ?? '') };
}

export function speedUnit(words: string): SpeedUnit | undefined {
  return SPEED_UNITS.find(([shape]) => shape.test(words))?.[1];
}

const HINTS: [RegExp, EpochHint][] = [
  [/^(?:ms|millis|milliseconds?|msec)$/, 'ms'],
  [/^(?:us|µs|micros|microseconds?)$/, 'us'],
  [/^(?:ns|nanos|nanoseconds?)$/, 'ns'],
  [/^(?:s|sec|secs|seconds?)$/, 's'],
  [/^(?:gps epoch|gps seconds|since 1980.*)$/, 'gps'],
  [/^(?:apple|cocoa|cfabsolutetime|since 2001.*)$/, 'apple'],
  [/^(?:excel|serial|serial date|serial day)$/, 'spreadsheet'],
];
const hintOf = (words: string) => HINTS.find(([shape]) => shape.test(words))?.[1];

/** The name itself, or the name with its last word or two as the unit: speed_kmh, timestamp_ms, speedMilesPerHour. */
export function meaningOf(name: string): Meaning | undefined {
  const { base, unit } = normal(name);
  const joined = base.replaceAll(' ', '');
  const known = ROLES.get(base) ?? ROLES.get(joined);
  if (known) return made(known, unit, `${base} ${unit}`);
  const words = base.split(' ');
  for (let tail = 1; tail <= 3 && tail < words.length; tail++) {
    const found = ROLES.get(words.slice(0, -tail).join(' '));
    const end = words.slice(-tail).join(' ');
    if (found?.role === 'speed' && speedUnit(end) !== undefined) return made(found, end, base);
    if (found?.role === 'time' && hintOf(end) !== undefined) return made(found, end, base);
    if (found && /^(?:deg|degrees|degree|m|meters?|metres?|true|gmt|utc|local|jst)$/.test(end))
      return made(found, end, `${base} ${unit}`);
  }
  return undefined;
}

function made({ role, rank }: { role: ColumnRole; rank: number }, unit: string, all: string): Meaning {
  const hint = role === 'time' ? hintOf(unit) : undefined;
  const utc = (role === 'time' || role === 'date') && /\b(utc|gmt|zulu)\b/.test(all);
  return { role, rank, unit: role === 'speed' ? (speedUnit(unit) ?? 'open') : 'open', hint, utc };
}

/** Looks like it matters: said when it is not used. */
export function matters(name: string): boolean {
  const { base } = normal(name);
  const words =
    /\b(speed|velocity|heading|course|bearing|accuracy|valid|latitude|longitude|lat|lon|lng|timestamp|hdop|time)\b/;
  return words.test(base) || /速度|方位|精度|緯度|経度|日時|時刻/.test(base);
}
