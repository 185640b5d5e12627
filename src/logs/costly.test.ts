// SPDX-License-Identifier: MIT
// One text of a log costs little, however long it is.
import { expect, it } from 'vitest';
import { failure, iso, lat, read, table, wall } from './clean_drive.ts';

const MANY = 900_000;
const rows = (time: (i: number) => string, north: (i: number) => string = lat) =>
  table('time,lat,lon,speed_kmh', (i) => `${time(i)},${north(i)},139.5,36`, 3);

it.each([
  ['brackets in a header', `time,lat,lon,${'('.repeat(60_000)})b\n1,2,3,4\n`, /^LOG_TIME/],
  ['blanks in a header', `x,lat,lon,a${' '.repeat(60_000)}b\n1,2,3,4\n`, /^LOG_COLUMN/],
  ['words before a header', `${'time zone '.repeat(6000)}\ntime,lat,lon\n`, /^LOG_NO_FIX/],
  ['letters where a zone stands', rows((i) => `${wall(i, 9)} ${'a'.repeat(MANY)}!`), /^LOG_TIME/],
  ['digits of a time', rows(() => '1'.repeat(MANY)), /^LOG_TIME/],
  ['commas of a time', rows(() => `"2026-10-05${',_'.repeat(MANY / 2)}x"`), /^LOG_TIME/],
  ['digits of a latitude', rows(iso, () => `${'1'.repeat(MANY)}x`), /^LOG_NUMBER/],
  ['blanks of a latitude', rows(iso, () => `35${' '.repeat(MANY)}x`), /^LOG_NUMBER/],
  ['a reference system', `{"type":"FeatureCollection",${'"crs":{'.repeat(8000)}`, /^LOG_DEPTH/],
])('%s took minutes', { timeout: 10_000 }, async (_, text, pattern) => {
  const began = performance.now();
  expect(await failure(text)).toMatch(pattern);
  expect(performance.now() - began).toBeLessThan(5000);
});

it('a long speed is not used', async () => {
  const text = table('time,lat,lon,speed', (i) => `${iso(i)},${lat(i)},139.5,1${'.'.repeat(MANY)}km`, 3);
  expect((await read(text)).fixes.count).toBe(3);
});
