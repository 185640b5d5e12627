// SPDX-License-Identifier: MIT
// What a receiver makes of a drive: correlated position error, Doppler speed and course with white error, the
// lag of its filter, its interval. Everything by seed.
import { Plane } from '../../mapdata/demo/plane.ts';
import { random } from '../../mapdata/demo/simulate.ts';
import type { Fixes } from '../../src/types.ts';
import { type Drive, STEP_S } from './drives.ts';

export interface Receiver {
  name: string;
  interval_s: number;
  /** Standard error of a position, each axis, metres; correlated over TAU_S. */
  sigma_m: number;
  /** Standard error of a velocity, each axis, m/s; null: the log has no speed. */
  doppler_mps: number | null;
  /** Time constant of the receiver's low-pass filter, seconds. */
  lag_s: number;
}

const TAU_S = 20;

export function gaussian(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

interface Motion {
  x: Float64Array;
  y: Float64Array;
  vx: Float64Array;
  vy: Float64Array;
}

/** True motion every STEP_S on a plane; the direction of a standing car is that of its last movement. */
function motionOf(drive: Drive, plane: Plane): Motion {
  const n = drive.count;
  const m = { x: new Float64Array(n), y: new Float64Array(n), vx: new Float64Array(n), vy: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    const p = plane.point(drive.lat(k), drive.lon(k));
    m.x[k] = p.x;
    m.y[k] = p.y;
  }
  let [ux, uy] = [0, 0];
  for (let k = 0; k < n; k++) {
    const [a, b] = [Math.max(0, k - 3), Math.min(n - 1, k + 3)];
    const [dx, dy] = [(m.x[b] ?? 0) - (m.x[a] ?? 0), (m.y[b] ?? 0) - (m.y[a] ?? 0)];
    const size = Math.hypot(dx, dy);
    if (size > 0.1) [ux, uy] = [dx / size, dy / size];
    m.vx[k] = drive.speed(k) * ux;
    m.vy[k] = drive.speed(k) * uy;
  }
  return m;
}

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
  return Array.from({ length: Math.ceil((drive.count - phase) / every) }, (_, i) => phase + i * every);
}

export function receive(drive: Drive, receiver: Receiver, seed: number): Fixes {
  const at = fixTimes(drive, receiver, seed);
  const gauss = gaussian(random(seed + 1));
  const plane = new Plane(drive.lat(0), drive.lon(0));
  const m = motionOf(drive, plane);
  const [x, y, vx, vy] = [m.x, m.y, m.vx, m.vy].map((v) => lowPass(v, receiver.lag_s)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const keep = Math.exp(-receiver.interval_s / TAU_S);
  let [ex, ey] = [receiver.sigma_m * gauss(), receiver.sigma_m * gauss()];
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
  at.forEach((k, i) => {
    const fresh = receiver.sigma_m * Math.sqrt(1 - keep * keep);
    if (i > 0) [ex, ey] = [keep * ex + fresh * gauss(), keep * ey + fresh * gauss()];
    const p = plane.position({ x: (x[k] ?? 0) + ex, y: (y[k] ?? 0) + ey });
    fixes.time_ms[i] = drive.start_ms + Math.round(k * STEP_S * 1000);
    fixes.lat[i] = p.lat;
    fixes.lon[i] = p.lon;
    const [nx, ny] = [gauss(), gauss()];
    if (receiver.doppler_mps === null) return;
    const [east, north] = [(vx[k] ?? 0) + receiver.doppler_mps * nx, (vy[k] ?? 0) + receiver.doppler_mps * ny];
    fixes.speed_mps[i] = Math.hypot(east, north);
    fixes.heading_deg[i] = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  });
  return fixes;
}
