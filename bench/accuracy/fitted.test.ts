// SPDX-License-Identifier: MIT
// The receivers of the second family have the statistics of measured logs that issue 23 names.
import { describe, expect, it } from 'vitest';
import { Plane } from '../../mapdata/demo/plane.ts';
import { quantile } from '../statistics.ts';
import type { Drive } from './drives.ts';
import type { Fitted } from './fitted.ts';
import { FITTED, fixTimes, type Receiver, receive } from './receivers.ts';

const START = Date.UTC(2026, 8, 30);
const HOURS = 10;
const COUNT = HOURS * 36_000;
/** Two minutes at 12 m/s, a slow part, a stand of 30 s: northward, again and again. */
const CYCLE = 1800;
const speedAt = (k: number) => {
  const at = k % CYCLE;
  return at < 1200 ? 12 : at < 1350 ? 1.5 : at < 1500 ? 0.6 : 0;
};
const path = new Float64Array(COUNT);
for (let k = 1; k < COUNT; k++) path[k] = (path[k - 1] ?? 0) + 0.1 * speedAt(k - 1);
const drive: Drive = {
  id: 'cycles',
  behaviour: 'lawful',
  start_ms: START,
  count: COUNT,
  begin_m: 0,
  end_m: 1e6,
  untold_m: {},
  route: [],
  events: [],
  lat: (k) => 35 + (path[k] ?? 0) / 110_940,
  lon: () => 139,
  speed: speedAt,
  path: (k) => path[k] ?? 0,
  item: () => 0,
};

/** East error at each whole second of the log; NaN in a silence. */
function eastErrors(receiver: Receiver, seed: number): Float64Array {
  const fixes = receive(drive, receiver, seed);
  const plane = new Plane(35, 139);
  const out = new Float64Array(HOURS * 3600).fill(Number.NaN);
  for (let i = 0; i < fixes.count; i++) {
    const t = Math.floor(((fixes.time_ms[i] ?? 0) - START) / 1000);
    if (speedAt(Math.round(((fixes.time_ms[i] ?? 0) - START) / 100)) > 2) out[t] = plane.point(35, fixes.lon[i] ?? 0).x;
  }
  return out;
}

const sorted = (values: Iterable<number>) => [...values].filter(Number.isFinite).sort((a, b) => a - b);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const shareOf = (values: readonly number[], is: (v: number) => boolean) => values.filter(is).length / values.length;
const named = (name: string) => FITTED.find((r) => r.name === name) as Receiver;

function correlation(values: Float64Array, lag: number): number {
  const square = mean(sorted(values.map((v) => v * v)));
  return mean(sorted(values.slice(lag).map((v, i) => v * (values[i] ?? Number.NaN)))) / square;
}

describe.each(['phone, good', 'phone', 'phone, city'])('%s', (name) => {
  const errors = [1, 2, 3, 4].map((seed) => eastErrors(named(name), seed));
  const all = sorted(errors.flatMap((e) => [...e]));
  const sigma = 1.4826 * quantile(sorted(all.map(Math.abs)), 0.5);

  it('a robust error of 1.4 to 7 m, as it says, and 4 to 5 % beyond three of it', () => {
    expect(sigma / named(name).sigma_m).toBeCloseTo(1, 0.5);
    expect(sigma).toBeGreaterThan(1.2);
    expect(sigma).toBeLessThan(7.5);
    const beyond = shareOf(all, (e) => Math.abs(e) > 3 * sigma);
    expect(beyond).toBeGreaterThan(0.035);
    expect(beyond).toBeLessThan(0.055);
  });

  it.each([
    [5, 0.88, 0.93],
    [20, 0.6, 0.75],
    [60, 0.26, 0.56],
    [120, 0.1, 0.4],
  ])('correlated over %i s', (lag, least, most) => {
    const seen = mean(errors.map((e) => correlation(e, lag)));
    expect(seen).toBeGreaterThan(least);
    expect(seen).toBeLessThan(most);
  });
});

it('one-sided runs over 10 m last a minute to five', () => {
  const errors = eastErrors(
    { ...named('phone, good'), fitted: { ...(named('phone, good').fitted as Fitted), jumps: 0, gaps: 0, runs: 2 } },
    5,
  );
  const runs: number[] = [];
  let [length, quiet] = [0, 0];
  for (const e of errors) {
    if (Math.abs(e) > 7) {
      length += 1 + quiet;
      quiet = 0;
    } else if (length > 0 && ++quiet > 60) {
      if (length > 40) runs.push(length);
      [length, quiet] = [0, 0];
    }
  }
  expect(runs.length).toBeGreaterThan(2);
  expect(Math.max(...runs)).toBeLessThan(330);
});

describe('speed and course', () => {
  const phone = named('phone');
  const fixes = receive(drive, phone, 6);
  const samples = Array.from(fixes.time_ms.subarray(0, fixes.count), (t) => Math.round((t - START) / 100));
  /** The car drives northward: a course's error is its distance from north. */
  const courseError = (i: number) => Math.abs((((fixes.heading_deg[i] ?? 0) + 180) % 360) - 180);
  const offAt = (mps: number) =>
    shareOf(
      samples.flatMap((k, i) => (speedAt(k) === mps ? [courseError(i)] : [])),
      (e) => e > 45,
    );

  it('course errors above 45 degrees: 62 % below 1 m/s, 10 % up to 2 m/s, hardly any at speed', () => {
    expect(offAt(0.6)).toBeCloseTo(0.65, 1);
    expect(offAt(1.5)).toBeCloseTo(0.1, 1);
    expect(offAt(12)).toBeLessThan(0.01);
  });

  it.each([
    ['phone', 0.5],
    ['phone, 2 s late', 2],
  ])('of %s are %f s late', (name, late_s) => {
    const seen = receive(drive, named(name), 6);
    /** Of the fixes in the second before or after the change shows, those that show it. */
    const shows = (from_s: number) =>
      shareOf(
        [...seen.speed_mps.subarray(0, seen.count)].filter((_, i) => {
          const t = (((seen.time_ms[i] ?? 0) - START) / 1000) % (CYCLE / 10);
          return t >= from_s && t < from_s + 1;
        }),
        (v) => v > 6,
      );
    if (late_s >= 1) expect(shows(late_s - 1.1)).toBeLessThan(0.05);
    expect(shows(late_s)).toBeGreaterThan(0.95);
  });

  it('the told radius is coarse and holds less than 68 %', () => {
    const plane = new Plane(35, 139);
    const far = samples.flatMap((k, i) => {
      const p = plane.point(fixes.lat[i] ?? 0, fixes.lon[i] ?? 0);
      const truth = plane.point(drive.lat(k), 139);
      return speedAt(k) > 2 ? [Math.hypot(p.x - truth.x, p.y - truth.y) / (fixes.accuracy_m[i] ?? 1)] : [];
    });
    const inside = shareOf(far, (r) => r <= 1);
    expect(inside).toBeGreaterThan(0.3);
    expect(inside).toBeLessThan(0.62);
    expect(new Set(fixes.accuracy_m).size).toBeLessThan(12);
  });
});

describe('stands and silences', () => {
  const phone = named('phone');
  const stands = [1, 2, 3, 4].flatMap((seed) => {
    const fixes = receive(drive, phone, seed);
    const plane = new Plane(35, 139);
    const all = new Map<number, { x: number; y: number; speed: number }[]>();
    for (let i = 0; i < fixes.count; i++) {
      const k = Math.round(((fixes.time_ms[i] ?? 0) - START) / 100);
      if (speedAt(k) > 0) continue;
      const cycle = Math.floor(k / CYCLE);
      const p = plane.point(fixes.lat[i] ?? 0, fixes.lon[i] ?? 0);
      all.set(cycle, [...(all.get(cycle) ?? []), { ...p, speed: fixes.speed_mps[i] ?? 0 }]);
    }
    return [...all.values()].filter((s) => s.length > 20);
  });
  const driftOf = (stand: readonly { x: number; y: number }[]) =>
    Math.max(...stand.map((p) => Math.hypot(p.x - (stand[0]?.x ?? 0), p.y - (stand[0]?.y ?? 0))));

  it('a standing receiver drifts by 3.1 m in the median, 14.5 m at the 90th percentile, or repeats itself', () => {
    const drifts = sorted(stands.map(driftOf));
    const held = shareOf(drifts, (d) => d < 0.01);
    expect(held).toBeGreaterThan(0.08);
    expect(held).toBeLessThan(0.25);
    expect(quantile(drifts, 0.5)).toBeGreaterThan(2.2);
    expect(quantile(drifts, 0.5)).toBeLessThan(4);
    expect(quantile(drifts, 0.9)).toBeGreaterThan(11);
    expect(quantile(drifts, 0.9)).toBeLessThan(18);
  });

  it('silences last 3 to 154 s', () => {
    const times = fixTimes(drive, phone, 8);
    const gaps = times.slice(1).flatMap((k, i) => (k - (times[i] ?? 0) > 10 ? [(k - (times[i] ?? 0)) / 10] : []));
    expect(gaps.length).toBeGreaterThan(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...gaps)).toBeLessThan(156);
  });

  it('the same seed, the same log', () => {
    expect(receive(drive, phone, 9)).toEqual(receive(drive, phone, 9));
  });
});
