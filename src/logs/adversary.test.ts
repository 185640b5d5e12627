// SPDX-License-Identifier: MIT
// Forms of logs that were misread, or refused without need, when an adversary wrote one clean drive in many ways. Each
// test is named after its fault.
import { describe, expect, it } from 'vitest';
import type { TomareError } from '../errors.ts';
import type { Log } from '../types.ts';
import { readStream } from './read.ts';

async function read(content: string | Buffer): Promise<Log> {
  async function* source() {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  }
  return readStream('drive.csv', source(), { timeZone: 'Asia/Tokyo' });
}
const failure = (content: string | Buffer) =>
  read(content).then(
    () => 'it was read',
    (e: TomareError) => `${e.errorName} ${e.message}`,
  );

const START = Date.UTC(2026, 9, 5, 1);
const iso = (i: number) => new Date(START + i * 1000).toISOString();
const p2 = (n: number) => String(n).padStart(2, '0');
/** A wall clock so many hours east of UTC. */
const wall = (i: number, hours: number) =>
  iso(i + hours * 3600)
    .slice(0, 19)
    .replace('T', ' ');
const lat = (i: number, mps = 10) => (35 + (i * mps) / 111_195).toFixed(7);
const N = 20;
const rows = (row: (i: number) => string, n = N) => Array.from({ length: n }, (_, i) => row(i)).join('\n');
const table = (header: string, row: (i: number) => string, n = N) => `${header}\n${rows(row, n)}\n`;
const objects = (row: (i: number) => object, n = N) => rows((i) => JSON.stringify(row(i)), n);
const leftOut = ({ input }: Log) => input.left_out.map(({ reason, rows: n }) => `${n} ${reason}`);

describe('a zone that stands beside the time was lost', () => {
  it.each([
    ['a column of offsets', 'time,utc_offset,lat,lon', (i: number) => `${wall(i, 0)},+00:00`],
    ['a column of hours', 'time,UTC offset,lat,lon', (i: number) => `${wall(i, 5)},5`],
    ['a column of names', 'time,timezone,lat,lon', (i: number) => `${wall(i, 1)},Africa/Lagos`],
    ['a column that says UTC', 'time,tz,lat,lon', (i: number) => `${wall(i, 0)},UTC`],
    ['UTC+1 in the header', 'Time (UTC+1),lat,lon', (i: number) => wall(i, 1)],
    ['UTC+09:00 in the header', 'Time (UTC+09:00),lat,lon', (i: number) => wall(i, 9)],
    ['an abbreviation in the header', 'Time (EST),lat,lon', (i: number) => wall(i, -5)],
    ['gmt_time', 'gmt_time,lat,lon', (i: number) => wall(i, 0)],
    ['世界標準時', '測位日時(世界標準時),lat,lon', (i: number) => wall(i, 0)],
    ['a row of units', 'time,lat,lon\nUTC,deg,deg', (i: number) => wall(i, 0)],
    ['a line before the header', 'Time zone: UTC\ntime,lat,lon', (i: number) => wall(i, 0)],
    ['a sentence before the header', '# All times are UTC\ntime,lat,lon', (i: number) => wall(i, 0)],
    ['a word behind an offset, as Go prints', 'time,lat,lon', (i: number) => `${wall(i, 9)} +0900 JST`],
    ['a word in brackets', 'time,lat,lon', (i: number) => `${wall(i, 9)} (JST)`],
    [
      'the preset of BT747',
      'INDEX,RCR,DATE,TIME,VALID,LATITUDE,N/S,LONGITUDE,E/W',
      (i: number) => `1,T,${wall(i, 0).replace(' ', ',').replaceAll('-', '/')},SPS,${lat(i)},N,139.5,E`,
    ],
    [
      'the preset of GPSBabel',
      'No,Latitude,Longitude,Date,Time',
      (i: number) => `${i},${lat(i)},139.5,${wall(i, 0).replace(' ', ',').replaceAll('-', '/')}`,
    ],
    [
      'the preset of Movebank',
      'event-id,timestamp,location-long,location-lat',
      (i: number) => `${i},${wall(i, 0)},139.5,${lat(i)}`,
    ],
  ])('%s', async (name, header, time) => {
    const whole = name.includes('preset');
    const log = await read(table(header, (i) => (whole ? time(i) : `${time(i)},${lat(i)},139.5`)));
    expect([log.fixes.count, log.fixes.time_ms[0]]).toEqual([N, START]);
    expect(log.fixes.lon[0]).toBe(139.5);
  });
  it('a zone of its own that is not known is refused by name', async () => {
    const text = table('time,tz,lat,lon', (i) => `${wall(i, 0)},-540,${lat(i)},139.5`);
    expect(await failure(text)).toMatch(/^LOG_TIME .*:2: time is a time with a zone that is not known/);
  });
  it('a time with a zone of its own keeps it, whatever the column beside it says', async () => {
    const log = await read(table('time,utc_offset,lat,lon', (i) => `${iso(i)},+09:00,${lat(i)},139.5`));
    expect(log.fixes.time_ms[0]).toBe(START);
  });
  it('a line before the header that only mentions a zone is said', async () => {
    const text = table('exported 2026-10-06 03:00 GMT\ntime,lat,lon', (i) => `${wall(i, 9)},${lat(i)},139.5`);
    const log = await read(text);
    expect([log.fixes.time_ms[0], log.input.warnings.join()]).toEqual([START, expect.stringMatching(/--tz/)]);
  });
});

describe('a time in a form that people have was refused', () => {
  it.each([
    ['colons in the date, as cameras write', (i: number) => wall(i, 9).replaceAll('-', ':')],
    ['a weekday in brackets', (i: number) => wall(i, 9).replace(' ', '(月) ')],
    [
      'digits of East Asian width',
      (i: number) => wall(i, 9).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    ],
    ['時分秒', (i: number) => `2026年10月5日10時0分${i}秒`],
    ['時分秒 of two digits', (i: number) => `2026年10月05日10時00分${p2(i)}秒`],
    ['午前', (i: number) => `2026/10/5 午前10:00:${p2(i)}`],
  ])('%s', async (_, time) => {
    const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it('午後 is the afternoon', async () => {
    const log = await read(table('time,lat,lon', (i) => `2026/10/5 午後2:00:${p2(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[0]).toBe(START + 4 * 3_600_000);
  });
  it.each([
    ['a whole time in a column "date"', 'date,lat,lon', (i: number) => wall(i, 9)],
    ['an elapsed time beside a whole date', 'time,date,lat,lon', (i: number) => `${i}.0,${wall(i, 9)}`],
    ['an elapsed time beside a timestamp', 'time,timestamp,lat,lon', (i: number) => `${i}.0,${iso(i)}`],
    [
      'a time of day beside an epoch',
      'epoch,time,lat,lon',
      (i: number) => `${START / 1000 + i},${wall(i, 9).slice(11)}`,
    ],
    ['a column for each part', 'Year,Month,Day,Hour,Minute,Second,lat,lon', (i: number) => `2026,10,5,10,0,${i}`],
    ['a local date and a local time', 'Local Date,Local Time,lat,lon', (i: number) => wall(i, 9).replace(' ', ',')],
    ['年月日 and 時分秒', '年月日,時分秒,lat,lon', (i: number) => `20261005,1000${p2(i)}`],
    [
      'blank times in the first rows',
      'time,date,lat,lon',
      (i: number) => (i < 3 ? ',' : wall(i, 9).split(' ').reverse().join()),
    ],
  ])('%s', async (_, header, time) => {
    const log = await read(table(header, (i) => `${time(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms.at(-1)).toBe(START + 19_000);
  });
  it.each(['令和8年10月5日 10:00:00', 'R8/10/05 10:00:00', 'R08.10.05 10:00:00'])('%s is named', async (time) => {
    expect(await failure(table('time,lat,lon', (i) => `${time},${lat(i)},139.5`))).toMatch(/^LOG_TIME .*Japanese era/);
  });
});

describe('what the recorder says about its fixes was ignored', () => {
  const said = (column: string, good: string, bad: string) =>
    read(table(`time,lat,lon,${column}`, (i) => `${iso(i)},${lat(i)},139.5,${i > 3 && i < 7 ? bad : good}`));
  it.each([
    ['status', 'A', 'V'],
    ['valid', 'Yes', 'No'],
    ['valid', 'Y', 'N'],
    ['fix', '1.0', '0.0'],
    ['fix quality', '1', '0'],
    ['fix_type', '3', '0'],
    ['fix_mode', '3', '1'],
    ['Fix', '3D', 'No Fix'],
    ['GPSFix', '3', '1'],
    ['hasFix', 'true', 'false'],
    ['gps_status', 'ON', 'OFF'],
    ['測位状態', '有効', '無効'],
    ['測位状態', '○', '×'],
  ])('%s: %s and %s', async (column, good, bad) => {
    expect(leftOut(await said(column, good, bad))).toEqual(['3 not_valid']);
  });
  it.each([
    ['status', 'moving', 'stopped'],
    ['status', '1', '0'],
    ['fix', '1', '2'],
    ['valid', '', 'no'],
  ])('%s: %s and %s tell nothing of fixes', async (column, good, bad) => {
    expect((await said(column, good, bad)).fixes.count).toBe(N);
  });
  it('"no" all along is no reason to drop all, and it is said', async () => {
    const log = await said('valid', 'No', 'No');
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/"valid" says of 20 rows/)]);
  });
  it('0 all along refuses the log by the column', async () => {
    const text = table('time,lat,lon,fix', (i) => `${iso(i)},${lat(i)},139.5,0`);
    expect(await failure(text)).toMatch(/^LOG_NO_FIX .*the column "fix" says of every row/);
  });
  it('<fix>none</fix> in GPX', async () => {
    const point = (i: number) =>
      `<trkpt lat="${lat(i)}" lon="139"><time>${iso(i)}</time><fix>${i === 4 ? 'none' : '3d'}</fix></trkpt>`;
    expect(leftOut(await read(`<gpx><trk><trkseg>${rows(point)}</trkseg></trk></gpx>`))).toEqual(['1 not_valid']);
  });
  it('NDJSON: a text that says so', async () => {
    const log = await read(
      objects((i) => ({ time: iso(i), lat: Number(lat(i)), lon: 139, valid: i === 4 ? 'V' : 'A' })),
    );
    expect(leftOut(log)).toEqual(['1 not_valid']);
  });
  it.each(['hdop', 'provider', 'mode'])('%s is not used, and it is said', async (column) => {
    expect((await said(column, '7', '7')).input.ignored).toEqual([column]);
  });
});

describe('a speed with its unit behind it was left aside', () => {
  it.each([
    ['Speed', '36.0 km/h', 'km/h'],
    ['Speed', '22.3694mph', 'mph'],
    ['Speed', '19.4384 kn', 'knots'],
    ['速度', '36km/h', 'km/h'],
    ['speed_kmh', '36 km/h', 'km/h'],
    ['speed_kmh', '22.3694 mph', 'km/h'],
    ['km/h', '36', 'km/h'],
    ['spd_over_grnd', '19.4384', 'knots'],
    ['speed_m_per_s', '10', 'm/s'],
    ['走行速度(km/h)', '36', 'km/h'],
  ])('%s: %s', async (column, value, unit) => {
    const log = await read(table(`time,lat,lon,${column}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 2);
    expect([log.input.speed_unit, log.input.unusable]).toEqual([unit, []]);
  });
});

it('a speed whose unit stands behind it only after blank rows', async () => {
  const log = await read(table('time,lat,lon,speed', (i) => `${iso(i)},${lat(i)},139.5,${i < 3 ? '' : '36 km/h'}`));
  expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 5);
  expect([log.input.speed_unit, log.input.unusable]).toEqual(['km/h', []]);
});

describe('a position in a form that people have was misread or refused', () => {
  const semicircles = (degrees: number) => Math.round((degrees / 180) * 2 ** 31);
  it.each([
    ['WKT', 'wkt', (i: number) => `POINT(139.5 ${lat(i)})`],
    ['WKT of PostGIS', 'geom', (i: number) => `SRID=4326;POINT(139.5 ${lat(i)})`],
    ['a pair', 'Coordinates', (i: number) => `"${lat(i)}, 139.5"`],
    ['microdegrees', 'lat_e6,lon_e6', (i: number) => `${Math.round(Number(lat(i)) * 1e6)},139500000`],
    [
      'semicircles',
      'position_lat (semicircles),position_long (semicircles)',
      (i: number) => `${semicircles(Number(lat(i)))},${semicircles(139.5)}`,
    ],
    ['a prefix', 'GPSLatitude,GPSLongitude', (i: number) => `${lat(i)},139.5`],
    ['a prefix in Japanese', 'GPS緯度,GPS経度', (i: number) => `${lat(i)},139.5`],
    ['北緯 and 東経', '北緯,東経', (i: number) => `${lat(i)},139.5`],
    ['DDMM.MMMM below blank rows', 'lat,ns,lon,ew', (i: number) => (i < 3 ? ',,,' : `3506.${p2(i)}00,N,13930.0000,E`)],
    ['DDMM.MMMM below zeros', 'lat,ns,lon,ew', (i: number) => (i < 3 ? '0,N,0,E' : `3506.${p2(i)}00,N,13930.0000,E`)],
  ])('%s', async (name, header, place) => {
    const log = await read(table(`time,${header}`, (i) => `${iso(i)},${place(i)}`));
    const expected = name.startsWith('DDMM') ? 35 + 6.19 / 60 : Number(lat(19));
    expect(log.fixes.lat.at(-1)).toBeCloseTo(expected, 5);
    expect(log.fixes.lon.at(-1)).toBeCloseTo(139.5, 5);
  });
  it.each([
    ['geohash', 'time,geohash', (i: number) => `${iso(i)},xn76urx4`, /LOG_COLUMN .*latitude and longitude in degrees/],
    ['UTM', 'time,easting,northing', (i: number) => `${iso(i)},360000,3887000`, /LOG_COLUMN .*in degrees/],
    [
      'Tokyo datum by a column',
      'time,lat,lon,測地系',
      (i: number) => `${iso(i)},${lat(i)},139.5,Tokyo`,
      /LOG_FORMAT .*datum/,
    ],
    [
      'GCJ-02 by a column',
      'time,lat,lon,coord_type',
      (i: number) => `${iso(i)},${lat(i)},139.5,gcj02`,
      /LOG_FORMAT .*datum/,
    ],
    [
      'Tokyo datum by the header',
      'time,緯度(日本測地系),経度(日本測地系)',
      (i: number) => `${iso(i)},${lat(i)},139.5`,
      /LOG_COLUMN .*datum/,
    ],
    [
      'three decimals, on which roads get lost',
      'time,lat,lon',
      (i: number) => `${iso(i)},${Number(lat(i)).toFixed(3)},139.512`,
      /LOG_COARSE .*3 decimals/,
    ],
  ])('%s is named', async (_, header, row, pattern) => expect(await failure(table(header, row))).toMatch(pattern));
  it('WGS 84 by a column is read', async () => {
    const log = await read(table('time,lat,lon,測地系', (i) => `${iso(i)},${lat(i)},139.5,WGS84`));
    expect(log.fixes.count).toBe(N);
  });
});

describe('a position that the recorder repeats looked like a stop', () => {
  const held = (every: number, header: string, more: (i: number) => string) =>
    read(table(header, (i) => `${iso(i)},${lat(i - (i % every))},139.5${more(i)}`, 60));
  it('the repeats of a driving car are left out', async () => {
    const log = await held(5, 'time,lat,lon', () => '');
    expect(log.fixes.count).toBeLessThan(20);
    expect(log.input.warnings.join()).toMatch(/repeats each position/);
  });
  it('with a speed beside them they stay', async () => {
    expect((await held(5, 'time,lat,lon,speed_kmh', (i) => `,${36 + (i % 3)}`)).fixes.count).toBe(60);
  });
  it('a car that stands is not repeated', async () => {
    const at = (i: number) => (i < 20 ? i : i < 45 ? 20 : i - 24);
    const log = await read(table('time,lat,lon', (i) => `${iso(i)},${lat(at(i), 3)},139.5`, 60));
    expect(log.fixes.count).toBe(60);
  });
});

describe('one unusable line refused the whole log', () => {
  const fix = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139 });
  it.each([
    ['the last is cut short', `${objects(fix)}\n{"time":"202`, ['1 damaged']],
    ['one in the middle is', `${objects(fix)}\n{"time":"202\n${JSON.stringify(fix(30))}`, ['1 damaged']],
    ['a comma ends each', objects(fix).replaceAll('}\n', '},\n'), []],
  ])('NDJSON: %s', async (_, text, left) => expect(leftOut(await read(text))).toEqual(left));
  it('zeros that a recorder pads with are no binary data', async () => {
    const text = table('time,lat,lon', (i) => `${iso(i)}\0\0,${lat(i)}\0,139.5\0`);
    expect((await read(text + '\0'.repeat(500))).fixes.count).toBe(N);
  });
});

describe('JSON whose positions stand deeper was refused', () => {
  const coords = (i: number) => ({ latitude: Number(lat(i)), longitude: 139, accuracy: 5, speed: 10, heading: 0 });
  it.each([
    ['coords of a browser', objects((i) => ({ coords: coords(i), timestamp: START + i * 1000 }))],
    [
      'names with points',
      objects((i) => ({
        'position.latitude': Number(lat(i)),
        'position.longitude': 139,
        timestamp: iso(i),
        'server.timestamp': 'x',
      })),
    ],
    [
      'a point of GeoJSON',
      objects((i) => ({ ts: { $date: iso(i) }, loc: { type: 'Point', coordinates: [139, Number(lat(i))] } })),
    ],
    [
      'a list within a list',
      JSON.stringify({
        data: [{ id: '1', gps: Array.from({ length: N }, (_, i) => ({ time: iso(i), ...coords(i) })) }],
      }),
    ],
    [
      'a list behind another',
      JSON.stringify({
        accelerometer: [{ x: 0, timestamp: START }],
        locations: Array.from({ length: N }, (_, i) => ({ timestamp: START + i * 1000, ...coords(i) })),
      }),
    ],
  ])('%s', async (_, text) => {
    const log = await read(text);
    expect([log.fixes.count, log.fixes.time_ms[19], log.fixes.lat[19]]).toEqual([N, START + 19_000, Number(lat(19))]);
  });
  it('two positions in one object are not merged', async () => {
    const text = objects((i) => ({ time: iso(i), from: { lat: 1, lon: 2 }, to: { lat: Number(lat(i)), lon: 139 } }));
    expect(await failure(text)).toMatch(/^LOG_COLUMN/);
  });
});

describe('NDJSON read less than a table does', () => {
  it.each([
    ['a zone', (i: number) => ({ time: wall(i, 0), tz: 'UTC', lat: Number(lat(i)), lon: 139.5 })],
    [
      'a date beside a time',
      (i: number) => ({ date: '2026-10-05', time: wall(i, 9).slice(11), lat: Number(lat(i)), lon: 139.5 }),
    ],
    ['1e-7 degrees', (i: number) => ({ time: iso(i), latE7: Math.round(Number(lat(i)) * 1e7), lonE7: 1_395_000_000 })],
    ['texts with letters', (i: number) => ({ time: iso(i), lat: `${lat(i)}N`, lon: '139.5E' })],
  ])('%s', async (_, row) => {
    const log = await read(objects(row));
    expect([log.fixes.time_ms[0], log.fixes.lat[19], log.fixes.lon[0]]).toEqual([START, Number(lat(19)), 139.5]);
  });
  it('the south and the west', async () => {
    const log = await read(objects((i) => ({ time: iso(i), lat: Number(lat(i)), ns: 'S', lon: 49.5, ew: 'W' })));
    expect([log.fixes.lat[0], log.fixes.lon[0]]).toEqual([-35, -49.5]);
  });
});

describe('whole numbers of another unit were read as 1e-7 degrees', () => {
  const [at, east] = [35.0004497, 139.5123456];
  const whole = (names: string, unit: number) =>
    table(`time,${names}`, (i) => `${iso(i)},${Math.round((at + i * 1e-4) * unit)},${Math.round(east * unit)}`);
  it.each([
    ['1e-7 degrees, of which they must be', 'lat,lon', 1e7],
    ['microdegrees by the name', 'lat_e6,lon_e6', 1e6],
    ['milliseconds of arc by the name', 'lat(msec),lon(msec)', 3.6e6],
    ['ミリ秒', '緯度(ミリ秒),経度(ミリ秒)', 3.6e6],
    ['mas', 'latitude_mas,longitude_mas', 3.6e6],
  ])('%s', async (_, names, unit) => {
    const { fixes } = await read(whole(names, unit));
    expect(fixes.lat[0]).toBeCloseTo(at, 5);
    expect(fixes.lon[0]).toBeCloseTo(east, 5);
  });
  it.each([1e6, 1e5, 3.6e6])('of %d to a degree without a name they are refused', async (unit) => {
    expect(await failure(whole('lat,lon', unit))).toMatch(/^LOG_POSITION .*:2: .*whole numbers.*latitude_e7/);
  });
  it('in NDJSON too', async () => {
    const text = objects((i) => ({ time: iso(i), lat: 35_000_450 + i * 90, lon: 139_512_346 }));
    expect(await failure(text)).toMatch(/^LOG_POSITION .*:1: .*whole numbers/);
  });
  it('GeoJSON in metres is refused by its reference system', async () => {
    const properties = { name: 'urn:ogc:def:crs:EPSG::3857' };
    const feature = { type: 'Feature', geometry: { type: 'Point', coordinates: [15530000, 4163881] } };
    const features = [0, 1].map((i) => ({ ...feature, properties: { time: iso(i) } }));
    const text = JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties }, features });
    expect(await failure(text)).toMatch(/^LOG_FORMAT .*another reference system/);
    expect(await failure(text.replace('EPSG::3857', 'OGC:1.3:CRS84'))).toMatch(/^LOG_POSITION/);
  });
});

describe('a unit in the name of a course or an accuracy was not heeded', () => {
  it.each([
    ['heading (rad)', '1.5708', 90],
    ['heading_rad', '1.5708', 90],
    ['heading', '-90', 270],
    ['heading_deg', '90', 90],
    ['heading', '359', 359],
  ])('%s: %s', async (name, value, degrees) => {
    const { fixes } = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(fixes.heading_deg[3]).toBeCloseTo(degrees, 2);
  });
  it.each([
    ['accuracy (ft)', '10', 3.048],
    ['hAcc (mm)', '3500', 3.5],
    ['hacc_cm', '350', 3.5],
    ['精度(m)', '5', 5],
  ])('%s: %s', async (name, value, metres) => {
    const { fixes } = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(fixes.accuracy_m[3]).toBeCloseTo(metres, 4);
  });
  it('"acc" is an acceleration or the ignition as often, and an accuracy of OwnTracks', async () => {
    const log = await read(table('time,lat,lon,acc', (i) => `${iso(i)},${lat(i)},139.5,0.${i % 5}`));
    expect([log.fixes.accuracy_m[3], log.input.ignored]).toEqual([NaN, ['acc']]);
    const own = await read(table('tst,lat,lon,vel,cog,acc', (i) => `${START / 1000 + i},${lat(i)},139.5,36,0,5`));
    expect([own.fixes.accuracy_m[3], own.input.ignored]).toEqual([5, []]);
  });
  it('one that is not known is left aside, and it is said', async () => {
    const log = await read(table('time,lat,lon,heading (mils)', (i) => `${iso(i)},${lat(i)},139.5,1600`));
    expect([log.fixes.heading_deg[3], log.input.ignored]).toEqual([NaN, ['heading (mils)']]);
  });
  it('in NDJSON too', async () => {
    const row = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139.5, heading_rad: 1.5708, hacc_mm: 3500 });
    const { fixes } = await read(objects(row));
    expect(fixes.heading_deg[3]).toBeCloseTo(90, 2);
    expect(fixes.accuracy_m[3]).toBeCloseTo(3.5, 4);
  });
});

describe('a position that the recorder calls old or made up looked like a stop', () => {
  const stale = (i: number) => i > 5 && i < 12;
  const flagged = (names: string, good: string, bad: string) =>
    table(`time,lat,lon,${names}`, (i) => `${iso(i)},${lat(stale(i) ? 5 : i)},139.5,${stale(i) ? bad : good}`);
  it.each([
    ['invalid', '0', '1'],
    ['outdated', 'false', 'true'],
    ['valid,outdated', 'true,false', 'true,true'],
    ['isFromMockProvider', 'false', 'true'],
    ['無効', '', '○'],
    ['satellites', '9', '0'],
    ['衛星数', '7', '0'],
    ['測位', '3D', '未'],
  ])('%s: %s and %s', async (names, good, bad) => {
    const log = await read(flagged(names, good, bad));
    expect(leftOut(log)).toEqual(['6 not_valid']);
    expect(log.input.columns['valid']).toBe(names.replace(',', ', '));
  });
  it('Traccar says in JSON that a position is outdated', async () => {
    const row = (i: number) => ({
      fixTime: iso(i),
      outdated: stale(i),
      valid: true,
      latitude: Number(lat(stale(i) ? 5 : i)),
      longitude: 139.5,
    });
    for (const text of [objects(row), JSON.stringify(Array.from({ length: N }, (_, i) => row(i)))])
      expect(leftOut(await read(text))).toEqual(['6 not_valid']);
  });
  it('a recorder that never counts its satellites had fixes, and it is said', async () => {
    const log = await read(flagged('satellites', '0', '0'));
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/"satellites" says of 20/)]);
  });
});

describe('fields that spreadsheets keep as text were refused', () => {
  it.each([
    ['="…"', (text: string) => `="${text}"`],
    ['="…" in quotes', (text: string) => `"=""${text}"""`],
    ['an apostrophe before', (text: string) => `'${text}`],
    ['apostrophes around', (text: string) => `'${text}'`],
  ])('%s', async (_, kept) => {
    const row = (i: number) => [wall(i, 9), lat(i), '139.5', '36'].map(kept).join();
    const { fixes } = await read(table('time,lat,lon,speed_kmh', row));
    expect([fixes.time_ms[19], fixes.lat[19], fixes.lon[0]]).toEqual([START + 19_000, Number(lat(19)), 139.5]);
    expect(fixes.speed_mps[9]).toBeCloseTo(10, 5);
  });
});

describe('what the columns beside a time say was mixed up', () => {
  it.each([
    ['a zone beside a time that is UTC by its name', 'time_utc,timezone', (i: number) => `${wall(i, 0)},Asia/Tokyo`],
    ['the date of UTC beside a local clock', 'utc_date,local_time', (i: number) => wall(i, 9).replace(' ', ',')],
    ['a date that a spreadsheet writes as midnight', 'date,time', (i: number) => wall(i, 9).replace(' ', ' 00:00:00,')],
  ])('%s', async (_, names, time) => {
    const log = await read(table(`${names},lat,lon`, (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it('a zone that is not used is said', async () => {
    const log = await read(table('time_utc,timezone,lat,lon', (i) => `${wall(i, 0)},Asia/Tokyo,${lat(i)},139.5`));
    expect(log.input.warnings).toEqual(['the column "timezone" is not used: the times are UTC']);
    const other = await read(table('time,tz_offset_min,lat,lon', (i) => `${wall(i, 9)},540,${lat(i)},139.5`));
    expect(other.input.ignored).toEqual(['tz_offset_min']);
  });
  it('whole times at midnight are no date', async () => {
    const midnight = (i: number) => `2026-10-05 00:00:${p2(i)}`;
    const log = await read(table('date,time,lat,lon', (i) => `${midnight(i)},${i}.0,${lat(i)},139.5`));
    expect(log.fixes.time_ms[19]).toBe(START - 10 * 3_600_000 + 19_000);
  });
});

describe('more forms of times', () => {
  it.each([
    ['points in the clock', (i: number) => `05.10.2026 10.00.${p2(i)}`],
    ['hyphens in the clock', (i: number) => `2026-10-05_10-00-${p2(i)}`],
    ['digits with milliseconds', (i: number) => `202610051000${p2(i)}000`],
    ['digits with a fraction', (i: number) => `202610051000${p2(i)}.00`],
    ['a. m.', (i: number) => `5 Oct 2026 10:00:${p2(i)} a. m.`],
    ['CEST', (i: number) => `2026-10-05 03:00:${p2(i)} CEST`],
    ['CEST as Java prints it', (i: number) => `Mon Oct 05 03:00:${p2(i)} CEST 2026`],
  ])('%s', async (_, time) => {
    const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it.each([
    ['26/10/05 10:00:00', /year of two digits/],
    ['10:00:00', /a time of day without a date/],
    ['00:07.0', /minutes and seconds/],
    ['1.79E+12', /cut short/],
  ])('%s is named', async (time, pattern) => {
    expect(await failure(table('time,lat,lon', (i) => `${time},${lat(i)},139.5`))).toMatch(pattern);
  });
});

describe('more forms of degrees', () => {
  it.each([
    ['blanks', '35 7 2.4', '139 30 0'],
    ['colons', '35:07:02.4', '139:30:00'],
    ['points, as in Japan', '35.07.2.4', '139.30.0'],
    ['minutes alone', '35 7.04', '139 30.0'],
    ['a letter behind blanks', '35 7.04 N', '139 30.0 E'],
    ['DDMM.MMMM with a decimal comma', '"3507,0400"', '"13930,0000"'],
  ])('%s', async (_, north, east) => {
    const { fixes } = await read(table('time,lat,lon', (i) => `${iso(i)},${north},${east}`, 5));
    expect(fixes.lat[0]).toBeCloseTo(35 + 7.04 / 60, 7);
    expect(fixes.lon[0]).toBeCloseTo(139.5, 7);
  });
  it('a sign before them holds', async () => {
    const { fixes } = await read(table('time,lat,lon', (i) => `${iso(i)},-25°26'00",-49°16'00"`, 5));
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([-(25 + 26 / 60), -(49 + 16 / 60)]);
  });
  it('a letter and a minus say the same once', async () => {
    const { fixes } = await read(table('time,lat,lon', (i) => `${iso(i)},-25.4S,-49.25W`, 5));
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([-25.4, -49.25]);
  });
  it.each([',', 'N,O', '0,0'])('the side "%s" is named', async (sides) => {
    const [side = '', other = ''] = sides.split(',');
    const text = table('time,lat,N/S,lon,E/W', (i) => `${iso(i)},${lat(i)},${side},139.5,${other}`);
    expect(await failure(text)).toMatch(/^LOG_POSITION .*:2: beside its position/);
  });
  it('NMEA with decimal degrees is not read as minutes', async () => {
    const text = rows((i) => `$GPRMC,0100${p2(i)}.00,A,${lat(i)},N,139.5123,E,19.4,0.0,051026,,,A`);
    expect(await failure(text)).toMatch(/^LOG_NO_FIX/);
  });
  it('minutes beyond 59 are none', async () => {
    expect(await failure(table('time,lat,lon', (i) => `${iso(i)},35°75'00",139°30'00"`))).toMatch(/^LOG_NUMBER/);
  });
});

describe('more forms of JSON', () => {
  it('NaN, as Python writes it', async () => {
    const log = await read(rows((i) => `{"time": "${iso(i)}", "lat": ${lat(i)}, "lon": 139.5, "speed": NaN}`));
    expect([log.fixes.count, log.fixes.lon[0], log.input.left_out]).toEqual([N, 139.5, []]);
  });
  it('a value beside its unit', async () => {
    const speed = { value: 36, unit: 'km/h' };
    const log = await read(objects((i) => ({ time: iso(i), at: { lat: Number(lat(i)), lng: 139.5 }, speed })));
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 5);
  });
  const list = Array.from({ length: N }, (_, i) => i);
  it.each([
    ['columns of lists', { time: list.map(iso), lat: list.map(lat), lon: list }, /^LOG_FORMAT .*its columns are lists/],
    ['columns of rows', { time: { 0: 'x' }, lat: { 0: 1 }, lon: { 0: 1 } }, /^LOG_FORMAT .*its columns are lists/],
    ['lists of lists', list.map((i) => [iso(i), lat(i), 139]), /^LOG_FORMAT .*list of lists/],
  ])('%s: named', async (_, value, pattern) => expect(await failure(JSON.stringify(value))).toMatch(pattern));
  it('a header without a time below other lines is named by its own line', async () => {
    const text = `Start: 2026-10-05T01:00:00Z\n${table('elapsed,lat,lon', (i) => `${i},${lat(i)},139`)}`;
    expect(await failure(text)).toMatch(/^LOG_COLUMN .*:2: no column time.*found: elapsed/);
  });
});
