// SPDX-License-Identifier: MIT
// One clean drive as apps, trackers and data sets write it: nothing is misread in silence.
import { describe, expect, it } from 'vitest';
import type { Log } from '../types.ts';
import { failure, iso, lat, leftOut, N, objects, read, rows, START, table, wall } from './clean_drive.ts';

const LON = '139.7000000';
const seconds = (i: number) => START / 1000 + i;
const hms = (i: number) => iso(i).slice(11, 19).replaceAll(':', '');
/** Degrees and minutes. */
const minutes = (degrees: string, digits: number) => {
  const whole = Math.floor(Number(degrees));
  return String(whole).padStart(digits, '0') + ((Number(degrees) - whole) * 60).toFixed(5).padStart(8, '0');
};
const sentence = (body: string) => {
  let sum = 0;
  for (const c of body) sum ^= c.charCodeAt(0);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const gpx = (point: (i: number) => string) =>
  `<gpx version="1.1" xmlns="x" xmlns:e="y"><trk><trkseg>${rows(point)}</trkseg></trk></gpx>`;
const point = (i: number, more = '') =>
  `<trkpt lat="${lat(i)}" lon="${LON}"><time>${iso(i)}</time><extensions>${more}</extensions></trkpt>`;
const told = ({ fixes, input }: Log) => ({
  begin: fixes.time_ms[0],
  north: (fixes.lat[fixes.count - 1] ?? 0).toFixed(5),
  east: (fixes.lon[0] ?? 0).toFixed(5),
  mps: input.speed_unit === null ? null : Math.round(fixes.speed_mps[1] ?? Number.NaN),
});
const WELL = { begin: START, north: Number(lat(N - 1)).toFixed(5), east: '139.70000', mps: 10 };
const SILENT = { ...WELL, mps: null };

describe('the drive as it was', () => {
  it.each<[string, string, object]>([
    [
      'Garmin and Strava: speed and course in an extension',
      gpx((i) =>
        point(i, '<e:TrackPointExtension><e:speed>10.0</e:speed><e:course>0</e:course></e:TrackPointExtension>'),
      ),
      WELL,
    ],
    [
      'GPX with an offset in its times',
      gpx((i) => point(i).replace(iso(i), `${wall(i, 9).replace(' ', 'T')}+09:00`)),
      SILENT,
    ],
    ['GPX from the last fix to the first', gpx((i) => point(N - 1 - i)), SILENT],
    [
      'Teltonika',
      table(
        'Timestamp;Longitude;Latitude;Angle;Satellites;Speed',
        (i) => `${seconds(i) * 1000};${LON};${lat(i)};0;9;36`,
      ),
      WELL,
    ],
    [
      'Teltonika, whole numbers',
      table(
        'timestamp,lng,lat,speed',
        (i) => `${seconds(i) * 1000},${Math.round(Number(LON) * 1e7)},${Math.round(Number(lat(i)) * 1e7)},36`,
      ),
      WELL,
    ],
    [
      'Ruptela',
      table('Time,Longitude,Latitude,Angle,Speed,HDOP', (i) => `${wall(i, 9)},${LON},${lat(i)},0,36,0.8`),
      WELL,
    ],
    [
      'Wialon',
      table(
        'Grouping;Time;Speed;Coordinates',
        (i) => `${i};${iso(i).slice(8, 10)}.10.2026 ${wall(i, 9).slice(11)};36 km/h;${lat(i)}, ${LON}`,
      ),
      WELL,
    ],
    [
      'Motive',
      JSON.stringify({
        vehicle_locations: Array.from({ length: N }, (_, i) => ({
          vehicle_location: { located_at: iso(i), lat: Number(lat(i)), lon: 139.7, speed: 22.37 },
        })),
      }),
      WELL,
    ],
    [
      'Geotab',
      JSON.stringify(
        Array.from({ length: N }, (_, i) => ({
          latitude: Number(lat(i)),
          longitude: 139.7,
          speed: 36,
          dateTime: iso(i),
          device: { id: 'b1' },
        })),
      ),
      WELL,
    ],
    [
      'Bouncie',
      table('date,timestamp,lat,lon,speed (mph)', (i) => `2026-10-05,${iso(i)},${lat(i)},${LON},22.37`),
      WELL,
    ],
    [
      'DashCommand',
      table(
        '"Frame Time (s)","Date","Time","GPS Latitude (deg)","GPS Longitude (deg)","GPS Speed (mph)"',
        (i) => `${i},"2026-10-05","${wall(i, 9).slice(11)}",${lat(i)},${LON},22.37`,
      ),
      WELL,
    ],
    [
      'TrackAddict',
      `# RaceRender Data\n${table('"Time","UTC Time","Latitude","Longitude","Speed (MPH)"', (i) => `${i}.000,${seconds(i)}.000,${lat(i)},${LON},22.37`)}`,
      WELL,
    ],
    [
      'MyTracks',
      `"Name"\n"a"\n\n${table('"Point","Latitude (deg)","Longitude (deg)","Speed (m/s)","Time"', (i) => `"${i}","${lat(i)}","${LON}","10","${iso(i)}"`)}`,
      WELL,
    ],
    [
      'OpenTracks',
      `<kml xmlns="http://www.opengis.net/kml/2.3"><Placemark><Track>${rows((i) => `<when>${wall(i, 9).replace(' ', 'T')}+09:00</when><coord>${LON} ${lat(i)} 12</coord>`)}</Track></Placemark></kml>`,
      SILENT,
    ],
    [
      'Viofo: a local time before each sentence',
      rows(
        (i) =>
          `[${wall(i, 9)}]${sentence(`GPRMC,${hms(i)}.000,A,${minutes(lat(i), 2)},N,${minutes(LON, 3)},E,19.44,0.0,051026,,,A`)}`,
      ),
      WELL,
    ],
    [
      'a Japanese drive recorder',
      table(
        '日時,緯度,経度,速度(km/h),加速度X',
        (i) => `2026/10/05 ${wall(i, 9).slice(11)},${lat(i)},${LON},36.0,0.01`,
      ),
      WELL,
    ],
    [
      'a Japanese drive recorder, date and time apart',
      table('年月日,時刻,北緯,東経,速度', (i) => `20261005,${hms(i + 9 * 3600)},${lat(i)},${LON},36`),
      WELL,
    ],
    [
      'comma.ai: nanoseconds',
      table('t,latitude,longitude,speed', (i) => `${seconds(i)}000000000,${lat(i)},${LON},10`),
      WELL,
    ],
    [
      'nuScenes: microseconds',
      objects((i) => ({ utime: seconds(i) * 1e6, latitude: Number(lat(i)), longitude: 139.7, vel: 10 })),
      WELL,
    ],
    [
      'Cabspotting: from the last fix to the first',
      table('lat,lon,occupied,unix', (i) => `${lat(N - 1 - i)},${LON},0,${seconds(N - 1 - i)}`),
      SILENT,
    ],
  ])('%s', async (_, content, expected) => {
    expect(told(await read(content))).toEqual(expected);
  });
  it.each([
    ['T-Drive', rows((i) => `366,${wall(i, 8)},116.5${i},39.91`)],
    ['Roma taxi', rows((i) => `156;${wall(i, 2)}.739166+02;POINT(41.88${i} 12.48)`)],
    ['Cabspotting', rows((i) => `37.75${i} -122.39 0 ${seconds(i)}`)],
  ])('%s has no header, and is refused for it', async (_, content) => {
    expect(await failure(content)).toMatch(/^LOG_HEADER/);
  });
});

describe('a dilution of precision was read as metres, and what it says of a lost fix was not heeded', () => {
  /** From fix 8 to 11 the tracker repeats the last position. */
  const held = (i: number) => (i > 8 && i < 12 ? 8 : i);
  const lost = (i: number) => i > 8 && i < 12;
  it('Queclink: 0 is the last known position', async () => {
    const header = 'IMEI,GPS accuracy,Speed,Azimuth,Longitude,Latitude,GPS UTC time';
    const log = await read(table(header, (i) => `1,${lost(i) ? 0 : 1},36,0,${LON},${lat(held(i))},20261005${hms(i)}`));
    expect([leftOut(log), log.input.preset, log.fixes.accuracy_m[0]]).toEqual([
      ['3 not_valid'],
      'Queclink',
      Number.NaN,
    ]);
  });
  it.each(['99', '99.99', '0'])('an HDOP of %s beside others', async (none) => {
    const log = await read(
      table('time,lat,lon,hdop', (i) => `${iso(i)},${lat(held(i))},139.7,${lost(i) ? none : 0.9}`),
    );
    expect([leftOut(log), log.input.columns['valid']]).toEqual([['3 not_valid'], 'hdop']);
  });
  it('in NDJSON too', async () => {
    const log = await read(
      objects((i) => ({ time: iso(i), lat: Number(lat(held(i))), lon: 139.7, hdop: lost(i) ? 99.99 : 1 })),
    );
    expect(leftOut(log)).toEqual(['3 not_valid']);
  });
  it('99 all along says nothing, nor does it of satellites that are not counted', async () => {
    expect(leftOut(await read(table('time,lat,lon,hdop', (i) => `${iso(i)},${lat(i)},139.7,99.99`)))).toEqual([]);
    const uncounted = table('time,lat,lon,satellites,hdop', (i) => `${iso(i)},${lat(i)},139.7,0,1.2`);
    expect(leftOut(await read(uncounted))).toEqual([]);
  });
});

describe('the south was read as the north where its column had another name', () => {
  it.each([
    ['LatHem', 'LonHem'],
    ['lat_direction', 'lon_direction'],
    ['lat_hemi', 'lon_hemi'],
  ])('%s, %s', async (south, west) => {
    const log = await read(table(`time,lat,${south},lon,${west}`, (i) => `${iso(i)},${lat(i)},S,139.7,W`));
    expect([log.fixes.lat[0], log.fixes.lon[0]]).toEqual([-35, -139.7]);
  });
});

describe('of two clocks without a zone the one that is not called local was taken', () => {
  it.each([
    ['time,local_time', (i: number) => `${wall(i, 0)},${wall(i, 9)}`],
    ['timestamp,local datetime', (i: number) => `${wall(i, -5)},${wall(i, 9)}`],
  ])('%s', async (header, times) => {
    const log = await read(table(`${header},lat,lon`, (i) => `${times(i)},${lat(i)},139.7`));
    expect([log.fixes.time_ms[0], log.input.zone.name]).toEqual([START, 'Asia/Tokyo']);
    expect(log.input.warnings.join()).toMatch(/the times are those of "local/);
  });
  it('one with a zone stays the time', async () => {
    const log = await read(table('time,local_time,lat,lon', (i) => `${iso(i)},${wall(i, 8)},${lat(i)},139.7`));
    expect([log.fixes.time_ms[0], log.input.warnings]).toEqual([START, []]);
  });
});

describe('radians were read as degrees', () => {
  const rad = (degrees: string) => ((Number(degrees) * Math.PI) / 180).toFixed(11);
  it.each(['latitude_rad,longitude_rad', 'Latitude (rad),Longitude (rad)'])('%s are converted', async (names) => {
    const log = await read(table(`time,${names}`, (i) => `${iso(i)},${rad(lat(i))},${rad(LON)}`));
    expect(told(log)).toEqual(SILENT);
  });
  it('without a name they are refused', async () => {
    const what = await failure(table('time,lat,lon', (i) => `${iso(i)},${rad(lat(i))},${rad(LON)}`));
    expect(what).toMatch(/^LOG_POSITION .*are they radians\? Name their columns latitude_rad and longitude_rad/);
  });
});

describe('positions that no receiver measured were fixes', () => {
  const rmc = (i: number, mode: string) =>
    sentence(`GPRMC,${hms(i)}.000,A,${minutes(lat(i), 2)},N,${minutes(LON, 3)},E,19.44,0.0,051026,,,${mode}`);
  const gga = (i: number, quality: number) =>
    sentence(`GPGGA,${hms(i)}.000,${minutes(lat(i), 2)},N,${minutes(LON, 3)},E,${quality},8,1.0,3,M,,M,,`);
  it.each(['S', 'M'])('mode %s of RMC', async (mode) => {
    const log = await read(rows((i) => rmc(i, i < 3 ? mode : 'A')));
    expect(leftOut(log)).toEqual(['3 not_valid']);
    expect(log.input.warnings).toContain('3 positions are typed in or simulated, and are left out');
    expect(await failure(rows((i) => rmc(i, mode)))).toMatch(/^LOG_NO_FIX .*no receiver measured them/);
  });
  it.each([7, 8])('quality %d of GGA, before or after RMC', async (quality) => {
    const log = await read(
      rows((i) => (i < 3 ? `${rmc(i, 'A')}\n${gga(i, quality)}` : `${gga(i, i < 6 ? quality : 1)}\n${rmc(i, 'A')}`)),
    );
    expect(leftOut(log)).toEqual(['6 not_valid']);
  });
  it('dead reckoning is a fix', async () => {
    expect(leftOut(await read(rows((i) => rmc(i, 'E'))))).toEqual([]);
  });
});

it('NaN in a list of JSON is named', async () => {
  const list = `[${rows((i) => `{"time":"${iso(i)}","lat":${lat(i)},"lon":139.7,"speed_kmh":NaN},`)}{}]`;
  expect(await failure(list)).toMatch(/^LOG_JSON .*drive\.csv:1: NaN and Infinity are no JSON; write null/);
});

describe('KML whose points have a TimeSpan was refused as without times', () => {
  const kml = (time: (i: number) => string) =>
    `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${rows((i) => `<Placemark>${time(i)}<Point><coordinates>${LON},${lat(i)},0</coordinates></Point></Placemark>`)}</Document></kml>`;
  it('its begin is the time of the fix', async () => {
    const log = await read(kml((i) => `<TimeSpan><begin>${iso(i)}</begin><end>${iso(i + 1)}</end></TimeSpan>`));
    expect([log.fixes.count, log.fixes.time_ms[3]]).toEqual([N, START + 3000]);
  });
  it.each([
    ['only an end', (i: number) => `<TimeSpan><end>${iso(i)}</end></TimeSpan>`],
    ['that of a view', (i: number) => `<LookAt><gx:TimeSpan><begin>${iso(i)}</begin></gx:TimeSpan></LookAt>`],
  ])('%s is no time of a fix', async (_, time) => expect(await failure(kml(time))).toMatch(/^LOG_NO_TIMES/));
});
