// SPDX-License-Identifier: MIT
// The errors of a real receiver in an urban canyon: the Nishi-Shinjuku log of ../shared/data against the
// inertial position and wheel speed it also holds. Read where it lies, never copied.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Plane } from '../../mapdata/demo/plane.ts';
import { ROOT } from '../natives.ts';

const LOG = join(ROOT, '..', 'shared', 'data', 'drives', 'tokyo', 'toshi_2022_05_10_110842.csv');
const SILENCE_S = 1.5;

export interface Residual {
  t: number;
  east_m: number;
  north_m: number;
  speed_mps: number;
}

/** Errors over the log's time, or none where the log is missing. */
export function canyon(): Residual[] {
  if (!existsSync(LOG)) return [];
  const rows = parse(readFileSync(LOG), { columns: true }) as Record<string, string>[];
  const number = (row: Record<string, string>, name: string) => Number.parseFloat(row[name] ?? '');
  const [first] = rows;
  if (!first) return [];
  const plane = new Plane(number(first, 'lat'), number(first, 'lon'));
  const begin = Date.parse(first['time_utc'] ?? '');
  return rows
    .map((row) => {
      const seen = plane.point(number(row, 'lat'), number(row, 'lon'));
      const inertial = plane.point(number(row, 'ins_lat'), number(row, 'ins_lon'));
      return {
        t: (Date.parse(row['time_utc'] ?? '') - begin) / 1000,
        east_m: seen.x - inertial.x,
        north_m: seen.y - inertial.y,
        speed_mps: (number(row, 'speed_kmh') - number(row, 'wheel_speed_kmh')) / 3.6,
      };
    })
    .filter((r) => Object.values(r).every(Number.isFinite));
}

/** The error `t` seconds after `offset_s` in the log, which repeats; undefined where the log is silent. */
export function residualAt(log: readonly Residual[], offset_s: number, t: number): Residual | undefined {
  const whole = (log.at(-1)?.t ?? 0) + 1;
  const at = (offset_s + t) % whole;
  let [lo, hi] = [0, log.length];
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if ((log[middle]?.t ?? 0) <= at) lo = middle + 1;
    else hi = middle;
  }
  const found = log[lo - 1];
  return found && at - found.t <= SILENCE_S ? found : undefined;
}
