// SPDX-License-Identifier: MIT
// Two cars in one log whose column is not named as one of vehicles were one drive; trips of one car stay one log.
import { describe, expect, it } from 'vitest';
import { failure, iso, objects, read, table } from './clean_drive.ts';

const n = 240;
interface Fix {
  /** Seconds since the start. */
  at: number;
  /** Metres north and east. */
  north: number;
  east: number;
  is: string | number;
}
/** A way that is not straight. */
const lat = ({ north, at }: Fix) => (35 + (north + 2 * Math.sin(at * at)) / 111_195).toFixed(7);
const lon = ({ east }: Fix) => (139.5 + east / 91_085).toFixed(7);
const csv = (column: string, fixes: Fix[]) =>
  table(
    `time,lat,lon,${column}`,
    (i) => {
      const fix = fixes[i] as Fix;
      return `${iso(fix.at)},${lat(fix)},${lon(fix)},${fix.is}`;
    },
    fixes.length,
  );
const made = (one: (i: number) => Partial<Fix>): Fix[] =>
  Array.from({ length: n }, (_, i) => ({ at: i, north: i * 10, east: 0, is: 'a', ...one(i) }));
/** Car `b` drives `apart` metres to the east; the cars take turns after so many fixes. */
const turns = (every: number, apart: number, step = 1) =>
  made((i) => {
    const isB = Math.floor(i / every) % 2 === 1;
    return { at: i * step, north: i * step * 10, east: isB ? apart : 0, is: isB ? 'b' : 'a' };
  });

describe('two cars', () => {
  it.each([
    ['in turns, far apart', turns(1, 3000)],
    ['in turns, one behind the other', turns(1, 60)],
    ['in blocks of thirty fixes', turns(30, 3000)],
    ['in blocks of thirty fixes in the next street', turns(30, 150)],
    ['in turns of ten seconds', turns(1, 3000, 10)],
    ['one after the other at once', made((i) => (i < n / 2 ? {} : { east: 20_000, is: 'b' }))],
    ['whose blocks have the same times', made((i) => (i < n / 2 ? {} : { at: i - n / 2, east: 100, is: 'b' }))],
    [
      'whose blocks have some times in common',
      made((i) => (i < n / 2 ? {} : { at: i - 60.5, north: (i - 60) * 10, east: 150, is: 'b' })),
    ],
  ])('%s', async (_, fixes) => {
    for (const column of ['trip_id', 'id', 'name', 'journey_id', 'driver', 'User'])
      expect(await failure(csv(column, fixes))).toMatch(/^LOG_VEHICLES/);
  });
  it('in NDJSON', async () => {
    const fixes = turns(30, 3000);
    const row = (fix: Fix) => ({ time: iso(fix.at), lat: Number(lat(fix)), lon: Number(lon(fix)), trip_id: fix.is });
    expect(await failure(objects((i) => row(fixes[i] as Fix), n))).toMatch(/^LOG_VEHICLES .*"trip_id" tells apart/);
  });
});

describe('one car', () => {
  const loop = (i: number) => ({
    north: 300 * Math.sin((i * 10) / 300),
    east: 300 * Math.cos((i * 10) / 300),
  });
  it.each([
    ['a number for each row', made((i) => ({ is: i }))],
    ['trips that go on where the last one ended', made((i) => ({ is: Math.floor(i / 60) }))],
    [
      'trips with a night between, the next one elsewhere',
      made((i) => (i < 120 ? {} : { at: i + 40_000, east: 9000, is: 2 })),
    ],
    [
      'trips with nights between, by turns of two names',
      made((i) => ({
        at: i + Math.floor(i / 40) * 40_000,
        is: Math.floor(i / 40) % 2,
        east: (Math.floor(i / 40) % 2) * 9000,
      })),
    ],
    ['names of streets that come again', made((i) => ({ ...loop(i), is: Math.floor(i / 20) % 3 }))],
    ['two kinds of rows by turns', made((i) => ({ is: i % 2 }))],
    ['two kinds of rows, sparse', made((i) => ({ at: i * 10, north: i * 150, is: i % 2 }))],
    ['two receivers, 4 m apart', made((i) => ({ at: i / 2, north: i * 5, east: (i % 2) * 4, is: i % 2 }))],
    [
      'standing most of the time, names by turns',
      made((i) => ({ north: Math.max(0, (i % 40) - 36) * 15 + Math.floor(i / 40) * 45, is: Math.floor(i / 9) % 2 })),
    ],
    ['a trip whose first fix is an old one', made((i) => ({ east: i === 120 ? 5000 : 0, is: i < 120 ? 1 : 2 }))],
    ['a tunnel at the end of a trip', made((i) => (i < 120 ? {} : { at: i + 90, north: (i + 90) * 10, is: 2 }))],
  ])('%s', async (_, fixes) => {
    const { count } = (await read(csv('note', fixes))).fixes;
    for (const column of ['trip_id', 'id', 'name', 'driver'])
      expect((await read(csv(column, fixes))).fixes.count).toBe(count);
  });
});
