// SPDX-License-Identifier: MIT
// Both builds sampled at once: perf watches one process that analyzes the same drive by the native library and by
// the module in turn. Both are built without link-time optimisation, so that a stage stays a function: its sources
// end where it does. Needs perf, and the toolchain of wasm/build.sh.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { driveBlock } from '../../src/analyzer.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { buildUnlinked, ROOT } from '../natives.ts';
import { extract, mapOf } from '../places.ts';
import { driveOn, thinned } from '../walk.ts';
import { NativeEngine, WasmEngine } from './engine.ts';

export const FOLDER = join(ROOT, 'build', 'bench');
const MODULE = join(FOLDER, 'profile.wasm');
/** V8 writes one beside its list of names; into the working folder, if not told. */
const LOG = join(FOLDER, 'profile.v8.log');
const PLACE = 'malta';
const ARENA = 64 << 20;
const PER_TURN = 10;
const FREQUENCY = 1999;

/** The first that a frame of the stack matches, from the leaf on, is the sample's stage. */
const STAGES: [string, RegExp][] = [
  ['candidates', /CandidateFinder/],
  ['routes', /RouteSearch|ArcTable/],
  ['Viterbi, posterior', /Trellis/],
  ['path', /PathBuilder|place_between|finish_runs/],
  ['rules', /tomare::rules::/],
  ['preparation', /match::prepare/],
  ['rest of the matcher', /match::Matcher/],
  ['boundary', /tomare_analyze/],
];

export type Build = 'native' | 'wasm';
export interface Sample {
  build: Build;
  /** From the leaf on. */
  frames: string[];
}

async function work(library: string, every: number, seconds: number): Promise<void> {
  const map = await mapOf(PLACE);
  const fixes = thinned(driveOn(extract(PLACE), 3600, 7), every);
  const drive = driveBlock(fixes, { settings: loadSettings(), route: true, profile: loadProfile('jp') });
  const engines = [new NativeEngine(library), new WasmEngine(new WebAssembly.Module(readFileSync(MODULE)))];
  for (const engine of engines) engine.open(map, ARENA);
  const [first, second] = engines.map((e) => Buffer.from(e.analyze(drive)));
  if (!first?.equals(second as Buffer)) throw new Error('the two builds give other bytes');
  const until = performance.now() + seconds * 1000;
  let drives = 0;
  while (performance.now() < until) {
    for (const engine of engines) for (let i = 0; i < PER_TURN; i++) engine.analyze(drive);
    drives += PER_TURN;
  }
  process.stdout.write(`${drives} ${fixes.count}\n`);
}

/** A symbol without its parameters; those of WASM as perf has them from V8: "JS:name-12-turbofan". */
function nameOf(symbol: string): string {
  return symbol
    .replace(/^JS:[*^~]?/, '')
    .replace(/-\d+-(turbofan|liftoff)$/, '')
    .replace(/\(anonymous namespace\)::/g, '')
    .replace(/\(.*$/, '')
    .replace(/^(?:void|bool|float|unsigned \w+) /, '');
}

function samplesOf(script: string): Sample[] {
  const samples: Sample[] = [];
  for (const block of script.split('\n\n')) {
    const lines = block.split('\n').filter((line) => /^\s+[0-9a-f]+ \S/.test(line));
    const frames = lines.map((line) =>
      nameOf(
        line
          .trim()
          .replace(/^[0-9a-f]+ /, '')
          .replace(/ \([^()]*\)$/, ''),
      ),
    );
    const entry = frames.findIndex((f) => f.startsWith('tomare_'));
    if (entry < 0) continue;
    const build = lines[entry]?.includes('JS:') ? 'wasm' : 'native';
    samples.push({ build, frames: frames.slice(0, entry + 1) });
  }
  return samples;
}

export const stageOf = ({ frames }: Sample) =>
  STAGES.find(([, pattern]) => frames.some((f) => pattern.test(f)))?.[0] ?? 'boundary';

export interface Row {
  name: string;
  /** Milliseconds of a drive. */
  native: number;
  wasm: number;
}

export interface Sampling {
  drives: number;
  fixes: number;
  samples: Sample[];
}

export function hasPerf(): boolean {
  return spawnSync('perf', ['--version']).status === 0;
}

/** Of an hour through Malta, every so many fixes. */
export function sample(every: number, seconds: number): Sampling {
  mkdirSync(FOLDER, { recursive: true });
  execFileSync(join(ROOT, 'wasm', 'build.sh'), ['--profile', MODULE], { stdio: 'inherit' });
  const data = join(FOLDER, 'profile.perf');
  const record = ['record', '--quiet', '-F', String(FREQUENCY), '--call-graph', 'fp', '-o', data];
  const node = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--perf-basic-prof',
    `--logfile=${LOG}`,
    '--no-logfile-per-isolate',
  ];
  const child = ['bench/speed/sampling.ts', '--child', buildUnlinked(), String(every), String(seconds)];
  const run = spawnSync('perf', [...record, ...node, ...child], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`perf: ${run.error ?? run.stderr}`);
  const [drives = 0, fixes = 0] = run.stdout.trim().split(' ').map(Number);
  const script = execFileSync('perf', ['script', '-i', data, '-F', 'pid,ip,sym,dso'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  rmSync(`/tmp/perf-${/^\s*(\d+)/.exec(script)?.[1]}.map`, { force: true }); // V8's list of names
  return { drives, fixes, samples: samplesOf(script) };
}

/** Milliseconds of a drive by what `key` makes of a sample, the most in WASM first. */
export function rowsOf({ drives, samples }: Sampling, key: (s: Sample) => string): Row[] {
  const rows = new Map<string, Row>();
  for (const s of samples) {
    const name = key(s);
    const row = rows.get(name) ?? { name, native: 0, wasm: 0 };
    row[s.build] += 1000 / FREQUENCY / drives;
    rows.set(name, row);
  }
  return [...rows.values()].sort((a, b) => b.wasm - a.wasm);
}

export function printRows(title: string, rows: readonly Row[], most = rows.length): void {
  process.stdout.write(`\n${title.padEnd(52)} native ms   WASM ms    ratio\n`);
  for (const { name, native, wasm } of rows.slice(0, most)) {
    const cells = [native.toFixed(3), wasm.toFixed(3), native > 0 ? (wasm / native).toFixed(2) : ''];
    process.stdout.write(`${name.slice(0, 52).padEnd(52)} ${cells.map((c) => c.padStart(8)).join('  ')}\n`);
  }
}

const [, , mode, library = '', every = '1', seconds = '10'] = process.argv;
if (mode === '--child') await work(library, Number(every), Number(seconds));
