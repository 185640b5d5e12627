// SPDX-License-Identifier: MIT
// Courses that are none over the whole log: of another unit than degrees from north.
import type { ReadFixes } from './columns.ts';

/** Share of the values beyond a full turn that shows another unit: mils, hundredths of a degree. */
const BEYOND_SHARE = 0.1;
/** A full turn in radians, as degrees to both sides of north. */
const RADIANS = 2 * Math.PI + 0.01;
/** Movements that go elsewhere than north, by so many degrees, and metres of one. */
const LEAST_ELSEWHERE = 5;
const ELSEWHERE_DEG = 45;
const MOVEMENT_M = 15;
const METRES_PER_DEGREE = 111_195;

/** Movements between fixes that have a course, which go elsewhere than north; no more than are needed. */
function elsewhere({ count, lat, lon }: ReadFixes, course: Float32Array): number {
  let from = -1;
  let found = 0;
  for (let i = 0; i < count && found < LEAST_ELSEWHERE; i++) {
    if (Number.isNaN(course[i])) continue;
    if (from < 0) from = i;
    const north = ((lat[i] as number) - (lat[from] as number)) * METRES_PER_DEGREE;
    const shrink = Math.cos(((lat[i] as number) * Math.PI) / 180);
    const east = ((lon[i] as number) - (lon[from] as number)) * METRES_PER_DEGREE * shrink;
    if (Math.hypot(north, east) < MOVEMENT_M) continue;
    if ((Math.abs(Math.atan2(east, north)) * 180) / Math.PI > ELSEWHERE_DEG) found++;
    from = i;
  }
  return found;
}

/** Why the courses of a log are none; `beyond`: rows with a number above 360. */
export function courseFault(fixes: ReadFixes, beyond: number): string | undefined {
  const { count, heading_deg: course } = fixes;
  let [known, nearNorth] = [0, 0];
  let [least, most] = [360, 0];
  for (let i = 0; course !== undefined && i < count; i++) {
    const value = course[i] as number;
    if (Number.isNaN(value)) continue;
    known++;
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value <= RADIANS || value >= 360 - RADIANS) nearNorth++;
  }
  if (beyond > BEYOND_SHARE * (known + beyond)) return 'its values go beyond 360, as those of another unit';
  // one value all along is the engine's to judge
  if (course === undefined || nearNorth < known || least >= most) return undefined;
  if (elsewhere(fixes, course) < LEAST_ELSEWHERE) return undefined;
  return 'all its values lie near 0 while the car drives in other directions, as radians do; name it heading_rad';
}
