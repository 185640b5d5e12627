// SPDX-License-Identifier: MIT
// Writes the bundled town and its drives: node mapdata/demo/make.ts FOLDER. Same bytes on each run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDrives } from './drives.ts';
import { writeOsmPbf } from './osm_pbf.ts';
import { toCsv } from './simulate.ts';
import { buildTown } from './town.ts';

export interface DemoEntry {
  id: string;
  description: string;
  expect: string[];
}

/** The town as an extract. */
export function townPbf(town = buildTown()): Uint8Array {
  return writeOsmPbf(town.data(), { timestamp: 1790812800 });
}

export function makeDemo(folder: string): DemoEntry[] {
  const town = buildTown();
  mkdirSync(join(folder, 'drives'), { recursive: true });
  writeFileSync(join(folder, 'town.osm.pbf'), townPbf(town));
  const drives = demoDrives(town);
  for (const drive of drives) writeFileSync(join(folder, 'drives', `${drive.id}.csv`), toCsv(drive.fixes));
  return drives.map(({ id, description, expect }) => ({ id, description, expect }));
}

if (process.argv[1] === import.meta.filename) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('usage: node mapdata/demo/make.ts FOLDER');
  makeDemo(folder);
}
