// SPDX-License-Identifier: MIT
// A receiver whose speeds or courses are not those of the car.
import type { LoggedFix } from '../../mapdata/demo/simulate.ts';

/** What is told in place of the true speed, in seconds from the first fix; all along without seconds. */
export interface Told {
  from_s?: number;
  to_s?: number;
  /** This speed … */
  kmh?: number;
  /** … or the true one so many times … */
  times?: number;
  /** … or the true one of so many fixes before. */
  late?: number;
}

export function tellSpeed(logged: LoggedFix[], told: Told): void {
  const start = Date.parse(logged[0]?.time ?? '');
  const { from_s = 0, to_s = Number.POSITIVE_INFINITY, kmh, times = 1, late = 0 } = told;
  const true_kmh = logged.map((fix) => fix.speed_kmh);
  for (const [i, fix] of logged.entries()) {
    const at = (Date.parse(fix.time) - start) / 1000;
    if (at >= from_s && at < to_s) fix.speed_kmh = kmh ?? (true_kmh[Math.max(0, i - late)] ?? 0) * times;
  }
}

export function turnCourse(logged: LoggedFix[], degrees: number): void {
  for (const fix of logged) fix.heading_deg = (fix.heading_deg + degrees) % 360;
}
