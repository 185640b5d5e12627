// SPDX-License-Identifier: MIT
// A drive as a receiver's antenna goes through it: place and velocity in a flat plane, a sample each STEP_S.
import type { Plane } from '../../mapdata/demo/plane.ts';
import type { Drive } from './drives.ts';

export function gaussian(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export interface Motion {
  x: Float64Array;
  y: Float64Array;
  vx: Float64Array;
  vy: Float64Array;
}

const motions = new WeakMap<Drive, Motion>();

/** True motion every STEP_S on a plane; the direction of a standing car is that of its last movement. */
export function motionOf(drive: Drive, plane: Plane): Motion {
  const motion = motions.get(drive) ?? newMotion(drive, plane);
  motions.set(drive, motion);
  return motion;
}

function newMotion(drive: Drive, plane: Plane): Motion {
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
