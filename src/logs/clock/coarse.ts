// SPDX-License-Identifier: MIT
// Times of which only the minute is told. Between two fixes a minute apart the car may have driven for a second or for
// two minutes: the speed that follows from their positions would accuse lawful drives.

const MINUTE_MS = 60_000;
/** Of two fixes, one pair in 3,600 lies on whole minutes by chance; it is no drive. */
const LEAST = 2;
/** Rows of a minute from which its first one is known to 3 s, and minutes over which a regular time is known to as much. */
const ROWS = 20;
const MINUTES = 20;
/** Steps from which there is a gap; of the other steps, those that such a recorder repeats. */
const GAP = 5;
const REGULAR = 0.95;
/** Whether one step repeats, and the others are gaps, as a recorder on the full minute has them. */
function isRegular(time: Float64Array): boolean {
  const steps = Array.from(time.subarray(1), (ms, i) => Math.abs(ms - (time[i] as number)));
  const least = steps.reduce((a, b) => Math.min(a, b));
  const usual = steps.filter((step) => step === least).length;
  const gaps = steps.filter((step) => step >= GAP * least).length;
  const isEven = least > 0 && steps.every((step) => step % least === 0) && least * usual >= MINUTES * MINUTE_MS;
  return isEven && usual >= REGULAR * (steps.length - gaps);
}

/** Whether the moments of the fixes are not known well enough for a speed. */
export function ofMinutesOnly(time: Float64Array): boolean {
  if (time.length < LEAST || time.some((ms) => ms % MINUTE_MS !== 0)) return false;
  const minutes = new Set(time).size;
  if (minutes < 2 || time.length >= ROWS * minutes) return false;
  return !isRegular(time);
}
