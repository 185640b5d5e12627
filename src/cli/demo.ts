// SPDX-License-Identifier: MIT
// The bundled town: written by mapdata/demo/make.ts, compiled on first use into build/demo.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../mapbuild.ts';

export const DEMO_FOLDER = join(import.meta.dirname, '..', '..', 'build', 'demo');

/** Path of the town's map. */
export async function bundledTown(): Promise<string> {
  const map = join(DEMO_FOLDER, 'town.tmap');
  const module = join(import.meta.dirname, '..', '..', 'wasm', 'compiler.wasm');
  if (existsSync(map) && statSync(map).mtimeMs > statSync(module).mtimeMs) return map;
  mkdirSync(DEMO_FOLDER, { recursive: true });
  makeDemo(DEMO_FOLDER);
  await buildMap({ inputs: [join(DEMO_FOLDER, 'town.osm.pbf')], output: map, name: 'town' });
  return map;
}
