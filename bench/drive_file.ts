// SPDX-License-Identifier: MIT
// A drive as the CSV log that the command line reads.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCsv } from '../mapdata/demo/simulate.ts';
import type { Fixes } from '../src/types.ts';
import { CACHE } from './places.ts';

/** Path of the log. */
export function writeDrive(f: Fixes, name: string): string {
  const folder = join(CACHE, 'drives');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.csv`);
  const fixes = Array.from({ length: f.count }, (_, i) => ({
    time: new Date(f.time_ms[i] ?? 0).toISOString(),
    lat: f.lat[i] ?? 0,
    lon: f.lon[i] ?? 0,
    speed_kmh: (f.speed_mps[i] ?? 0) * 3.6,
    heading_deg: f.heading_deg[i] ?? 0,
  }));
  writeFileSync(path, toCsv(fixes));
  return path;
}
