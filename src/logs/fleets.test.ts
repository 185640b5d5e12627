// SPDX-License-Identifier: MIT
// What fleets and their interfaces write: several vehicles in one file, by names of columns, owners and lists.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, objects, read, rows, START, table } from './clean_drive.ts';

const row = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139.5 });
const list = (from: number, n = N) => Array.from({ length: n }, (_, i) => row(from + i));

describe('a second vehicle', () => {
  it.each([
    'plate',
    'License Plate',
    'registration_number',
    'VIN',
    'Truck',
    'Kennzeichen',
    'Immatriculation',
    'Госномер',
    '车牌号',
    '차량번호',
    '車両ナンバー',
    'deviceSerial',
  ])('in the column "%s" refuses the log, and one vehicle is carried along', async (name) => {
    const made = (second: string) =>
      table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${i < N / 2 ? 'A1' : second}`);
    expect(await failure(made('B2'))).toMatch(/^LOG_VEHICLES .*names a second vehicle/);
    expect((await read(made('A1'))).vehicle_id).toBe('A1');
  });
  it('a number of the row is no vehicle', async () => {
    const log = await read(table('S.No,Serial No,time,lat,lon', (i) => `${i},${i},${iso(i)},${lat(i)},139.5`));
    expect([log.fixes.count, log.vehicle_id]).toEqual([N, null]);
  });
  it.each([
    ['device', 'id'],
    ['vehicle', 'number'],
  ])('in the object "%s" of each row', async (owner, key) => {
    const made = (second: string) =>
      objects((i) => ({ ...row(i), id: `row ${i}`, [owner]: { [key]: i < 5 ? 'b1' : second } }));
    expect(await failure(made('b2'))).toMatch(/^LOG_VEHICLES/);
    expect((await read(made('b1'))).vehicle_id).toBe('b1');
  });
  it.each([
    [
      'plates around lists',
      (a: object, b: object) => [
        { plate: 'A', points: a },
        { plate: 'B', points: b },
      ],
    ],
    [
      'a list of vehicles',
      (a: object, b: object) => ({
        vehicles: [
          { id: 1, track: a },
          { id: 2, track: b },
        ],
      }),
    ],
  ])('by %s', async (_, made) => {
    expect(await failure(JSON.stringify(made(list(0), list(3600))))).toMatch(/^LOG_VEHICLES .*two vehicles/);
  });
  it('by the answer of Samsara, whose elements are vehicles', async () => {
    const gps = (from: number) =>
      list(from).map(({ time, ...at }) => ({
        time,
        latitude: at.lat,
        longitude: at.lon,
        headingDegrees: 0,
        speedMilesPerHour: 22.37,
      }));
    const answer = (...starts: number[]) => JSON.stringify({ data: starts.map((s) => ({ id: `${s}`, gps: gps(s) })) });
    expect(await failure(answer(0, 3600))).toMatch(/^LOG_VEHICLES/);
    expect((await read(answer(0))).fixes.count).toBe(N);
  });
  it('one key of Samsara makes no vehicles of the parts of a drive', async () => {
    const part = (from: number) => list(from, 10).map(({ time, ...at }) => ({ time, ...at, speedMilesPerHour: 22.37 }));
    const parts = [0, 10].map((from) => ({ id: `leg ${from}`, points: part(from) }));
    expect((await read(JSON.stringify(parts))).fixes.count).toBe(N);
  });
  it('by lines of GeoJSON', async () => {
    const line = (from: number, vehicle: string) => ({
      type: 'Feature',
      properties: { vehicle_id: vehicle, coordTimes: list(from).map(({ time }) => time) },
      geometry: { type: 'LineString', coordinates: list(from).map(({ lon, lat: y }) => [lon, y]) },
    });
    const made = (second: string) =>
      JSON.stringify({ type: 'FeatureCollection', features: [line(0, 'a'), line(3600, second)] });
    expect(await failure(made('b'))).toMatch(/^LOG_VEHICLES/);
    expect(await read(made('a'))).toMatchObject({ vehicle_id: 'a', fixes: { count: 2 * N } });
  });
});

it('parts of one drive, each in a list of its own, are one drive', async () => {
  const parts = [
    { id: 'leg 1', points: list(0, 10) },
    { id: 'leg 2', points: list(10, 10) },
  ];
  expect((await read(JSON.stringify(parts))).fixes.count).toBe(N);
});

it('a second list of fixes that is not read is said', async () => {
  const log = await read(JSON.stringify({ raw: list(0), snapped: list(0) }));
  expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/more lists of positions/)]);
});

describe('JSON of databases and clouds', () => {
  it.each([
    ['objects over several lines', rows((i) => JSON.stringify(row(i), null, 2))],
    ['objects one after another', Array.from({ length: N }, (_, i) => JSON.stringify(row(i))).join('')],
    [
      'numbers of MongoDB',
      objects((i) => ({
        time: { $date: { $numberLong: String(START + i * 1000) } },
        lat: { $numberDouble: lat(i) },
        lon: { $numberDouble: '139.5' },
      })),
    ],
    ['longitude and latitude in a list', objects((i) => ({ time: iso(i), loc: [139.5, Number(lat(i))] }))],
    [
      'latitude and longitude in a list of that name',
      objects((i) => ({ time: iso(i), latlng: [Number(lat(i)), 139.5] })),
    ],
    [
      'AWS Location',
      JSON.stringify(list(0).map(({ time, ...at }) => ({ SampleTime: time, Position: [at.lon, at.lat] }))),
    ],
  ])('%s', async (_, text) => {
    const log = await read(text);
    expect([log.fixes.count, log.fixes.time_ms[1], log.fixes.lon[5]]).toEqual([N, START + 1000, 139.5]);
  });
  it('where both can be latitudes, longitude comes first, as in GeoJSON', async () => {
    const log = await read(objects((i) => ({ time: iso(i), position: [8.5, Number(lat(i))] })));
    expect([log.fixes.lat[0], log.fixes.lon[0]]).toEqual([35, 8.5]);
  });
});

it.each([
  ['GeoJSON in a field', 'geo', (i: number) => `"{""type"":""Point"",""coordinates"":[139.5,${lat(i)}]}"`],
  ['WKT of BigQuery', 'geog', (i: number) => `POINT(139.5 ${lat(i)})`],
  ['LatLng of Android', 'location', (i: number) => `"lat/lng: (${lat(i)},139.5)"`],
  ['LatLng of Leaflet', 'latlng', (i: number) => `"LatLng(${lat(i)}, 139.5)"`],
  ['a pair with decimal commas', 'position', (i: number) => `"${lat(i).replace('.', ',')} 139,5000"`],
])('%s', async (_, name, field) => {
  const log = await read(table(`time,${name}`, (i) => `${iso(i)},${field(i)}`));
  expect([log.fixes.count, log.fixes.lon[5]]).toEqual([N, 139.5]);
});

it.each([
  ['0.1 km/h in the header', 'Speed (0.1 km/h)', '360'],
  ['0.01 km/h in the header', 'speed [0.01km/h]', '3600'],
  ['tenths by the name', 'speed_kmh_x10', '360'],
  ['mm/s of u-blox', 'gSpeed (mm/s)', '10000'],
  ['mm/s by the name', 'speed_mm_s', '10000'],
])('speeds in %s', async (_, name, value) => {
  const log = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
  expect([log.fixes.speed_mps[5], log.input.warnings]).toEqual([expect.closeTo(10, 2), []]);
});

it.each([
  ['ROS: seconds and nanoseconds', 'header.stamp.secs,header.stamp.nsecs,latitude,longitude', ',500000000'],
  ['timeval', 'tv_sec,tv_usec,lat,lon', ',500000'],
])('%s', async (_, header, rest) => {
  const log = await read(table(header, (i) => `${START / 1000 + i}${rest},${lat(i)},139.5`));
  expect(log.fixes.time_ms[3]).toBe(START + 3500);
});
it('a stamp of ROS in JSON', async () => {
  const stamp = (i: number) => ({ stamp: { secs: START / 1000 + i, nsecs: 500_000_000 } });
  const log = await read(objects((i) => ({ header: stamp(i), latitude: Number(lat(i)), longitude: 139.5 })));
  expect(log.fixes.time_ms[3]).toBe(START + 3500);
});
it('a stamp of ROS 2 in JSON', async () => {
  const header = (i: number) => ({ stamp: { sec: START / 1000 + i, nanosec: 500_000_000 }, frame_id: 'gps' });
  const log = await read(objects((i) => ({ header: header(i), latitude: Number(lat(i)), longitude: 139.5 })));
  expect(log.fixes.time_ms[3]).toBe(START + 3500);
});
it('a column for each part of the time in JSON', async () => {
  const parts = (i: number) => ({ year: 2026, month: 10, day: 5, hour: 10, minute: 0, second: i });
  const log = await read(objects((i) => ({ ...parts(i), lat: Number(lat(i)), lon: 139.5 })));
  expect(log.fixes.time_ms[3]).toBe(START + 3000);
});

describe('what belongs to another thing was read as that of the car', () => {
  const own = { lat: (i: number) => Number(lat(i)), lon: 139.5 };
  const at = (i: number) => ({ time: iso(i), lat: own.lat(i), lon: own.lon });
  const there = { lat: 36.1234567, lon: 138.1234567, speed: 10, heading: 90 };
  it.each([
    ['the wind', (i: number) => ({ ...at(i), weather: { wind: { speed: 10, direction: 90 } } })],
    ['the limit of the road', (i: number) => ({ ...at(i), road: { speed_kmh: 36 } })],
    ['the car in front', (i: number) => ({ time: iso(i), ego: { lat: own.lat(i), lon: own.lon }, lead: there })],
    [
      'the destination',
      (i: number) => ({ time: iso(i), destination: there, location: { lat: own.lat(i), lon: own.lon } }),
    ],
  ])('%s', async (_, row) => {
    const { fixes } = await read(objects(row));
    expect([fixes.count, fixes.lon[3]]).toEqual([N, 139.5]);
    expect(fixes.speed_mps.every(Number.isNaN) && fixes.heading_deg.every(Number.isNaN)).toBe(true);
  });
  it('a geofence alone is no position', async () =>
    expect(await failure(objects((i) => ({ time: iso(i), geofence: { center: at(i) } })))).toMatch(/^LOG_COLUMN/));
  it('the speed in an object of the car stays', async () => {
    const { fixes } = await read(objects((i) => ({ ...at(i), motion: { speed_kmh: 36 } })));
    expect(fixes.speed_mps[3]).toBe(10);
  });
});
