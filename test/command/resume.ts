// SPDX-License-Identifier: MIT
// 1,000 drives with --jobs 2, killed at random and resumed: the same bytes as in one go, and memory that stays flat.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { brokenRun, wholeRun } from './broken.ts';

const DRIVES = 1000;
const MOST_MIB = 250;
/** What 1,000 drives may take beyond what 30 take. */
const GROWTH_MIB = 50;
/** A page of drives can be written when its last drive is there. */
const PAGE_GROWTH_MIB = 75;
/** One of each format; the folder takes all tables. */
const OUTPUTS = ['a.ndjson', 'a.json', 'a.csv', 'a.geojson', 'a.parquet', 'tables/'];

export type Check = (title: string, problems: readonly string[]) => void;

function makeDrives(folder: string, name: string, count: number): void {
  mkdirSync(join(folder, name));
  const drives = readdirSync(join(folder, 'drives')).sort();
  for (let i = 0; i < count; i++) {
    const drive = drives[i % drives.length] ?? '';
    copyFileSync(join(folder, 'drives', drive), join(folder, name, drive.replace('.csv', `-${i}.csv`)));
  }
}

/** The bytes of an output: of a folder, those of its files, without what a killed run left half written beside them. */
function bytesOf(folder: string, out: string): Buffer {
  if (!out.endsWith('/')) return readFileSync(join(folder, out));
  const files = readdirSync(join(folder, out)).filter((name) => !name.endsWith('.part'));
  files.sort();
  return Buffer.concat(files.flatMap((name) => [Buffer.from(name), readFileSync(join(folder, out, name))]));
}

async function one(folder: string, program: string, out: string, check: Check): Promise<void> {
  const format = out.endsWith('/') ? ['--format', 'csv'] : [];
  const args = (logs: string, to: string) => {
    const way = ['--map', 'town.tmap', '--jobs', '2', '--all', '-q', ...format];
    return [program, 'analyze', logs, ...way, '-o', to];
  };
  const few = await wholeRun(args('few', `few-${out}`), folder);
  const whole = await wholeRun(args('many', `whole-${out}`), folder);
  const to = `broken-${out}`;
  const journal = join(folder, `${to.replace('/', '')}.resume`);
  const broken = await brokenRun([...args('many', to), '--resume'], folder, journal, 500_000);
  const problems: string[] = [];
  if (few.code !== 0 || whole.code !== 0 || broken.code !== 0) problems.push(few.err + whole.err + broken.err);
  else if (!bytesOf(folder, `whole-${out}`).equals(bytesOf(folder, to))) problems.push('the bytes differ');
  if (broken.kills < 2) problems.push(`killed ${broken.kills} times only`);
  const peak = Math.max(whole.peakMiB, broken.peakMiB);
  if (peak > MOST_MIB) problems.push(`${peak.toFixed(0)} MiB; at most ${MOST_MIB} are expected`);
  const growth = out.endsWith('.html') ? PAGE_GROWTH_MIB : GROWTH_MIB;
  if (whole.peakMiB > few.peakMiB + growth) problems.push(`30 drives take ${few.peakMiB.toFixed(0)} MiB only`);
  const memory = [few, whole, broken].map(({ peakMiB }) => peakMiB.toFixed(0)).join(', ');
  check(
    `${out}: ${DRIVES} drives, killed ${broken.kills} times; 30 drives, 1,000 and resumed: ${memory} MiB`,
    problems,
  );
}

/** `program`: the bundled command. */
export async function resumeChecks(folder: string, program: string, check: Check): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
  makeDrives(folder, 'few', 30);
  makeDrives(folder, 'many', DRIVES);
  for (const out of OUTPUTS) await one(folder, program, out, check);
}
