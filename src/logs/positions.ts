// SPDX-License-Identifier: MIT
// Positions that tell less than they seem to: rounded to few decimals, or repeated until the next one comes.
import type { ReadFixes } from './columns.ts';

const METRES_PER_DEGREE = 111_195;
/** Four decimals are 11 m, as good as a receiver. */
const MOST_DECIMALS = 3;

/** Whether a number has no digits beyond a scale. */
export const whole = (value: number, scale: number) => Math.abs(value * scale - Math.round(value * scale)) < 1e-6;

/** The decimals of all positions where they are so few that roads get lost; undefined otherwise. */
export function fewDecimals({ count, lat, lon }: ReadFixes): number | undefined {
  let decimals = 0;
  for (let i = 0; i < count; i++) {
    while (!(whole(lat[i] as number, 10 ** decimals) && whole(lon[i] as number, 10 ** decimals))) {
      if (++decimals > MOST_DECIMALS) return undefined;
    }
  }
  return decimals;
}

/** Parts of a degree on which roads get lost: 0.01 to 0.0005 degrees, a minute and a tenth of it. */
const GRIDS = [100, 500, 1000, 2000, 60, 600];
/** Of the fixes, on the grid; and how near, of its step: a 32-bit number holds a longitude to 1e-5 degrees. */
const MOST_ON_GRID = 0.95;
const ON_GRID = 0.02;
const LEAST_LINES = 4;

/** Metres of the grid on which the latitudes or the longitudes lie, where it is so coarse that roads get lost. */
export function coarseGrid({ count, lat, lon }: ReadFixes): number | undefined {
  for (const axis of [lat, lon]) {
    for (const parts of GRIDS) {
      const most = count * (1 - MOST_ON_GRID);
      const lines = new Set<number>();
      let beside = 0;
      for (let i = 0; i < count && beside <= most; i++) {
        const at = (axis[i] as number) * parts;
        const line = Math.round(at);
        if (Math.abs(at - line) > ON_GRID) beside++;
        else lines.add(line);
      }
      if (beside <= most && lines.size >= LEAST_LINES) return Math.round(METRES_PER_DEGREE / parts);
    }
  }
  return undefined;
}

/** Of the mean step, what is within a burst; and what no car does in one: metres, and metres per second. */
const WITHIN_BURST = 0.2;
const BURST_M = 20;
const BURST_MPS = 83;
const LEAST_BURSTS = 5;

/**
 * Indexes of fixes whose times are those of a server that got several at once, all but the last of each burst, whose
 * time is nearest to its own. Empty where no car would have to fly.
 */
export function inBursts({ count, time_ms: time, lat, lon }: ReadFixes): number[] {
  const mean = ((time[count - 1] as number) - (time[0] as number)) / (count - 1);
  const goesOn = (i: number) => i < count && (time[i] as number) - (time[i - 1] as number) < WITHIN_BURST * mean;
  let flown = 0;
  let early = 0;
  for (let from = 0, i = 1; i <= count; i++) {
    if (goesOn(i)) continue;
    const last = i - 1;
    if (last === from) {
      from = i;
      continue;
    }
    const north = (lat[last] as number) - (lat[from] as number);
    const turned = Math.abs((lon[last] as number) - (lon[from] as number));
    const east = Math.min(turned, 360 - turned) * Math.cos(((lat[last] as number) * Math.PI) / 180);
    const far = Math.hypot(north, east) * METRES_PER_DEGREE;
    if (far > BURST_M && far > (BURST_MPS * ((time[last] as number) - (time[from] as number))) / 1000) flown++;
    early += last - from;
    from = i;
  }
  if (flown < LEAST_BURSTS || early <= count / 2) return [];
  return Array.from({ length: count }, (_, i) => i).filter((i) => goesOn(i + 1));
}

/** A car that stood cannot be farther after a step than this: metres, and metres per second squared. */
const STOOD_M = 8;
const PULL_MPS2 = 4;
const LEAST_HOLDS = 5;
const LEAST_SHARE = 0.2;
/** Fixes that tell: nearly every log is done with here. */
export const HEAD = 300;

/**
 * Indexes of fixes that repeat the position before them although the car drove on, as of a recorder that writes more
 * often than it is told a position; empty where that is not the habit of the log.
 */
export function held({ count, time_ms: time, lat, lon }: ReadFixes): number[] {
  const leaps = (from: number, i: number) => {
    const step = ((time[i] as number) - (time[i - 1] as number)) / 1000;
    const north = (lat[i] as number) - (lat[from] as number);
    const turned = Math.abs((lon[i] as number) - (lon[from] as number));
    const east = Math.min(turned, 360 - turned) * Math.cos(((lat[i] as number) * Math.PI) / 180);
    return Math.hypot(north, east) * METRES_PER_DEGREE > STOOD_M + (PULL_MPS2 / 2) * step * step;
  };
  const stale: number[] = [];
  let holds = 0;
  for (let from = 0, i = 1; i < count; i++) {
    if (lat[i] === lat[from] && lon[i] === lon[from]) continue;
    if (i - from > 1 && leaps(from, i)) {
      holds++;
      for (let k = from + 1; k < i; k++) stale.push(k);
    }
    from = i;
  }
  return holds >= LEAST_HOLDS && stale.length > count * LEAST_SHARE ? stale : [];
}

/** Of groups of equal rows, those as long as most, give or take one. */
const ALIKE = 0.7;

/**
 * Indexes of rows that repeat the row before, position and speed, where the log writes each of its fixes as many times:
 * a recorder that writes more often than its receiver speaks. A car that stands keeps a row for each of its fixes.
 */
export function repeated({ count, lat, lon, speed_mps: speed }: ReadFixes): number[] {
  const same = (a: number, b: number) =>
    lat[a] === lat[b] && lon[a] === lon[b] && (speed === undefined || Object.is(speed[a], speed[b]));
  const starts: number[] = [0];
  for (let i = 1; i < count; i++) {
    if (!same(i, i - 1)) starts.push(i);
    if (i % HEAD === 0 && starts.length > i * (1 - LEAST_SHARE)) return [];
  }
  const sizes = starts.slice(1).map((at, k) => at - (starts[k] as number));
  const usual = sizes.toSorted((a, b) => a - b)[sizes.length >> 1] ?? 1;
  const alike = sizes.filter((size) => Math.abs(size - usual) <= (usual > 2 ? 1 : 0)).length;
  if (usual < 2 || sizes.length < 2 * LEAST_HOLDS || alike < ALIKE * sizes.length) return [];
  const rows: number[] = [];
  starts.forEach((from, k) => {
    const to = starts[k + 1] ?? count;
    for (let i = from + 1; i < to; i++) if ((i - from) % usual !== 0 || to - i < usual - 1) rows.push(i);
  });
  return rows;
}
