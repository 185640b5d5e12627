// SPDX-License-Identifier: MIT
// The logged course against the direction of the movement, over the whole drive.

interface Track {
  count: number;
  time_ms: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
  heading_deg: Float32Array;
}

const LEAST_M = 20;
const STEP_MS = 20_000;
const METRES_PER_DEGREE = 111_195;
/** A course that is off by more than this, most of the time, is no course. */
const OFF_DEG = 60;

/** Degrees between two directions, 0 to 180. */
const apart = (a: number, b: number) => Math.abs(((((a - b) % 360) + 540) % 360) - 180);

/** Why the courses of the whole log are none, in words; undefined where nothing speaks against them. */
export function courseFault({ count, time_ms: time, lat, lon, heading_deg: course }: Track): string | undefined {
  const off: number[] = [];
  let [first, constant, turned] = [Number.NaN, true, 0];
  for (let from = 0, i = 1; i < count; i++) {
    const value = course[i] as number;
    if (Number.isNaN(value) || (time[i] as number) - (time[from] as number) > STEP_MS) {
      from = i;
      continue;
    }
    const north = ((lat[i] as number) - (lat[from] as number)) * METRES_PER_DEGREE;
    const scale = Math.cos(((lat[i] as number) * Math.PI) / 180) * METRES_PER_DEGREE;
    const east = ((lon[i] as number) - (lon[from] as number)) * scale;
    if (north * north + east * east < LEAST_M * LEAST_M) continue;
    const way = (Math.atan2(east, north) * 180) / Math.PI;
    if (off.length === 0) first = value;
    constant &&= value === first;
    if (apart(way, first) > OFF_DEG) turned++;
    off.push(apart(way, value));
    from = i;
  }
  if (off.length === 0) return undefined;
  off.sort((a, b) => a - b);
  if (constant && turned > Math.max(2, off.length / 5)) return 'it is one value all along while the car turns';
  if ((off[off.length >> 1] as number) > OFF_DEG) return 'it is not the direction in which the positions move';
  return undefined;
}
