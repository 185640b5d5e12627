// SPDX-License-Identifier: MIT
// Which speeds a car can have had between two fixes: braking at `decel`, pulling away at `accel` (core-cpp/rules/kinematics.hpp).

export interface ConePoint {
  /** Seconds from the first fix. */
  s: number;
  low: number;
  high: number;
}

/** Lowest and highest speed (m/s) at times between the fixes, speeds `v` in m/s at times `t` in seconds, ascending. */
export function speedCone(
  t: readonly number[],
  v: readonly number[],
  decel: number,
  accel: number,
  step = 0.1,
): ConePoint[] {
  const points: ConePoint[] = [];
  for (let i = 0; i + 1 < t.length; i++) {
    const [t0, t1, v0, v1] = [t[i] ?? 0, t[i + 1] ?? 0, v[i] ?? 0, v[i + 1] ?? 0];
    const steps = Math.max(1, Math.ceil((t1 - t0) / step));
    for (let k = 0; k < steps; k++) {
      const s = t0 + ((t1 - t0) * k) / steps;
      points.push({
        s,
        low: Math.max(0, v0 - decel * (s - t0), v1 - accel * (t1 - s)),
        high: Math.max(0, Math.min(v0 + accel * (s - t0), v1 + decel * (t1 - s))),
      });
    }
  }
  const last = v.at(-1);
  if (last !== undefined) points.push({ s: t.at(-1) ?? 0, low: last, high: last });
  return points;
}
