// SPDX-License-Identifier: MIT
// The bundled town: drawn by mapdata/demo, compiled on first use.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemo, townPbf } from '../../mapdata/demo/make.ts';
import { buildMap } from '../mapbuild.ts';
import { packageFile } from '../package_files.ts';
import { makeCache } from './cache.ts';

/** Of a checkout: the town with its drives, for `npm run demo`, tests and benches. */
export const DEMO_FOLDER = packageFile('build/demo');

/** Path of the town's map in the user's cache; its name follows from the town and the compiler. */
export async function bundledTown(cache: string = makeCache()): Promise<string> {
  const pbf = townPbf();
  const key = createHash('sha256')
    .update(pbf)
    .update(readFileSync(packageFile('wasm/compiler.wasm')))
    .digest('hex');
  const map = join(cache, `town-${key.slice(0, 16)}.tmap`);
  if (existsSync(map)) return map;
  const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
  try {
    writeFileSync(join(folder, 'town.osm.pbf'), pbf);
    await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map, name: 'town' });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return map;
}

/** Path of the town's map in DEMO_FOLDER, with its drives beside. */
export async function demoTown(): Promise<string> {
  const map = join(DEMO_FOLDER, 'town.tmap');
  if (existsSync(map) && statSync(map).mtimeMs > statSync(packageFile('wasm/compiler.wasm')).mtimeMs) return map;
  mkdirSync(DEMO_FOLDER, { recursive: true });
  makeDemo(DEMO_FOLDER);
  await buildMap({ inputs: [join(DEMO_FOLDER, 'town.osm.pbf')], output: map, name: 'town' });
  return map;
}
