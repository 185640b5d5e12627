// SPDX-License-Identifier: MIT
// Positions that somebody filled in between true ones.
import type { ReadFixes } from './columns.ts';
import { HEAD, whole } from './positions.ts';

/** A receiver's positions do not lie this near to a line at even pace, in degrees: 3 cm; those of six decimals may. */
const ON_LINE_DEG = 2.5e-7;
const ON_LINE_SIX_DEG = 1.05e-6;
/** A car that moves less than this in a step may stand, in degrees: a metre. */
const MOVES_DEG = 1e-5;
/** Steps between two true fixes, and milliseconds: fills of a shorter time mislead nobody. */
const LEAST_STEPS = 3;
const LEAST_FILL_MS = 2500;
/** Corners that come at a regular time by chance: one log in so many, as a logarithm; fewer do where nearly all lies on lines. */
const LEAST_CHANCE = Math.log(1e5);
const LEAST_CHANCE_ON_LINES = Math.log(500);
const NEARLY_ALL = 0.9;
/** Share of the corners that stand whole periods apart, and of the moving fixes that lie on lines. */
const REGULAR = 0.9;
const LEAST_TOLD = 50;
/** Of all fixes: where the steps are too short to show a corner, a few of them tell nothing of the others. */
const LEAST_TOLD_SHARE = 0.2;
const MOSTLY_ON_LINES = 0.6;

type Track = Pick<ReadFixes, 'count' | 'time_ms' | 'lat' | 'lon'>;

/** The fix lies between its neighbours as if someone had drawn a line; undefined: they do not show it. */
function onLine({ time_ms: time, lat, lon }: Track, i: number, near: number): boolean | undefined {
  const [before, at, after] = [i - 1, i, i + 1];
  const first = (time[at] as number) - (time[before] as number);
  const share = first / ((time[after] as number) - (time[before] as number));
  const north = (lat[after] as number) - (lat[before] as number);
  const east = (lon[after] as number) - (lon[before] as number);
  if (Math.abs(north) + Math.abs(east) < 2 * MOVES_DEG) return undefined;
  const off = (value: Float64Array, way: number) =>
    Math.abs((value[at] as number) - (value[before] as number) - share * way);
  return off(lat, north) <= near && off(lon, east) <= near;
}

/**
 * Indexes of fixes that somebody filled in by straight lines between fixes farther apart, as of a table that was
 * resampled: what the car did there is not known. Empty where the corners of the track do not come at a regular time,
 * for then the lines may be the road.
 */
export function filled(track: Track): number[] {
  const { count, time_ms: time } = track;
  const { corners, onLines, told } = cornersOf(track);
  if (corners.length < 2 || onLines < MOSTLY_ON_LINES || told < LEAST_TOLD_SHARE * count) return [];
  const gaps = corners.slice(1).map((at, k) => (time[at] as number) - (time[corners[k] as number] as number));
  const period = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 4)] as number;
  const step = (time[1] as number) - (time[0] as number);
  if (period < LEAST_FILL_MS || period < LEAST_STEPS * step) return [];
  const phase = time[corners[0] as number] as number;
  const beside = (at: number) => {
    const past = Math.abs((time[at] as number) - phase) % period;
    return Math.min(past, period - past) >= step / 2;
  };
  const regular = corners.filter((at) => !beside(at)).length;
  const chance = (regular - 1) * Math.log(period / step);
  const least = onLines < NEARLY_ALL ? LEAST_CHANCE : LEAST_CHANCE_ON_LINES;
  if (regular < REGULAR * corners.length || chance < least) return [];
  const bent = new Set(corners);
  const between: number[] = [];
  for (let i = 1; i + 1 < count; i++) if (!bent.has(i) && beside(i)) between.push(i);
  return between;
}

/** Indexes where the car changes its way or pace, as it does at most fixes, the share of the others, and how many fixes show either. */
function cornersOf(track: Track): { corners: number[]; onLines: number; told: number } {
  const { count, lat, lon } = track;
  let six = true;
  for (let i = 0; i < count && i < HEAD && six; i++) six = whole(lat[i] as number, 1e6) && whole(lon[i] as number, 1e6);
  const near = six ? ON_LINE_SIX_DEG : ON_LINE_DEG;
  const corners: number[] = [];
  let lines = 0;
  const onLines = () => lines / Math.max(1, lines + corners.length);
  for (let i = 1; i + 1 < count; i++) {
    const on = onLine(track, i, near);
    if (on === true) lines++;
    else if (on === false) corners.push(i);
    if (i % HEAD === 0 && onLines() < MOSTLY_ON_LINES && lines + corners.length > LEAST_TOLD) break;
  }
  return { corners, onLines: onLines(), told: lines + corners.length };
}
