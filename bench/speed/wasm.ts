// SPDX-License-Identifier: MIT
// WASM against native, in one process, on the same drives and map.
// usage: npm run bench [-- --quick] [--json] [--keep] [--cell TEXT]
//   --quick  two cells and the baseline only, under a minute; exit code 1 when the ratio is above 1.25 by more than
//            the run's own noise (the geometric mean of the lower ends of the 95 % intervals)
//   --keep   the run goes into bench/results
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { buildNative, compilerVersion, nativeName, natives } from '../natives.ts';
import { CACHE } from '../places.ts';
import { keep } from '../results.ts';
import { geometricMean } from '../statistics.ts';
import { type Cell, dropPages, makeCells } from './cells.ts';
import { NativeEngine, WasmEngine } from './engine.ts';
import { compare, type Row, type Variant } from './pairs.ts';
import { type CellResult, printCell, type Run, summaries } from './report.ts';
import { hasPerf, printRows, rowsOf, sample, stageOf } from './sampling.ts';
import { twoWorkers } from './two_workers.ts';

const LIMIT = 1.25;
const STAGE_SECONDS = 15;
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    cell: { type: 'string', default: '' },
  },
});

const builds = natives();
const engines = [
  ...builds.slice(0, options.quick ? 1 : undefined).map((b) => ({
    name: nativeName(b),
    engine: new NativeEngine(buildNative(b)),
  })),
  { name: 'wasm', engine: new WasmEngine() },
];

/** Its own copy of the map for each variant, so that dropping one's pages is not undone by another. */
function ownMap(cell: Cell, name: string): string {
  if (!cell.cold) return cell.map;
  const folder = join(CACHE, 'own');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `${name.replaceAll(' ', '-')}-${basename(cell.map)}`);
  copyFileSync(cell.map, copy);
  return copy;
}

async function measure(cell: Cell, baseline: string): Promise<CellResult> {
  const variant = (e: (typeof engines)[number]): Variant => ({ ...e, map: ownMap(cell, e.name) });
  const base = engines.filter((e) => e.name === baseline).map(variant);
  const wasm = engines.filter((e) => e.name === 'wasm').map(variant);
  const natives = engines.filter((e) => cell.all && e.name !== baseline && e.name !== 'wasm').map(variant);
  const work = { drives: cell.drives, arenaBytes: cell.arenaMiB << 20, rounds: cell.rounds };
  const rows = await compare([...base, ...wasm], cell.cold ? { ...work, cold: dropPages } : work);
  // Apart: with more than two engines in turn, the baseline runs in each pair and finds its caches warmer than the others.
  const others = natives.length > 0 ? (await compare([...base, ...natives], work)).slice(1) : [];
  rows.splice(1, 0, ...others);
  const fixes = cell.drives.reduce((sum, d) => sum + new DataView(d.buffer).getUint32(0, true), 0);
  return { cell: cell.name, fixes, rows };
}

/** The faster of mmap and arena, by the base cell; mmap where only that is built. */
async function chooseBaseline(cell: Cell): Promise<string> {
  if (options.quick) return engines[0]?.name ?? '';
  const two = engines.slice(0, 2).map((e) => ({ ...e, map: cell.map }));
  const rows = await compare(two, { drives: cell.drives, arenaBytes: cell.arenaMiB << 20, rounds: 10 });
  return ((rows[1]?.ratio ?? 1) < 1 ? rows[1] : rows[0])?.variant ?? '';
}

const cells = (await makeCells(options.quick)).filter((c) => c.name.includes(options.cell));
const [first] = cells;
if (!first) throw new Error(`no cell is named like "${options.cell}"`);
const baseline = await chooseBaseline(first);
const results: CellResult[] = [];
const base = builds.find((b) => nativeName(b) === baseline);
const by = compilerVersion(base?.compiler ?? '');
if (!options.json) {
  process.stdout.write(`baseline: ${baseline}, built by ${by}; ratios of main-thread CPU time\n`);
  if (base?.compiler !== 'clang++-19') {
    process.stdout.write("the README's figures are against clang 19, which is not here: apt-get install clang-19\n");
  }
}
for (const cell of cells) {
  const result = await measure(cell, baseline);
  results.push(result);
  if (!options.json) printCell(result);
}
const run: Run = {
  machine: machine(),
  baseline,
  cells: results,
  ...summaries(results),
  two_workers: options.quick ? null : await twoWorkers(first),
  stages: options.quick || !hasPerf() ? null : rowsOf(sample(1, STAGE_SECONDS), stageOf),
};
if (options.json) process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
else {
  for (const [name, summary] of Object.entries({ hot: run.hot, 'cold pages': run.cold })) {
    const text = `geometric mean ${summary?.mean.toFixed(3)}, worst cell ${summary?.worst.toFixed(3)}`;
    if (summary) process.stdout.write(`\nWASM ÷ native, ${name}: ${text}\n`);
  }
  const two = run.two_workers;
  if (two)
    process.stdout.write(`two workers ÷ one: WASM ${two.wasm.toFixed(2)} ×, native ${two.native.toFixed(2)} ×\n`);
}
if (!options.json && run.stages)
  printRows('an hour at 1 s by stage, sampled, without link-time optimisation', run.stages);
if (options.keep) process.stderr.write(`kept as ${keep('speed', run)}\n`);
const least = geometricMean(results.map((r) => r.rows.find((row: Row) => row.variant === 'wasm')?.low ?? Number.NaN));
if (options.quick && !(least <= LIMIT)) {
  process.stderr.write(`beyond the bound of ${LIMIT}: at least ${least.toFixed(3)}\n`);
  process.exitCode = 1;
}
