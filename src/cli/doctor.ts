// SPDX-License-Identifier: MIT
// `tomare doctor`: looks at what the command stands on, and says what to do about what is missing.
import { accessSync, constants, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { townPbf } from '../../mapdata/demo/make.ts';
import { Analyzer } from '../analyzer.ts';
import { describe } from '../errors.ts';
import { buildMap } from '../mapbuild.ts';
import { nodeProblem } from '../node_version.ts';
import { packageFile } from '../package_files.ts';
import { VERSION } from '../report/version.ts';
import { loadProfile, profileNames } from '../settings/profile.ts';
import { loadSettings } from '../settings/settings.ts';
import { cacheFolder, makeCache } from './cache.ts';
import { settingsHere } from './common.ts';
import { checkMap } from './preflight.ts';

export interface DoctorOptions {
  map?: string;
  json: boolean;
}

interface Finding {
  what: string;
  ok: boolean;
  text: string;
}

/** What one process takes with a worker beside it; less than this is too little. */
const NEEDED_MIB = 250;
const mib = (bytes: number) => Math.round(bytes / 2 ** 20);

function node(): string {
  const problem = nodeProblem();
  if (problem !== undefined) throw new Error(problem);
  return `${process.version} on ${process.platform} ${process.arch}, ${availableParallelism()} processors`;
}

/** Compiles and opens the bundled town: both modules do their work. */
async function modules(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-doctor-'));
  try {
    const [pbf, map] = [join(folder, 'town.osm.pbf'), join(folder, 'town.tmap')];
    writeFileSync(pbf, townPbf());
    await buildMap({ inputs: [pbf], output: map, name: 'town' });
    const { tiles, places } = new Analyzer(map).mapInfo();
    if (tiles === 0 || places.length === 0)
      throw new Error('the bundled town came out empty; install the package again');
    return 'the bundled town was compiled and opened';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function law(): string {
  const names = profileNames();
  for (const name of names) loadProfile(name);
  return `profiles ${names.join(', ')}`;
}

function places(): string {
  const { size } = statSync(packageFile('mapdata/places/places.bin'));
  return `countries and time zones for map build, ${Math.round(size / 1024)} KiB`;
}

function settings(): string {
  loadSettings();
  const here = settingsHere();
  if (here === undefined) return 'as shipped; this folder has no settings.yaml';
  loadSettings(here);
  return `${here} of this folder, over the shipped ones`;
}

function cache(): string {
  const folder = makeCache();
  if (folder !== cacheFolder()) {
    rmSync(folder, { recursive: true });
    throw new Error(`${cacheFolder()} cannot be made; the bundled town is compiled anew on each run`);
  }
  accessSync(folder, constants.W_OK);
  return folder;
}

function memory(): string {
  const free = mib(freemem());
  if (free < NEEDED_MIB) throw new Error(`${free} MiB are free; ${NEEDED_MIB} MiB are needed`);
  return `${free} of ${mib(totalmem())} MiB are free`;
}

async function mapOf(path: string): Promise<string> {
  await checkMap(path);
  const analyzer = new Analyzer(path);
  const { name, tiles, osm_time_ms } = analyzer.mapInfo();
  for (let tile = 0; tile < tiles; tile++) {
    if (analyzer.verifyTile(tile)) throw new Error(`${path}: tile ${tile} is damaged; tomare map verify lists all`);
  }
  const time = osm_time_ms === 0 ? 'an unknown time' : new Date(osm_time_ms).toISOString();
  return `${path}: ${name}, ${tiles} ${tiles === 1 ? 'tile' : 'tiles'}, all sound, of ${time}`;
}

async function looked(what: string, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, text: await look() };
  } catch (error) {
    return { what, ok: false, text: describe(error) };
  }
}

/** The exit code: 0, 1 where something is wrong, 3 where it is the map alone. */
export async function doctor({ map, json }: DoctorOptions): Promise<number> {
  const findings = [
    await looked('tomare', () => `${VERSION}, from ${packageFile('.')}`),
    await looked('node', node),
    await looked('modules', modules),
    await looked('law', law),
    await looked('places', places),
    await looked('settings', settings),
    await looked('cache', cache),
    await looked('memory', memory),
    ...(map === undefined ? [] : [await looked('map', () => mapOf(map))]),
  ];
  const lines = findings.map(({ what, ok, text }) => `${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(8)}  ${text}\n`);
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : lines.join(''));
  const wrong = findings.filter(({ ok }) => !ok).map(({ what }) => what);
  if (wrong.length === 0) return 0;
  return wrong.join() === 'map' ? 3 : 1;
}
