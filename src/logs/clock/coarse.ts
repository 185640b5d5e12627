// SPDX-License-Identifier: MIT
// Times that are cut to whole minutes, or to 5 s and more. Between two fixes a minute apart the car may have driven for
// a second or for two minutes: the speed that follows from their positions would accuse lawful drives.
import { metres, type Track } from './track.ts';

const MINUTE_MS = 60_000;
/** Finer times are near enough for a speed. */
const LEAST_MS = 5000;
/** Rows of one time from which its first one is known to a twentieth, and steps over which a regular time is. */
const ROWS = 20;
const STEPS = 20;
/** Steps from which there is a gap; of the other steps, those that a regular recorder repeats. */
const GAP = 5;
const REGULAR = 0.95;
/** A car that moves, and how many double steps show whether it drove twice as far in them. */
const MOVING_M = 20;
const SHOWN = 2;
/** Between once and twice the way of a single step. */
const TWICE = 1.5;

const stepAt = (time: Float64Array, i: number) => Math.abs((time[i] as number) - (time[i - 1] as number));

/** The time of which all steps are multiples; 0 where it is less than LEAST_MS. */
function gridOf(time: Float64Array): number {
  let grid = 0;
  for (let i = 1; i < time.length; i++) {
    for (let rest = stepAt(time, i); rest > 0; ) [grid, rest] = [rest, grid % rest];
    if (grid > 0 && grid < LEAST_MS) return 0;
  }
  return grid;
}

/** Whether one step repeats, and the others are gaps, as a recorder on the full minute has them. */
function isRegular(time: Float64Array, grid: number): boolean {
  let [usual, gaps] = [0, 0];
  for (let i = 1; i < time.length; i++) {
    const steps = stepAt(time, i) / grid;
    if (steps === 1) usual++;
    else if (steps >= GAP) gaps++;
  }
  return usual * grid >= STEPS * MINUTE_MS && usual >= REGULAR * (time.length - 1 - gaps);
}

/** Whether the car drove as far in double steps as in the single ones beside them: their times are cut, not the fixes lost. */
function drivesOn(track: Track, grid: number): boolean {
  const { time } = track;
  const single = (i: number) =>
    i > 0 && i < time.length && stepAt(time, i) === grid ? metres(track, i - 1, i) : Number.NaN;
  let [twice, once] = [0, 0];
  for (let i = 1; i < time.length; i++) {
    if (stepAt(time, i) !== 2 * grid) continue;
    const beside = [single(i - 1), single(i + 1)].filter((way) => way >= MOVING_M);
    if (beside.length === 0) continue;
    const way = beside.reduce((a, b) => a + b) / beside.length;
    if (metres(track, i - 1, i) < TWICE * way) once++;
    else twice++;
  }
  return once >= SHOWN && once > twice;
}

/** Milliseconds to which the times of a log are cut, in its order; 0: the moments of the fixes are known well enough. */
export function cutTo(track: Track): number {
  const { time } = track;
  const grid = gridOf(time);
  if (grid === 0) return 0;
  const times = new Set(time).size;
  if (time.length >= ROWS * times) return 0;
  const ofMinutes = grid % MINUTE_MS === 0 && (time[0] as number) % MINUTE_MS === 0;
  const isCut = ofMinutes ? times < time.length || !isRegular(time, grid) : drivesOn(track, grid);
  return isCut ? grid : 0;
}
