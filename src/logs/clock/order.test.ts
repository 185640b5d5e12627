// SPDX-License-Identifier: MIT
// Clocks that jump: what stays is the longest consistent sequence, and what goes is named.
import { describe, expect, it } from 'vitest';
import { orderOf } from './order.ts';

const WEEK = 7 * 86_400_000;
const START = Date.UTC(2026, 9, 5, 1);

/** A car that drives north at 10 m/s, one fix a second; each row gives the second and, where it differs, its clock. */
interface Row {
  at: number;
  clock?: number;
}

const drive = (n: number): Row[] => Array.from({ length: n }, (_, at) => ({ at }));
const LATITUDE_PER_M = 1 / 111_195;

function order(rows: readonly Row[]) {
  return orderOf({
    time: Float64Array.from(rows, ({ at, clock }) => START + (clock ?? at) * 1000),
    lat: Float64Array.from(rows, ({ at }) => 35 + at * 10 * LATITUDE_PER_M),
    lon: new Float64Array(rows.length).fill(139),
  });
}

const shifted = (rows: Row[], from: number, to: number, seconds: number): Row[] =>
  rows.map((row, i) => (i >= from && i < to ? { ...row, clock: row.at + seconds } : row));

function outcome(rows: readonly Row[]) {
  const found = order(rows);
  return {
    kept: found?.kept.length ?? rows.length,
    why: [...new Set(found?.dropped.map((d) => d.why))],
    moved: found?.moved ?? 0,
    twoCars: found?.twoCars ?? false,
  };
}

describe('the order of time', () => {
  const n = 300;
  it.each([
    ['a clean drive', drive(n), n, []],
    ['one fix 1,024 weeks ahead', shifted(drive(n), 30, 31, (1024 * WEEK) / 1000), n - 1, ['time_jumps']],
    ['the last fix 1,024 weeks ahead', shifted(drive(n), n - 1, n, (1024 * WEEK) / 1000), n - 1, ['time_jumps']],
    ['the first fixes 1,024 weeks back', shifted(drive(n), 0, 5, (-1024 * WEEK) / 1000), n - 5, ['time_jumps']],
    ['one fix a day ahead', shifted(drive(n), 100, 101, 86_400), n - 1, ['time_jumps']],
    ['one fix a minute ahead', shifted(drive(n), 100, 101, 60), n - 1, ['time_jumps']],
    ['the fix before the last a minute ahead', shifted(drive(n), n - 2, n - 1, 60), n - 1, ['time_jumps']],
    ['one fix a minute back', shifted(drive(n), 100, 101, -60), n - 1, ['time_falls_back']],
    ['an hour back for 40 s', shifted(drive(n), 100, 140, -3600), n - 40, ['time_falls_back']],
    ['20 s back for 60 s', shifted(drive(n), 100, 160, -20), n - 60, ['time_falls_back', 'time_jumps']],
    ['an hour ahead for the last 20 s', shifted(drive(n), n - 20, n, 3600), n - 20, ['time_jumps']],
    ['every row twice', drive(n).flatMap((row) => [row, row]), n, ['doubled']],
    ['the whole drive twice', [...drive(n), ...drive(n)], n, ['doubled']],
    [
      'four fixes a second, without fractions',
      drive(n).map((row) => ({ at: row.at / 4, clock: Math.floor(row.at / 4) })),
      n / 4,
      ['doubled'],
    ],
  ])('%s', (_, rows, kept, why) => {
    expect(outcome(rows)).toEqual({ kept, why, moved: 0, twoCars: false });
  });

  it.each([
    ['the second half before the first', [...drive(n).slice(150), ...drive(n).slice(0, 150)]],
    ['the newest row first', drive(n).reverse()],
    [
      'the newest row first, with a tunnel',
      drive(n)
        .map((row) => (row.at < 150 ? row : { at: row.at, clock: row.at + 100 }))
        .reverse(),
    ],
    [
      'three parts in the wrong order',
      [...drive(n).slice(200), ...drive(n).slice(0, 100), ...drive(n).slice(100, 200)],
    ],
    ['pairs exchanged', drive(n).map((_, i, all) => all[i ^ 1] as Row)],
  ])('%s is put in order', (_, rows) => {
    const found = order(rows);
    expect(found?.kept.length).toBe(n);
    expect([...(found?.kept ?? [])].map((i) => rows[i]?.at)).toEqual(drive(n).map((row) => row.at));
    expect(found?.moved).toBeGreaterThan(0);
  });

  it.each([
    ['one after the other', (a: Row[], b: Row[]) => [...a, ...b]],
    ['row by row', (a: Row[], b: Row[]) => a.flatMap((row, i) => [row, b[i] as Row])],
    [
      'row by row, half a second apart',
      (a: Row[], b: Row[]) => a.flatMap((row, i) => [row, { ...(b[i] as Row), clock: i + 0.5 }]),
    ],
    [
      'in blocks of ten',
      (a: Row[], b: Row[]) => a.flatMap((_, i) => (i % 10 === 0 ? [...a.slice(i, i + 10), ...b.slice(i, i + 10)] : [])),
    ],
    ['one twice as often', (a: Row[], b: Row[]) => a.flatMap((row, i) => (i % 2 === 0 ? [row, b[i] as Row] : [row]))],
  ])('two cars, %s, are seen', (_, mix) => {
    const other = drive(n).map(({ at }) => ({ at: at + 2000, clock: at }));
    expect(order(mix(drive(n), other))?.twoCars).toBe(true);
  });

  it.each([
    [1, 3],
    [1, 12],
    [1, 60],
    [2, 10],
    [5, 15],
    [5, 30],
  ])(
    'a clock of fixes %i s apart, set back by %i s: a step that joins both clocks tells the rows left out',
    (every, seconds) => {
      const rows = shifted(drive(n), 0, 100, seconds).filter(({ at }) => at % every === 0);
      const { kept = [], joins = () => 0 } = order(rows) ?? {};
      expect(kept.length).toBeGreaterThan(rows.length / 2);
      for (let i = 1; i < kept.length; i++) {
        const [a, b] = [rows[kept[i - 1] as number] as Row, rows[kept[i] as number] as Row];
        const mps = ((b.at - a.at) * 10) / ((b.clock ?? b.at) - (a.clock ?? a.at));
        expect(mps === 10 || joins(i) > 0).toBe(true);
      }
    },
  );

  it('rows that are sent again cost no others', () => {
    const rows = [...drive(120), ...drive(n).slice(110)];
    expect(outcome(rows)).toEqual({ kept: n, why: ['doubled'], moved: 0, twoCars: false });
  });

  it('a part that was dated too late is not put behind the end of the drive', () => {
    const rows = shifted(drive(n), 150, 190, 170);
    expect(outcome(rows)).toEqual({ kept: n - 40, why: ['time_jumps'], moved: 0, twoCars: false });
  });

  it.each([
    ['the shorter first', 100, 200],
    ['the longer first', 200, 100],
  ])('two cars at the same times, %s, are seen', (__, first, second) => {
    const other = drive(second).map(({ at }) => ({ at: at + 2000, clock: at }));
    expect(order([...drive(first), ...other])?.twoCars).toBe(true);
  });

  it('a night between two drives is no jump', () => {
    const rows = [...drive(200), ...drive(200).map(({ at }) => ({ at: at + 200, clock: at + 50_000 }))];
    expect(outcome(rows)).toEqual({ kept: 400, why: [], moved: 0, twoCars: false });
  });
  it('a tunnel of 100 s is no jump', () => {
    const rows = drive(300).filter(({ at }) => at < 100 || at >= 200);
    expect(outcome(rows).kept).toBe(200);
  });
  it('minutes without seconds: the first of each', () => {
    const rows = drive(300).map(({ at }) => ({ at, clock: Math.floor(at / 60) * 60 }));
    expect(outcome(rows)).toEqual({ kept: 5, why: ['doubled'], moved: 0, twoCars: false });
  });
});
