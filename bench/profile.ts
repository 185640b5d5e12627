// SPDX-License-Identifier: MIT
// Where the time goes, in both builds at once: perf samples one process that analyses the same drive by the
// native library and by the module in turn. A table by stage and one by function, and the stacks of each build
// folded (build/bench/profile-*.folded, for speedscope or a flame graph). Both are built without link-time
// optimisation, so that a stage stays a function: its sources end where it does.
// usage: npm run bench:profile [-- --every 10] [--seconds 20]     needs perf, and the toolchain of wasm/build.sh
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { driveBlock } from '../src/drive_block.ts';
import { loadProfile } from '../src/settings/profile.ts';
import { loadSettings } from '../src/settings/settings.ts';
import { NativeEngine, WasmEngine } from './engine.ts';
import { buildUnlinked, ROOT } from './natives.ts';
import { extract, mapOf } from './places.ts';
import { driveOn, thinned } from './walk.ts';

const { values: options } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    child: { type: 'string' },
  },
});
const FOLDER = join(ROOT, 'build', 'bench');
const MODULE = join(FOLDER, 'profile.wasm');
const PLACE = 'malta';
const ARENA = 64 << 20;
const PER_TURN = 10;

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

type Build = 'native' | 'wasm';
interface Sample {
  build: Build;
  /** From the leaf on. */
  frames: string[];
}

async function work(library: string): Promise<void> {
  const map = await mapOf(PLACE);
  const fixes = thinned(driveOn(extract(PLACE), 3600, 7), Number(options.every));
  const drive = driveBlock(fixes, loadSettings(), 'car', true, loadProfile('jp'));
  const engines = [new NativeEngine(library), new WasmEngine(new WebAssembly.Module(readFileSync(MODULE)))];
  for (const engine of engines) engine.open(map, ARENA);
  const [first, second] = engines.map((e) => Buffer.from(e.analyze(drive)));
  if (!first?.equals(second as Buffer)) throw new Error('the two builds give other bytes');
  const until = performance.now() + Number(options.seconds) * 1000;
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
    const lines = block.split('\n').filter((line) => /^\s+[0-9a-f]+ /.test(line));
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

const stageOf = ({ frames }: Sample) =>
  STAGES.find(([, pattern]) => frames.some((f) => pattern.test(f)))?.[0] ?? 'boundary';

function table(title: string, samples: readonly Sample[], key: (s: Sample) => string, ms: number, most: number): void {
  const rows = new Map<string, Record<Build, number>>();
  for (const s of samples) {
    const row = rows.get(key(s)) ?? { native: 0, wasm: 0 };
    row[s.build] += ms;
    rows.set(key(s), row);
  }
  process.stdout.write(`\n${title.padEnd(52)} native ms   WASM ms    ratio\n`);
  for (const [name, { native, wasm }] of [...rows].sort((a, b) => b[1].wasm - a[1].wasm).slice(0, most)) {
    const cells = [native.toFixed(3), wasm.toFixed(3), (wasm / native).toFixed(2)];
    process.stdout.write(`${name.slice(0, 52).padEnd(52)} ${cells.map((c) => c.padStart(8)).join('  ')}\n`);
  }
}

function fold(samples: readonly Sample[], build: Build): void {
  const stacks = new Map<string, number>();
  for (const s of samples) {
    if (s.build !== build) continue;
    const stack = s.frames.toReversed().join(';');
    stacks.set(stack, (stacks.get(stack) ?? 0) + 1);
  }
  const lines = [...stacks].sort((a, b) => b[1] - a[1]).map(([stack, count]) => `${stack} ${count}`);
  writeFileSync(join(FOLDER, `profile-${build}.folded`), `${lines.join('\n')}\n`);
}

function profile(): void {
  mkdirSync(FOLDER, { recursive: true });
  execFileSync(join(ROOT, 'wasm', 'build.sh'), ['--profile', MODULE], { stdio: 'inherit' });
  const data = join(FOLDER, 'profile.perf');
  const record = ['record', '--quiet', '-F', '1999', '--call-graph', 'fp', '-o', data];
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--perf-basic-prof'];
  const child = [
    'bench/profile.ts',
    '--child',
    buildUnlinked(),
    '--every',
    options.every,
    '--seconds',
    options.seconds,
  ];
  const run = spawnSync('perf', [...record, ...node, ...child], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`perf: ${run.error ?? run.stderr}`);
  const [drives = 0, fixes = 0] = run.stdout.trim().split(' ').map(Number);
  const script = execFileSync('perf', ['script', '-i', data, '-F', 'pid,ip,sym,dso'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  rmSync(`/tmp/perf-${/^\s*(\d+)/.exec(script)?.[1]}.map`, { force: true }); // V8's list of names
  const samples = samplesOf(script);
  const ms = 1000 / 1999 / drives;
  process.stdout.write(`${drives} drives of ${fixes} fixes by each build, ${samples.length} samples\n`);
  table('all', samples, () => 'whole drive', ms, 1);
  table('by stage', samples, stageOf, ms, STAGES.length);
  table('by function', samples, (s) => s.frames[0] ?? '', ms, 30);
  for (const build of ['native', 'wasm'] as const) fold(samples, build);
}

if (options.child) await work(options.child);
else profile();
