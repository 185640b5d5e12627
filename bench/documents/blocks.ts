// SPDX-License-Identifier: MIT
// What stands between `<!-- bench NAME -->` and `<!-- /bench -->` in a document, by name.

import { accuracyMain, accuracySummary, driverSummary } from './accuracy.ts';
import { cost, costBound, leadTime, power, sizing } from './batch.ts';
import {
  coldImage,
  coldParts,
  coldStarts,
  compile,
  instructions,
  mapSize,
  matchers,
  peers,
  reading,
  slow,
  speedSummary,
  stages,
  trials,
  wasmBuilds,
  wasmCells,
} from './speed.ts';

const BLOCKS: Readonly<Record<string, () => string>> = {
  cost,
  cost_bound: costBound,
  power,
  sizing,
  lead_time: leadTime,
  wasm_builds: wasmBuilds,
  wasm_cells: wasmCells,
  stages,
  matchers,
  peers,
  cold_starts: coldStarts,
  cold_parts: coldParts,
  cold_image: coldImage,
  map: mapSize,
  compile,
  instructions,
  reading,
  slow,
  kubicka: () => trials('kubicka'),
  curitiba_route: () => trials('curitiba_route'),
  speed_summary: () => speedSummary('en'),
  speed_summary_ja: () => speedSummary('ja'),
  accuracy_main: accuracyMain,
  accuracy_summary: () => accuracySummary('en'),
  driver_summary: () => driverSummary('en'),
  driver_summary_ja: () => driverSummary('ja'),
  accuracy_summary_ja: () => accuracySummary('ja'),
};

/** Documents that show kept runs, by their path from the root. */
export const SHOWING = [
  'README.md',
  'README.ja.md',
  'docs/DRIVER.md',
  'docs/DRIVER.ja.md',
  'docs/ACCURACY.md',
  'docs/PERFORMANCE.md',
  'docs/MATCHING.md',
  'docs/OPERATIONS.md',
] as const;

/** The document with each of its blocks made anew; throws on a block of an unknown name. */
export function renewed(text: string): string {
  return text.replace(/<!-- bench (\w+) -->\n[\s\S]*?<!-- \/bench -->/g, (_, name: string) => {
    const block = BLOCKS[name];
    if (!block) throw new Error(`no block is named ${name}; there are ${Object.keys(BLOCKS).join(', ')}`);
    return `<!-- bench ${name} -->\n${block()}\n<!-- /bench -->`;
  });
}
