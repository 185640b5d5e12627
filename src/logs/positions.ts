// SPDX-License-Identifier: MIT
// Positions that tell less than they seem to: rounded to few decimals, or repeated until the next one comes.
import type { ReadFixes } from './columns.ts';

const METRES_PER_DEGREE = 111_195;
/** Four decimals are 11 m, as good as a receiver. */
const MOST_DECIMALS = 3;

const whole = (value: number, scale: number) => Math.abs(value * scale - Math.round(value * scale)) < 1e-6;

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

/** A car that stood cannot be farther after a step than this: metres, and metres per second squared. */
const STOOD_M = 8;
const PULL_MPS2 = 4;
const LEAST_HOLDS = 5;
const LEAST_SHARE = 0.2;

/**
 * Indexes of fixes that repeat the position before them although the car drove on, as of a recorder that writes more
 * often than it is told a position; empty where that is not the habit of the log.
 */
export function held({ count, time_ms: time, lat, lon }: ReadFixes): number[] {
  const stale: number[] = [];
  let holds = 0;
  for (let from = 0, i = 1; i < count; i++) {
    if (lat[i] === lat[from] && lon[i] === lon[from]) continue;
    const step = ((time[i] as number) - (time[i - 1] as number)) / 1000;
    const north = (lat[i] as number) - (lat[from] as number);
    const turned = Math.abs((lon[i] as number) - (lon[from] as number));
    const east = Math.min(turned, 360 - turned) * Math.cos(((lat[i] as number) * Math.PI) / 180);
    const far = Math.hypot(north, east) * METRES_PER_DEGREE;
    if (i - from > 1 && far > STOOD_M + (PULL_MPS2 / 2) * step * step) {
      holds++;
      for (let k = from + 1; k < i; k++) stale.push(k);
    }
    from = i;
  }
  return holds >= LEAST_HOLDS && stale.length > count * LEAST_SHARE ? stale : [];
}
