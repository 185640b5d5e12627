// SPDX-License-Identifier: MIT
// A server's time beside the fix's was taken for its plainer name.
import { describe, expect, it } from 'vitest';
import { iso, lat, objects, read, START, table, wall } from './clean_drive.ts';

/** A server gets two rows at once. */
const late = (i: number) => i - (i % 2) + 20;

describe('of two clocks the fix’s', () => {
  it.each([
    ['timestamp,gps_timestamp', (i: number) => `${iso(late(i))},${iso(i)}`],
    ['time,gps_time', (i: number) => `${(START + late(i) * 1000) / 1000},${(START + i * 1000) / 1000}`],
    ['datetime,測位日時', (i: number) => `${wall(late(i), 9)},${wall(i, 9)}`],
    ['timestamp,fix_time', (i: number) => `${wall(late(i), 9)},${wall(i, 9)}`],
  ])('%s', async (names, times) => {
    const log = await read(table(`${names},lat,lon`, (i) => `${times(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[1]).toBe(START + 1000);
    expect(log.input.warnings.join()).toContain('as of the fix');
  });
  it('in NDJSON', async () => {
    const row = (i: number) => ({ timestamp: iso(late(i)), lat: Number(lat(i)), lon: 139.5, gps_timestamp: iso(i) });
    expect((await read(objects(row))).fixes.time_ms[1]).toBe(START + 1000);
  });
});

describe('the first stays where the other is told otherwise', () => {
  it.each([
    ['a wall clock that may be UTC', 'timestamp,gps_time', (i: number) => `${wall(i, 9)},${wall(i, 0)}`],
    ['seconds since 1980', 'time,gps_time', (i: number) => `${iso(i)},${START / 1000 - 315_964_782 + i}`],
    ['a time of day', 'time,gps_time', (i: number) => `${iso(i)},${iso(i).slice(11, 19)}`],
    ['without seconds', 'time,gps_time', (i: number) => `${iso(i)},${iso(i).slice(0, 16)}Z`],
  ])('%s', async (_, names, times) => {
    const log = await read(table(`${names},lat,lon`, (i) => `${times(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[1]).toBe(START + 1000);
    expect(log.fixes.count).toBe(20);
  });
});
