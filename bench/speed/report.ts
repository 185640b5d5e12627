// SPDX-License-Identifier: MIT
// A run of WASM against native: its kept form, its summary and its text table.
import type { Machine } from '../machine.ts';
import { geometricMean } from '../statistics.ts';
import type { Row } from './pairs.ts';
import type { Row as StageRow } from './sampling.ts';

export interface CellResult {
  cell: string;
  fixes: number;
  rows: Row[];
}

/** Of several cells: the geometric mean of their ratios, and the largest. */
export interface Summary {
  mean: number;
  worst: number;
}

export interface Run {
  machine: Machine;
  baseline: string;
  cells: CellResult[];
  /** WASM against the baseline with the map's pages in memory; null where no such cell was run. */
  hot: Summary | null;
  /** With the pages dropped before each drive, where reading them is most of the work. */
  cold: Summary | null;
  two_workers: { wasm: number; native: number } | null;
  /** Milliseconds of the first cell's drive by stage; null in a quick run, and where perf is missing. */
  stages: StageRow[] | null;
}

/** Ends the name of a cell whose pages are dropped before each drive. */
export const COLD = ', cold pages';

/** Hot and cold cells apart: they measure different work, and a mean of both says nothing about either. */
export function summaries(cells: readonly CellResult[]): Pick<Run, 'hot' | 'cold'> {
  const summary = (cold: boolean): Summary | null => {
    const some = cells.filter(({ cell }) => cell.endsWith(COLD) === cold);
    if (some.length === 0) return null;
    const ratios = some.map(({ rows }) => rows.find((row) => row.variant === 'wasm')?.ratio ?? Number.NaN);
    return { mean: geometricMean(ratios), worst: Math.max(...ratios) };
  };
  return { hot: summary(false), cold: summary(true) };
}

const number = (v: number, digits = 2) => v.toFixed(digits);

export function printCell({ cell, fixes, rows }: CellResult): void {
  process.stdout.write(`\n${cell} (${fixes} fixes)\n`);
  process.stdout.write('  variant            ms/drive   median wall      min      fixes/s    ratio   95 %\n');
  for (const r of rows) {
    const cells = [
      r.variant.padEnd(18),
      number(r.cpu_ms).padStart(9),
      number(r.wall_ms).padStart(13),
      number(r.min_ms).padStart(8),
      r.fixes_per_s.toLocaleString('en').padStart(12),
      number(r.ratio, 3).padStart(8),
      `  ${number(r.low, 3)}–${number(r.high, 3)}`,
    ];
    process.stdout.write(`  ${cells.join(' ')}\n`);
  }
}
