// SPDX-License-Identifier: MIT
// Cold start: process start to first result, by part, over a bare `node -e 0`, and what each import costs; for the
// command line and for the code of the Lambda function.
// usage: npm run bench -- cold [--size 2GB] [--map FILE] [--runs N] [--image] [--keep]   default map: a grid of 256 MB
//   --image  the function inside its image too, under Lambda's emulator: wants root, builds the image
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, bundlePackage } from '../../tools/bundle.ts';
import { writeDrive } from '../drive_file.ts';
import { machine } from '../machine.ts';
import { ROOT } from '../natives.ts';
import { extract, grid } from '../places.ts';
import { keep } from '../results.ts';
import { median } from '../statistics.ts';
import { driveOn } from '../walk.ts';
import { handler, inImage, printHandler, printImage } from './handler.ts';

const { values: options } = parseArgs({
  options: {
    map: { type: 'string', default: '' },
    size: { type: 'string', default: '256MB' },
    runs: { type: 'string', default: '15' },
    image: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const RUNS = Number(options.runs);
const megabytes = Number.parseFloat(options.size) * (/GB$/i.test(options.size) ? 1000 : 1);
const place = options.map === '' ? grid(megabytes * 1e6) : undefined;
const map = place?.map ?? options.map;
const copy = place?.places[Math.floor((place.places.length * 2) / 3)] ?? { lat: 0, lon: 0 };
const log = writeDrive(driveOn(extract('malta'), 300, 7, copy), 'cold');
await bundle(['bench/cold/cold_parts.ts'], join(ROOT, 'dist', 'cold'));
await bundlePackage();

const PROBE =
  "data:text/javascript,process.on('exit',()=>{const c=process.cpuUsage();process.stderr.write('@'+process.resourceUsage().maxRSS+'@'+(c.user+c.system)/1000+'@')})";

interface Start {
  wall: number;
  /** All threads, user and system. */
  cpu: number;
  mib: number;
  out: string;
}

function start(args: string[]): Start {
  const begin = performance.now();
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', PROBE, ...args], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  const wall = performance.now() - begin;
  if (run.status !== 0) throw new Error(`${args.join(' ')}: ${run.stderr}`);
  const [, rss, cpu] = run.stderr.match(/@(\d+)@([\d.]+)@$/) ?? [];
  return { wall, cpu: Number(cpu), mib: Number(rss) / 1024, out: run.stdout };
}

const analyze = ['analyze', '--map', map, '--format', 'ndjson', log];
const programs: Record<string, string[]> = {
  'node -e 0': ['-e', '0'],
  'dist/lib (bundle)': ['dist/lib/tomare.mjs', ...analyze],
  'src/cli (TypeScript)': ['src/cli/main.ts', ...analyze],
};
const samples = Object.fromEntries(Object.keys(programs).map((name) => [name, [] as Start[]]));
const parts: { ends: Record<string, number>; opened: number; read: number; rss: number }[] = [];
for (let i = 0; i <= RUNS; i++) {
  for (const [name, args] of Object.entries(programs))
    if (i === 0) start(args);
    else samples[name]?.push(start(args));
  const child = start([join(ROOT, 'dist', 'cold', 'cold_parts.mjs'), map, log]);
  if (i > 0) parts.push(JSON.parse(child.out));
}
/** The quickest of all: what the machine's other work took is no part of it. CPU is the median. */
const quickest = (list: readonly number[]) => Math.min(...list);
const of = (name: string) => samples[name] ?? [];
const bare = of('node -e 0');
const starts = Object.keys(programs).map((name) => {
  const list = of(name);
  const wall_ms = quickest(list.map((s) => s.wall));
  const cpu_ms = median(list.map((s) => s.cpu));
  return {
    name,
    wall_ms,
    wall_over_bare_ms: wall_ms - quickest(bare.map((s) => s.wall)),
    cpu_ms,
    cpu_over_bare_ms: cpu_ms - median(bare.map((s) => s.cpu)),
    rss_mib: median(list.map((s) => s.mib)),
  };
});
const names = Object.keys(parts[0]?.ends ?? {});
const steps = names.map((name, i) => ({
  part: name,
  ms: quickest(parts.map((p) => (p.ends[name] ?? 0) - (i === 0 ? 0 : (p.ends[names[i - 1] ?? ''] ?? 0)))),
}));
const IMPORTS = [
  'commander',
  'zod',
  'yaml',
  'temporal-polyfill',
  'csv-parse',
  'saxes',
  'pbf',
  'cli-progress',
  'node:wasi',
];
const imports = IMPORTS.map((name) => {
  const code = `const t=performance.now();await import('${name}');process.stdout.write(String(performance.now()-t))`;
  const times = Array.from({ length: 5 }, () => Number(start(['--input-type=module', '-e', code]).out));
  return { name, ms: quickest(times) };
});
const ofHandler = handler(map, log, RUNS, (args) => start(args).out);
const run = {
  machine: machine(),
  map_bytes: place?.bytes ?? 0,
  starts,
  parts: steps,
  bytes_read_open: parts[0]?.opened ?? 0,
  bytes_read: parts[0]?.read ?? 0,
  imports,
  handler: ofHandler,
  image: options.image ? await inImage(map, log, RUNS) : null,
};
for (const s of starts) {
  const figures = `wall ${s.wall_ms.toFixed(0)} ms (+${s.wall_over_bare_ms.toFixed(0)}), CPU ${s.cpu_ms.toFixed(0)} ms (+${s.cpu_over_bare_ms.toFixed(0)})`;
  console.log(`${s.name.padEnd(22)} ${figures}, ${s.rss_mib.toFixed(0)} MiB`);
}
for (const s of steps) console.log(`  ${s.part.padEnd(26)} ${s.ms.toFixed(1).padStart(6)} ms`);
console.log(
  `map ${(run.map_bytes / 1e6).toFixed(0)} MB: ${run.bytes_read_open} bytes read to open, ${run.bytes_read} to the first result`,
);
for (const i of imports) console.log(`  import ${i.name.padEnd(20)} ${i.ms.toFixed(1).padStart(6)} ms`);
printHandler(ofHandler);
if (run.image) printImage(run.image);
if (options.keep) process.stderr.write(`kept as ${keep('cold', run)}\n`);
