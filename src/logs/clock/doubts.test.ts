// SPDX-License-Identifier: MIT
// A clock that was set within a receiver's silence made a lawful drive accused of speeding.
import { describe, expect, it } from 'vitest';
import { doubtsOf } from './doubts.ts';

/** A car at so many m/s by each second; fixes at some seconds, and from `set` on a clock that is so much behind. */
function drive(mps: (s: number) => number, at: readonly number[], set = 0, behind = 0) {
  const metres = (s: number) => Array.from({ length: s }, (_, k) => mps(k)).reduce((sum, v) => sum + v, 0);
  return {
    time: Float64Array.from(at, (s) => (s - (s >= set ? behind : 0)) * 1000),
    lat: Float64Array.from(at, (s) => 35 + metres(s) / 111_195),
    lon: new Float64Array(at.length).fill(139),
  };
}
const every = (step: number, ...gap: [number, number] | []) =>
  Array.from({ length: 300 / step }, (_, i) => i * step).filter((s) => !(s > (gap[0] ?? 0) && s < (gap[1] ?? 0)));
const steady = () => 12;

describe('a clock that was set back', () => {
  it.each([
    ['10 s in a tunnel of 20 s', every(1, 100, 120), 120, 10],
    ['60 s in a tunnel of 120 s', every(1, 100, 220), 220, 60],
    ['5 s between fixes 10 s apart', every(10), 150, 5],
    ['60 s in a silence of 60 s, fixes 5 s apart', every(5, 100, 165), 165, 60],
  ])('%s is in doubt', (_, at, set, behind) => {
    const found = doubtsOf(drive(steady, at, set, behind));
    expect(found?.at).toEqual([at.indexOf(set)]);
    const [i, times] = [at.indexOf(set), found?.times ?? new Float64Array()];
    expect((times[i] as number) - (times[i - 1] as number)).toBeGreaterThanOrEqual(
      (set - (at[i - 1] as number)) * 1000,
    );
  });
});

describe('a clock that is right', () => {
  const burst = (from: number, to: number) => (s: number) => (s >= from && s < to ? 25 : 12);
  it.each([
    ['a tunnel', drive(steady, every(1, 100, 160))],
    ['speeding before, in and after a tunnel', drive(burst(80, 180), every(1, 100, 160))],
    ['speeding between two fixes 10 s apart', drive(burst(150, 160), every(10))],
    ['speeding at 1 s', drive(burst(150, 160), every(1))],
  ])('%s is not in doubt', (_, track) => {
    expect(doubtsOf(track)).toBeUndefined();
  });
});
