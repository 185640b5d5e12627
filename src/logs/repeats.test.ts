// SPDX-License-Identifier: MIT
// Positions that a recorder repeats.
import { describe, expect, it } from 'vitest';
import { iso, lat, leftOut, read, START, table } from './clean_drive.ts';

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

describe('rows that somebody filled in between true fixes looked like a drive without a stop', () => {
  /** A car that changes its pace, with the errors of a receiver. */
  const at = (i: number) => i * 9 + 20 * Math.sin(i / 7) + 0.3 * Math.sin(i * 1.7);
  const north = (i: number) => 35 + at(i) / 111_195;
  const east = (i: number) => 139.5 + (3e-5 * Math.sin(i * 2.3) + 2e-4 * Math.sin(i / 9));
  const between = (of: (i: number) => number, i: number, every: number) => {
    const before = i - (i % every);
    return of(before) + ((of(before + every) - of(before)) * (i % every)) / every;
  };
  const table_ = (every: number, digits: number, more: (i: number) => string = () => '') =>
    table(
      `time,lat,lon${more(0) && ',speed_kmh'}`,
      (i) =>
        `${iso(i)},${between(north, i, every).toFixed(digits)},${between(east, i, every).toFixed(digits)}${more(i)}`,
      121,
    );
  it.each([
    [5, 7],
    [10, 7],
    [10, 6],
    [10, 14],
    [30, 7],
  ])('straight lines between fixes %d s apart, of %d decimals', async (every, digits) => {
    const log = await read(table_(every, digits));
    expect(leftOut(log)).toEqual([`${120 - 120 / every} filled_in`]);
    expect([...log.fixes.time_ms].every((t) => (t - START) % (every * 1000) === 0)).toBe(true);
    expect(log.input.warnings.join()).toMatch(/filled in by straight lines/);
  });
  it('with speeds that were filled in, too', async () => {
    const log = await read(table_(10, 7, (i) => `,${(32 + between((k) => Math.cos(k / 7), i, 10)).toFixed(2)}`));
    expect(leftOut(log)).toEqual(['108 filled_in']);
  });
  it('fixes of which few move far enough to show a corner stay', async () => {
    const mps = (second: number) => 9 + ({ 10: 3, 11: 4, 20: 3, 21: 4, 50: 3, 51: 4 }[second] ?? 0);
    const metres = (i: number) =>
      Array.from({ length: i }, (_, k) => mps(Math.floor(k / 10)) / 10).reduce((sum, step) => sum + step, 0);
    const log = await read(
      table('time,lat,lon', (i) => `${iso(i / 10)},${(35 + metres(i) / 111_195).toFixed(7)},139.5`, 601),
    );
    expect([log.fixes.count, leftOut(log)]).toEqual([601, []]);
  });
  it('true fixes stay, also of a car at even pace, at 10 Hz, or with six decimals', async () => {
    const drives = [
      table('time,lat,lon', (i) => `${iso(i)},${north(i).toFixed(7)},${east(i).toFixed(7)}`, 121),
      table('time,lat,lon', (i) => `${iso(i)},${north(i).toFixed(6)},${east(i).toFixed(6)}`, 121),
      table('time,lat,lon', (i) => `${iso(i / 10)},${north(i / 10).toFixed(7)},${east(i / 10).toFixed(7)}`, 121),
      table('time,lat,lon', (i) => `${iso(i)},${lat(i)},139.5`, 121),
    ];
    for (const drive of drives) expect((await read(drive)).fixes.count).toBe(121);
  });
});

describe('rows that a recorder writes several times blurred what the car did', () => {
  it.each([2, 5, 10])('each fix %d times, with its speed', async (times) => {
    const fix = (i: number) => Math.floor(i / times);
    const text = table(
      'time,lat,lon,speed_kmh',
      (i) => `${iso(i / times)},${lat(fix(i) + Math.sin(fix(i)))},139.5,${36 + (fix(i) % 7)}`,
      40 * times,
    );
    const log = await read(text);
    expect([log.fixes.count, leftOut(log)]).toEqual([40, [`${40 * (times - 1)} doubled`]]);
  });
  it('a car that stands keeps its fixes', async () => {
    const fix = (i: number) => Math.floor(i / 4);
    const place = (i: number) => Math.min(fix(i), 20) + Math.max(0, fix(i) - 40);
    const text = table('time,lat,lon', (i) => `${iso(i / 4)},${lat(place(i))},139.5`, 4 * 60);
    const { fixes } = await read(text);
    expect([fixes.count, fixes.time_ms[30]]).toEqual([60, START + 30_000]);
  });
});
