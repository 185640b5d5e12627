// SPDX-License-Identifier: MIT
// Misreadings without a word, each in a form of which no name tells.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, objects, read, START, table, wall } from './clean_drive.ts';

const lon = (i: number) => (139.5 + 2e-5 * Math.sin(i * i)).toFixed(7);
const position = (i: number) => `${lat(i)},${lon(i)}`;

it.each([
  ['tz_offset_s', -14_400, -4],
  ['timezone_offset_seconds', 19_800, 5.5],
  ['tz_offset_sec', -14_400, -4],
])('an offset in the column %s', async (name, value, hours) => {
  const log = await read(table(`time,${name},lat,lon`, (i) => `${wall(i, hours)},${value},${position(i)}`));
  expect(log.fixes.time_ms[0]).toBe(START);
});

it.each(['Zeitpunkt', 'Date et heure GPS', 'Data Posição', '时间戳', '측정일시'])('a time called %s', async (name) => {
  const log = await read(table(`${name},lat,lon`, (i) => `${iso(i)},${position(i)}`));
  expect(log.fixes.time_ms[0]).toBe(START);
});

describe('gpsd', () => {
  const reports = (status: (i: number) => number) =>
    objects((i) => ({ class: 'TPV', mode: 3, status: status(i), time: iso(i), lat: Number(lat(i)), lon: 139.5 }));
  it('positions that it simulates are left out', async () => {
    const log = await read(reports((i) => (i < 5 ? 8 : 1)));
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([
      15,
      expect.stringContaining('5 positions are simulated'),
    ]);
    expect(await failure(reports(() => 8))).toMatch(/^LOG_NO_FIX .*"mode, status"/);
  });
  it.each([0, 2, 4, 6])('status %i is that of a fix', async (status) => {
    expect((await read(reports(() => status))).fixes.count).toBe(20);
  });
});

it('a second device is called as the log calls it', async () => {
  const location = (i: number) => ({
    _type: 'location',
    tid: `${i % 2}`,
    tst: START / 1000 + i,
    lat: Number(lat(i)),
    lon: 139.5,
  });
  expect(await failure(objects(location))).toMatch(
    /^LOG_VEHICLES .*:2: the column "topic, tid" names a second vehicle/,
  );
});

describe('semicircles', () => {
  const whole = (degrees: string | number) => Math.round((Number(degrees) * 2 ** 31) / 180);
  const dump = (since: number) =>
    table(
      'timestamp,position_lat,position_long',
      (i) => `${START / 1000 - since + i},${whole(lat(i))},${whole(lon(i))}`,
    );
  it('with seconds of FIT', async () => {
    const log = await read(dump(631_065_600));
    expect(log.fixes.time_ms[0]).toBe(START);
    expect(log.input.warnings.join()).toContain('as of FIT');
  });
  it('with seconds since 1970', async () => {
    expect((await read(dump(0))).fixes.time_ms[0]).toBe(START);
  });
});

describe('letters of the hemisphere in columns of any name', () => {
  it.each([
    ['behind', 'time,lat,x,lon,y', (i: number) => `${iso(i)},${lat(i)},S,${lon(i)},W`, -1],
    ['before', 'time,hémisphère,lat,méridien,lon', (i: number) => `${iso(i)},s,${lat(i)},w,${lon(i)}`, -1],
    ['east', 'time,lat,x,lon,y', (i: number) => `${iso(i)},${lat(i)},N,${lon(i)},E`, 1],
    ['of the wind', 'time,lat,lon,wind,car', (i: number) => `${iso(i)},${lat(i)},${lon(i)},S,W`, 1],
  ])('%s', async (_, names, row, sign) => {
    const { fixes } = await read(table(names, row));
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([35 * sign, 139.5 * sign]);
  });
  it('that change at Greenwich', async () => {
    const west = (i: number) => 1e-4 * (i - 5.5);
    const row = (i: number) => `${iso(i)},${lat(i)},N,${Math.abs(west(i)).toFixed(7)},${west(i) > 0 ? 'W' : 'E'}`;
    const { fixes } = await read(table('time,lat,x,lon,y', row));
    expect([...fixes.lon]).toEqual(Array.from({ length: 20 }, (_, i) => expect.closeTo(-west(i), 7)));
  });
});

describe('signs of the degrees in columns of their own', () => {
  it.each([
    ['lat_sign,lat,lon_sign,lon', (i: number) => `-,${lat(i)},-,${lon(i)}`, -1, -1],
    ['lat,latitudeSign,lon,longitudeSign', (i: number) => `${lat(i)},-1,${lon(i)},+1`, -1, 1],
    ['lat,lon,lat sgn,lon sgn', (i: number) => `${lat(i)},${lon(i)},1,−`, 1, -1],
    ['lat_sign,lat,lon_sign,lon', (i: number) => `S,${lat(i)},W,${lon(i)}`, -1, -1],
    ['lat_sign,lat,lon_sign,lon', (i: number) => `+,${lat(i)},+,${lon(i)}`, 1, 1],
    ['sign,lat,traffic_sign,lon', (i: number) => `-,${lat(i)},-,${lon(i)}`, 1, 1],
  ])('%s', async (names, row, north, east) => {
    const { fixes } = await read(table(`time,${names}`, (i) => `${iso(i)},${row(i)}`));
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([35 * north, 139.5 * east]);
  });
  it('in keys of NDJSON', async () => {
    const { fixes } = await read(
      objects((i) => ({ time: iso(i), lat_sign: -1, lat: 35 + i * 1e-4, lon_sign: 1, lon: 139.5 })),
    );
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([-35, 139.5]);
  });
  it('that are neither are refused', async () => {
    const text = table('time,lat_sign,lat,lon_sign,lon', (i) => `${iso(i)},0,${lat(i)},0,${lon(i)}`);
    expect(await failure(text)).toMatch(/^LOG_POSITION .*:2: beside its position stands neither \+ nor -/);
  });
});

describe('two cars row by row', () => {
  const apart = (i: number) => ({ time: iso(i), lat: Number(lat(i)) + (i % 2) * 0.001, lon: Number(lon(i)) });
  it('that a column of another language tells apart', async () => {
    for (const name of ['Einheit', 'serial', '车辆', '端末ID'])
      expect(
        await failure(table(`${name},time,lat,lon`, (i) => `${i % 2},${Object.values(apart(i)).join()}`, 60)),
      ).toMatch(/^LOG_VEHICLES/);
  });
  it('that no column tells apart', async () => {
    expect(await failure(objects(apart, 60))).toMatch(/^LOG_VEHICLES .*row by row/);
  });
  it('one car to and fro every 15 s is one', async () => {
    const slowly = (i: number) => ({ ...apart(i), time: iso(15 * i) });
    expect((await read(objects(slowly, 60))).fixes.count).toBe(60);
  });
  it('two receivers of one car are one', async () => {
    const beside = (i: number) => ({ ...apart(i), lat: Number(lat(i)) + (i % 2) * 0.0001 });
    expect((await read(objects(beside, 60))).fixes.count).toBe(60);
  });
});
