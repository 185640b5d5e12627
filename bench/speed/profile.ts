// SPDX-License-Identifier: MIT
// Where the time goes in both builds: a table by stage and one by function, and the stacks of each build folded
// (build/bench/profile-*.folded, for speedscope) and as a flame graph (profile-*.svg; with --keep docs/performance/*.svg).
// usage: npm run bench -- profile [--every 10] [--seconds 20] [--keep]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../natives.ts';
import { flameGraph } from './flame.ts';
import { type Build, FOLDER, printRows, rowsOf, type Sample, sample, stageOf } from './sampling.ts';

const { values: options } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    keep: { type: 'boolean', default: false },
  },
});
const FUNCTIONS = 30;
const KEPT = join(ROOT, 'docs', 'performance');

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

function draw(samples: readonly Sample[], build: Build, title: string): void {
  const graph = flameGraph(
    title,
    samples.filter((s) => s.build === build).map((s) => s.frames),
  );
  writeFileSync(join(FOLDER, `profile-${build}.svg`), graph);
  if (!options.keep) return;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(join(KEPT, `${build}.svg`), graph);
}

const run = sample(Number(options.every), Number(options.seconds));
process.stdout.write(`${run.drives} drives of ${run.fixes} fixes by each build, ${run.samples.length} samples\n`);
printRows(
  'all',
  rowsOf(run, () => 'whole drive'),
);
printRows('by stage', rowsOf(run, stageOf));
printRows(
  'by function',
  rowsOf(run, (s) => s.frames[0] ?? ''),
  FUNCTIONS,
);
for (const build of ['native', 'wasm'] as const) {
  fold(run.samples, build);
  draw(run.samples, build, `${build}: an hour through Malta, a fix every ${options.every} s`);
}
