// SPDX-License-Identifier: MIT
// Simulated drives with their truth: generate.py makes them once into the cache, by a hash of all that they
// come from.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildMap } from '../../src/mapbuild.ts';
import { ROOT } from '../natives.ts';
import { CACHE } from '../places.ts';
import type { Spec } from './places.ts';

export const STEP_S = 0.1;
const RECORD = 16;
const INSIDE_JUNCTION = 0x8000;
const HOME = dirname(CACHE);
const GENERATOR = [
  'requirements.txt',
  ...['generate', 'world', 'dress', 'roads', 'plans', 'simulate', 'truth'].map((f) => `${f}.py`),
];

export type State = 'violated' | 'complied' | 'unknown';

/** One place, stretch or event of a rule, as it truly was; fields by rule, as truth.py writes them. */
export interface TrueEvent {
  rule: string;
  state: State;
  t: number;
  t_end?: number;
  path_m: number;
  end_m?: number;
  node?: number;
  /** All that ban the turn, or the one that was obeyed. */
  relations?: number[];
  ways?: number[];
  lowest_mps?: number;
  lowest_wide_mps?: number;
  given?: boolean;
  core_s?: number;
  over_kmh?: number;
  limit?: number;
  u_turn?: boolean;
  via_m?: number;
  /** Metres between the driven path and the nearest lawful one (Hausdorff). */
  apart_m?: number | undefined;
  /** The sign was added to the extract (dress.py). */
  added?: boolean;
}

export interface RouteEdge {
  way: number;
  forward: boolean;
  from_m: number;
  to_m: number;
  /** Signed km/h, 0 none. */
  limit: number;
  against: boolean;
  tunnel: boolean;
  /** The highest km/h by any reading of tags and law; 0 where they do not tell. */
  cap: number;
}

export interface Drive {
  id: string;
  behaviour: string;
  start_ms: number;
  /** Samples, STEP_S apart. */
  count: number;
  begin_m: number;
  end_m: number;
  /** By rule, the metres at its beginning and its end where the truth names no places. */
  untold_m: Record<string, [number, number]>;
  route: RouteEdge[];
  events: TrueEvent[];
  lat: (k: number) => number;
  lon: (k: number) => number;
  speed: (k: number) => number;
  path: (k: number) => number;
  /** Index into the route; inside a junction that of the edge before. */
  item: (k: number) => number;
}

export interface Place {
  spec: Spec;
  map: string;
  drives: Drive[];
  lost: [string, string][];
}

/** Python with SUMO, made once in the cache. */
export function python(): string {
  const requirements = join(import.meta.dirname, 'requirements.txt');
  const mark = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const venv = join(HOME, `sumo-${mark}`);
  if (!existsSync(join(venv, 'ready'))) {
    rmSync(venv, { recursive: true, force: true });
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
    execFileSync(join(venv, 'bin', 'pip'), ['install', '-q', '-r', requirements], { stdio: 'inherit' });
    writeFileSync(join(venv, 'ready'), '');
  }
  return join(venv, 'bin', 'python');
}

function fingerprint(spec: Spec): string {
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...spec, extract: '' }))
    .update(readFileSync(spec.extract));
  for (const file of GENERATOR) {
    hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

interface Stored {
  lost: [string, string][];
  untold_m: Record<string, [number, number]>;
  drives: {
    id: string;
    behaviour: string;
    start_ms: number;
    first: number;
    count: number;
    begin_m: number;
    end_m: number;
    route: [number, boolean, number | null, number | null, number, boolean, boolean, number][];
    events: TrueEvent[];
  }[];
}

function load(folder: string): Pick<Place, 'drives' | 'lost'> {
  const stored = JSON.parse(readFileSync(join(folder, 'drives.json'), 'utf8')) as Stored;
  const bytes = readFileSync(join(folder, 'samples.bin'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const drives = stored.drives.map(({ first, route, ...d }) => {
    const at = (k: number, field: number) => (first + k) * RECORD + field;
    return {
      ...d,
      untold_m: stored.untold_m,
      route: route.map(([way, forward, from, to, limit, against, tunnel, cap]) => ({
        way,
        forward,
        from_m: from ?? Number.NaN,
        to_m: to ?? Number.NaN,
        limit,
        against,
        tunnel,
        cap,
      })),
      lat: (k: number) => view.getInt32(at(k, 0), true) / 1e7,
      lon: (k: number) => view.getInt32(at(k, 4), true) / 1e7,
      speed: (k: number) => view.getUint16(at(k, 8), true) / 100,
      item: (k: number) => view.getUint16(at(k, 10), true) & ~INSIDE_JUNCTION,
      path: (k: number) => view.getFloat32(at(k, 12), true),
    };
  });
  const file = join(folder, 'faulty.json');
  const faulty = new Set(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []);
  return {
    drives: drives.filter((d) => !faulty.has(d.id)),
    lost: [...stored.lost, ...[...faulty].map((id): [string, string] => [id, 'its truth failed the check'])],
  };
}

/** Runs a program to its end, what it prints to standard error. */
function ran(program: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 'inherit'] });
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`${basename(args[0] ?? '')} ended with ${code}`)),
    );
  });
}

/** The place's drives and map, from the cache or made now; a fresh one is checked by check.py. */
export async function drivesOf(spec: Spec): Promise<Place> {
  const folder = join(HOME, 'accuracy', `${spec.name}-${fingerprint(spec)}`);
  if (!existsSync(join(folder, 'drives.json'))) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    writeFileSync(join(making, 'spec.json'), JSON.stringify(spec));
    for (const program of ['generate.py', 'check.py']) {
      await ran(python(), [join(import.meta.dirname, program), join(making, 'spec.json'), making]);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  }
  return placeAt(spec, await compiledIn(folder, 'map', spec.name));
}

/** One map at a time: the native library compiles no two. */
let compiling: Promise<unknown> = Promise.resolve();

/** Path of the map of FOLDER/STEM.osm.pbf, kept by the compiler that made it; one under work is never trusted. */
export async function compiledIn(folder: string, stem: string, name: string): Promise<string> {
  const native = process.env['NODE_OPTIONS']?.includes('test/engine') === true;
  const compiler = createHash('sha256').update(readFileSync(join(ROOT, 'wasm', 'compiler.wasm')));
  const output = join(folder, `${stem}-${native ? 'native' : compiler.digest('hex').slice(0, 8)}.tmap`);
  if (!native && existsSync(output)) return output;
  const making = `${output}.${process.pid}`;
  const made = compiling.then(() => buildMap({ inputs: [join(folder, `${stem}.osm.pbf`)], output: making, name }));
  compiling = made.catch(() => undefined);
  await made;
  renameSync(making, output);
  return output;
}

/** A place whose drives and map are made. */
export const placeAt = (spec: Spec, map: string): Place => ({ spec, map, ...load(dirname(map)) });
