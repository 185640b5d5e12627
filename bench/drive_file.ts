// SPDX-License-Identifier: MIT
// A drive as the CSV log that the command line reads.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WRITERS } from '../src/logs/write/registry.ts';
import type { Fixes } from '../src/types.ts';
import { CACHE } from './places.ts';

/** Path of the log: all that the fixes tell, as `tomare convert` writes it. */
export function writeDrive(fixes: Fixes, name: string): string {
  const folder = join(CACHE, 'drives');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, [...WRITERS.csv.write({ id: name, fixes })].join(''));
  return path;
}
