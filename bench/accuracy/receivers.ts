// SPDX-License-Identifier: MIT
// What a receiver makes of a drive: correlated position error, Doppler speed and course with white error, the
// lag of its filter, its interval. Everything by seed.
import { Plane } from '../../mapdata/demo/plane.ts';
import { random } from '../../mapdata/demo/simulate.ts';
import type { Fixes } from '../../src/types.ts';
import { canyon, type Residual, residualAt } from './canyon.ts';
import { type Drive, STEP_S } from './drives.ts';
import { type Fitted, fillFitted, silences } from './fitted.ts';
import { gaussian, motionOf } from './motion.ts';

export interface Receiver {
  name: string;
  interval_s: number;
  /** Standard error of a position, each axis, metres; correlated over TAU_S. */
  sigma_m: number;
  /** Standard error of a velocity, each axis, m/s; null: the log has no speed. */
  doppler_mps: number | null;
  /** Time constant of the receiver's low-pass filter, seconds. */
  lag_s: number;
  /** No fixes in tunnels. */
  tunnels?: boolean;
  /** The receiver tells its accuracy, and tells it right. */
  accuracy?: boolean;
  /** Errors are those of a real log, repeated from a place by seed; `sigma_m` says how large they are. */
  canyon?: boolean;
  /** Errors as measured logs have them; `sigma_m` is their robust standard error. */
  fitted?: Fitted;
}

const TAU_S = 20;

const phone = (name: string, more: Partial<Receiver>): Receiver => ({
  name,
  interval_s: 1,
  sigma_m: 5,
  doppler_mps: 0.3,
  lag_s: 0,
  ...more,
});

let log: Residual[] | undefined;
/** Read once, on first use. */
export function canyonLog(): Residual[] {
  log ??= canyon();
  return log;
}

export const BASE = [
  phone('5 m, 1 s', {}),
  phone('5 m, 5 s', { interval_s: 5 }),
  phone('5 m, 10 s', { interval_s: 10 }),
];
export const OTHERS = [
  phone('5 m, 2 s', { interval_s: 2 }),
  phone('5 m, 30 s', { interval_s: 30 }),
  phone('5 m, 60 s', { interval_s: 60 }),
  phone('3 m, 1 s', { sigma_m: 3 }),
  phone('10 m, 1 s', { sigma_m: 10 }),
  phone('20 m, 1 s', { sigma_m: 20 }),
  phone('5 m, 1 s, accuracy told', { accuracy: true }),
  phone('20 m, 1 s, accuracy told', { sigma_m: 20, accuracy: true }),
  phone('5 m, 1 s, Doppler 0.1 m/s', { doppler_mps: 0.1 }),
  phone('5 m, 1 s, Doppler 1 m/s', { doppler_mps: 1 }),
  phone('5 m, 1 s, no speed', { doppler_mps: null }),
  phone('5 m, 5 s, no speed', { doppler_mps: null, interval_s: 5 }),
  phone('10 m, 1 s, no speed', { sigma_m: 10, doppler_mps: null }),
  phone('20 m, 1 s, no speed', { sigma_m: 20, doppler_mps: null }),
  phone('5 m, 1 s, lag 0.8 s', { lag_s: 0.8 }),
  phone('5 m, 1 s, silent in tunnels', { tunnels: true }),
  phone('urban canyon, 1 s', { canyon: true, sigma_m: 10 }),
];
const fitted = (name: string, more: Partial<Receiver>, own: Partial<Fitted> = {}): Receiver => ({
  ...phone(name, { sigma_m: 3, ...more }),
  fitted: { late_s: 0.5, runs: 0.9, jumps: 1.2, gaps: 2, holds: 0.15, tells: true, whole: false, ...own },
});
/** The second family. */
export const FITTED = [
  fitted('phone, good', { sigma_m: 1.4 }, { runs: 0.5, jumps: 0.25 }),
  fitted('phone', {}),
  fitted('phone, 2 s late', {}, { late_s: 2 }),
  fitted('phone, city', { sigma_m: 6.5 }, { runs: 2.5, jumps: 10, gaps: 4 }),
  fitted('phone, no speed', { doppler_mps: null }),
  fitted('phone, city, no speed', { sigma_m: 6.5, doppler_mps: null }, { runs: 2.5, jumps: 10, gaps: 4 }),
  fitted('tracker, 5 s', { interval_s: 5 }, { holds: 0.6, tells: false, whole: true }),
  fitted('tracker, 15 s', { interval_s: 15 }, { holds: 0.6, tells: false, whole: true }),
];
/** Noise and interval, for the route mismatch. */
export const GRID = [3, 5, 10, 20].flatMap((sigma_m) =>
  [1, 5, 10, 30, 60].map((interval_s) => phone(`${sigma_m} m, ${interval_s} s`, { sigma_m, interval_s })),
);

function lowPass(values: Float64Array, lag_s: number): Float64Array {
  if (lag_s === 0) return values;
  const keep = Math.exp(-STEP_S / lag_s);
  const out = values.slice();
  for (let k = 1; k < out.length; k++) out[k] = keep * (out[k - 1] ?? 0) + (1 - keep) * (values[k] ?? 0);
  return out;
}

/** The samples that become fixes: every interval, from a phase by seed. */
export function fixTimes(drive: Drive, receiver: Receiver, seed: number): number[] {
  const every = Math.round(receiver.interval_s / STEP_S);
  const phase = Math.floor(random(seed)() * every);
  const all = Array.from({ length: Math.ceil((drive.count - phase) / every) }, (_, i) => phase + i * every);
  const speaks = receiver.fitted ? silences(drive, receiver.fitted, seed + 3) : () => true;
  const heard = (k: number) =>
    speaks(k) &&
    !(receiver.tunnels && drive.route[drive.item(k)]?.tunnel) &&
    (!receiver.canyon || residualAt(canyonLog(), offsetOf(seed), k * STEP_S) !== undefined);
  return all.filter(heard);
}

/** Where in the canyon's log a drive begins, seconds. */
const offsetOf = (seed: number) => random(seed + 2)() * 1000;

export function receive(drive: Drive, receiver: Receiver, seed: number): Fixes {
  const at = fixTimes(drive, receiver, seed);
  const n = at.length;
  const fixes: Fixes = {
    count: n,
    time_ms: new Float64Array(n),
    lat: new Float64Array(n),
    lon: new Float64Array(n),
    speed_mps: new Float32Array(n).fill(Number.NaN),
    heading_deg: new Float32Array(n).fill(Number.NaN),
    accuracy_m: new Float32Array(n).fill(Number.NaN),
  };
  const { fitted } = receiver;
  if (fitted) fillFitted(fixes, drive, { ...receiver, fitted }, seed + 4, at);
  else fillMade(fixes, drive, receiver, seed, at);
  return fixes;
}

/** The first family: an error of one correlation time. */
function fillMade(fixes: Fixes, drive: Drive, receiver: Receiver, seed: number, at: readonly number[]): void {
  const gauss = gaussian(random(seed + 1));
  const plane = new Plane(drive.lat(0), drive.lon(0));
  const m = motionOf(drive, plane);
  const [x, y, vx, vy] = [m.x, m.y, m.vx, m.vy].map((v) => lowPass(v, receiver.lag_s)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [ex, ey] = [receiver.sigma_m * gauss(), receiver.sigma_m * gauss()];
  at.forEach((k, i) => {
    const keep = Math.exp((-(k - (at[i - 1] ?? k)) * STEP_S) / TAU_S);
    const fresh = receiver.sigma_m * Math.sqrt(1 - keep * keep);
    [ex, ey] = [keep * ex + fresh * gauss(), keep * ey + fresh * gauss()];
    const real = receiver.canyon ? residualAt(canyonLog(), offsetOf(seed), k * STEP_S) : undefined;
    if (real) [ex, ey] = [real.east_m, real.north_m];
    if (receiver.accuracy) fixes.accuracy_m[i] = receiver.sigma_m;
    const p = plane.position({ x: (x[k] ?? 0) + ex, y: (y[k] ?? 0) + ey });
    fixes.time_ms[i] = drive.start_ms + Math.round(k * STEP_S * 1000);
    fixes.lat[i] = p.lat;
    fixes.lon[i] = p.lon;
    const [nx, ny] = [gauss(), gauss()];
    if (receiver.doppler_mps === null) return;
    const [east, north] = [(vx[k] ?? 0) + receiver.doppler_mps * nx, (vy[k] ?? 0) + receiver.doppler_mps * ny];
    fixes.speed_mps[i] = real ? Math.max(0, drive.speed(k) + real.speed_mps) : Math.hypot(east, north);
    fixes.heading_deg[i] = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  });
}
