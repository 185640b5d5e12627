// SPDX-License-Identifier: MIT
// The tables of docs/OPERATIONS.md.
import { boundTable, costTable, rowOf } from '../batch/cost.ts';
import { leadTable, type Release } from '../batch/lead_table.ts';
import { powerTable, type Row } from '../batch/power.ts';
import { kept } from './kept.ts';
import { grouped, table } from './table.ts';

/** Of template.yaml. */
const DEFAULTS = { mib: 1024, batch: 10, concurrency: 10 };
/** The busiest hour has so many times the average. */
const PEAK = 5;
const DAY = 86_400;

export const power = (): string => powerTable(kept<{ rows: Row[] }>('power').rows).join('\n');
export const cost = (): string => costTable(rowOf(DEFAULTS.mib, DEFAULTS.batch)).join('\n');
export const costBound = (): string => boundTable(rowOf(DEFAULTS.mib, DEFAULTS.batch)).join('\n');
export const leadTime = (): string => leadTable(kept<{ releases: Release[] }>('lead_time').releases).join('\n');

/** Functions at the same time for a number of logs a day. */
export function sizing(): string {
  const { wall_ms = Number.NaN, batch } = rowOf(DEFAULTS.mib, DEFAULTS.batch);
  const rate = (batch * 1000) / wall_ms;
  const rows = [1e5, 1e6, 1e7, 1e8].map((logs) => {
    const average = logs / DAY;
    const functions = Math.max(2, Math.ceil((average * PEAK) / rate));
    return [grouped(logs), average.toFixed(1), (average * PEAK).toFixed(1), grouped(functions)];
  });
  const most = Math.floor(DEFAULTS.concurrency * rate);
  const head = ['logs a day', 'a second', 'in the busiest hour', '`MaximumConcurrency`'];
  return `${table(head, rows)}\n\nThe default of ${DEFAULTS.concurrency} does ${grouped(most)} such logs a second.`;
}
