// SPDX-License-Identifier: MIT
// A track as the repair of clocks sees it: times and positions, and the steps that no drive makes.

export interface Track {
  time: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
}

const METRES_PER_DEGREE = 111_195;
/** 300 km/h, and the error of two positions. */
const TOP_MPS = 83;
const ERROR_M = 200;

export function metres({ lat, lon }: Track, a: number, b: number): number {
  const north = (lat[b] as number) - (lat[a] as number);
  let east = Math.abs((lon[b] as number) - (lon[a] as number));
  if (east > 180) east = 360 - east;
  east *= Math.cos(((lat[a] as number) * Math.PI) / 180);
  return Math.sqrt(north * north + east * east) * METRES_PER_DEGREE;
}

/** Whether two positions lie within `most` metres whatever their latitude is: most steps of a drive do, by far. */
export function surelyWithin({ lat, lon }: Track, a: number, b: number, most: number): boolean {
  const north = (lat[b] as number) - (lat[a] as number);
  const east = (lon[b] as number) - (lon[a] as number);
  const degrees = most / METRES_PER_DEGREE;
  return north * north + east * east < degrees * degrees;
}

/** The usual step in milliseconds, of up to a thousand steps spread over the log. */
export function medianStep({ time }: Track): number {
  const stride = Math.max(1, Math.floor(time.length / 1000));
  const steps: number[] = [];
  for (let i = 1; i < time.length; i += stride) {
    const step = Math.abs((time[i] as number) - (time[i - 1] as number));
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 1000;
}

/** Whether no car comes from one place to the other in that time. */
export function isJump(track: Track, a: number, b: number): boolean {
  const seconds = ((track.time[b] as number) - (track.time[a] as number)) / 1000;
  return !surelyWithin(track, a, b, ERROR_M) && metres(track, a, b) > TOP_MPS * seconds + ERROR_M;
}

/** A longer step may be a clock that jumped. */
export const longStep = (usual: number) => Math.max(30_000, 10 * usual);

export interface Breaks {
  back: number;
  same: number;
  /** Long steps forward. */
  gaps: number;
  /** Steps to a place that no car reaches in that time. */
  jumps: number;
}

/** `order`: undefined for that of the log. */
export function breaksOf(track: Track, order: Uint32Array | undefined, usual: number): Breaks {
  const found: Breaks = { back: 0, same: 0, gaps: 0, jumps: 0 };
  const long = longStep(usual);
  const n = order?.length ?? track.time.length;
  for (let i = 1; i < n; i++) {
    const a = order === undefined ? i - 1 : (order[i - 1] as number);
    const b = order === undefined ? i : (order[i] as number);
    const step = (track.time[b] as number) - (track.time[a] as number);
    if (step < 0) found.back++;
    else if (isJump(track, a, b)) found.jumps++;
    else if (step === 0) found.same++;
    else if (step > long) found.gaps++;
  }
  return found;
}
