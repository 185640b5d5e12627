// SPDX-License-Identifier: MIT
// Reports that another program wrote again: times as texts or in another unit, keys left out, points without metadata.
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, objects, read, START, wall } from './clean_drive.ts';

const seconds = (i: number) => START / 1000 + i;
type Time = (i: number) => unknown;
const own = (time: Time) =>
  objects((i) => ({ _type: 'location', tst: time(i), lat: Number(lat(i)), lon: 139.5, vel: 36 }));
const point = (i: number) => ({ type: 'Point', coordinates: [139.5, Number(lat(i))] });
const overland = (time: Time, geometry: (i: number) => object = point) =>
  JSON.stringify({
    locations: Array.from({ length: N }, (_, i) => ({
      type: 'Feature',
      geometry: geometry(i),
      properties: { timestamp: time(i), speed: 10 },
    })),
  });
const gpsd = (more: (i: number) => object) =>
  objects((i) => ({ class: 'TPV', time: iso(i), lat: Number(lat(i)), lon: 139.5, speed: 10, ...more(i) }));

describe('are read', () => {
  it.each([
    ['OwnTracks with ISO 8601', own(iso)],
    ['OwnTracks with milliseconds', own((i) => seconds(i) * 1000)],
    ['OwnTracks with a wall clock', own((i) => wall(i, 9).replace(' ', 'T'))],
    ['Overland with seconds', overland(seconds)],
    ['Overland with milliseconds', overland((i) => seconds(i) * 1000)],
    ['gpsd without a mode', gpsd(() => ({}))],
    ['gpsd with a mode in words', gpsd(() => ({ mode: '3D' }))],
    ['gpsd with milliseconds', gpsd((i) => ({ mode: 3, time: seconds(i) * 1000 }))],
  ])('%s', async (_, text) => {
    const { fixes } = await read(text);
    expect([fixes.count, fixes.time_ms[0], fixes.time_ms[N - 1], fixes.speed_mps[3]]).toEqual([
      N,
      START,
      START + (N - 1) * 1000,
      10,
    ]);
  });
  it('but not what is said to be no fix', async () => {
    expect((await read(gpsd((i) => ({ mode: i < 5 ? 1 : 3 })))).fixes.count).toBe(N - 5);
    expect(await failure(gpsd(() => ({ mode: 'no fix' })))).toMatch(/^LOG_NO_FIX .*"mode, status" says/);
  });
});

it('what is missing is named', async () => {
  expect(await failure(own(() => null))).toMatch(/^LOG_NO_FIX .*no row has a time, which is expected in "tst"/);
  expect(await failure(own(() => 'soon'))).toMatch(/^LOG_TIME .*:1: time is a text/);
  expect(await failure(overland(iso, () => ({ type: 'Point' })))).toMatch(/no row has a position, .* in "coordinates"/);
});

describe('well-known binary in Parquet without metadata of it', () => {
  function binary(i: number, type: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(21));
    view.setUint8(0, 1);
    view.setUint32(1, type, true);
    view.setFloat64(5, 139.5, true);
    view.setFloat64(13, Number(lat(i)), true);
    return new Uint8Array(view.buffer);
  }
  const file = (point: (i: number) => Uint8Array) =>
    Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'time', data: Array.from({ length: N }, (_, i) => new Date(START + i * 1000)), type: 'TIMESTAMP' },
          { name: 'geometry', data: Array.from({ length: N }, (_, i) => point(i)), type: 'BYTE_ARRAY' },
        ],
      }),
    );
  const text = (i: number) => new Uint8Array(Buffer.from(`POINT (139.5 ${lat(i)})`));
  it.each([
    ['points', (i: number) => binary(i, 1)],
    ['texts', text],
  ])('%s are read', async (_, point) => {
    const { fixes } = await read(file(point));
    expect([fixes.count, fixes.lon[0], fixes.lat[N - 1]]).toEqual([N, 139.5, Number(lat(N - 1))]);
  });
  it('lines and cut points are refused', async () => {
    expect(await failure(file((i) => binary(i, 2)))).toMatch(/^LOG_NO_TRACK .*its geometries are no points/);
    expect(await failure(file((i) => binary(i, 1).subarray(0, 3)))).toMatch(/^LOG_NUMBER .*:2: latitude is a text/);
  });
});
