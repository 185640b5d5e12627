// SPDX-License-Identifier: MIT
// Positions in the forms that people have.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, objects, p2, read, rows, table } from './clean_drive.ts';

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

describe('whole numbers of another unit were read as 1e-7 degrees', () => {
  const [at, east] = [35.0004497, 139.7123456];
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
    expect(await failure(text)).toMatch(/^LOG_DEGREES .*:1: positions of NMEA are degrees and minutes/);
  });
  it('minutes beyond 59 are none', async () => {
    expect(await failure(table('time,lat,lon', (i) => `${iso(i)},35°75'00",139°30'00"`))).toMatch(/^LOG_NUMBER/);
  });
});

it('semicircles of FIT were read as 1e-7 degrees', async () => {
  const half = (degrees: number) => Math.round((degrees / 180) * 2 ** 31);
  const made = (y: string, x: string, of: (degrees: number) => number) =>
    table(`timestamp,${y},${x},enhanced_speed`, (i) => `${iso(i)},${of(Number(lat(i)))},${of(139.7)},10`);
  const log = await read(made('position_lat', 'position_long', half));
  expect([log.fixes.lat[9], log.fixes.lon[0], log.fixes.speed_mps[3]]).toEqual([
    expect.closeTo(Number(lat(9)), 6),
    expect.closeTo(139.7, 6),
    10,
  ]);
  const e7 = await read(made('lat', 'lon', (degrees) => Math.round(degrees * 1e7)));
  expect(e7.fixes.lon[0]).toBeCloseTo(139.7, 6);
  const plain = await read(made('position_lat', 'position_long', (degrees) => degrees));
  expect(plain.fixes.lon[0]).toBe(139.7);
});

describe('names of columns that say south or west', () => {
  const drive = (names: string, lat = (i: number) => String(35 + i / 10_000), lon = '139.5') =>
    table(`time,${names}`, (i) => `${iso(i)},${lat(i)},${lon}`);
  const place = async (text: string) => {
    const { fixes } = await read(text);
    return [fixes.lat[1], fixes.lon[1]];
  };
  it.each([
    ['Latitude (N),Longitude (W)', [35.0001, -139.5]],
    ['Latitude (°S),Longitude (°E)', [-35.0001, 139.5]],
    ['Latitude [deg S],Longitude [deg W]', [-35.0001, -139.5]],
    ['Latitude (N/S),Longitude (E/W)', [35.0001, 139.5]],
  ])('%s', async (names, expected) => {
    expect(await place(drive(names))).toEqual(expected);
    const [first = '', second = ''] = names.split(',');
    expect(await place(objects((i) => ({ time: iso(i), [first]: 35 + i / 10_000, [second]: 139.5 })))).toEqual(
      expected,
    );
  });
  it('letters say it once, and a minus is refused', async () => {
    expect(await place(drive('Latitude (N),Longitude (W)', undefined, '139.5W'))).toEqual([35.0001, -139.5]);
    expect(await failure(drive('Latitude (N),Longitude (W)', undefined, '-139.5'))).toMatch(
      /^LOG_POSITION .*:2: .*west/,
    );
  });
});

it('whole numbers of small units with a point, as pandas writes them', async () => {
  const whole = (degrees: string | number) => `${Math.round(Number(degrees) * 1e7)}.0`;
  const log = await read(table('time,lat,lon,speed_kmh', (i) => `${iso(i)},${whole(lat(i))},${whole(139.51)},36`));
  expect([log.fixes.lat[1], log.fixes.lon[1]]).toEqual([Number(lat(1)), 139.51]);
});
