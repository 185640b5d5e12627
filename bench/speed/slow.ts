// SPDX-License-Identifier: MIT
// Drives built to be slow: how much dearer is the worst fix than the median one? Counts the instructions of each fix's step
// through the matcher (callgrind's dumps), so that a single dear fix is not lost in a mean. Fails beyond 50 times.
// usage: npm run bench -- slow [--fixes 8] [--only TEXT] [--keep]
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { driveBlock } from '../../src/analyzer.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { changedSettings } from '../changed_settings.ts';
import { machine } from '../machine.ts';
import { keep } from '../results.ts';
import { median } from '../statistics.ts';
import { analyzeOnce, compilerOfCounts, count } from './callgrind.ts';
import { driveOver, MOTIONS, type Motion, type SlowMap, slowMaps } from './slow_drives.ts';

const MOST = 50;
const { values } = parseArgs({
  options: {
    fixes: { type: 'string', default: '8' },
    only: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
  },
});
/** Called once for each fix that the matcher weighs, and once behind the last. */
const STEP = 'tomare::match::Emission::add_states';
const END = 'tomare::match::Trellis::decode';

/** Instructions of each step: what was counted between two dumps, the first of which began a step. */
function stepsOf(folder: string): number[] {
  const parts = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((text) => ({
      part: Number(/^part: (\d+)/m.exec(text)?.[1]),
      begins: /^desc: Trigger: .*before=(\S+?)\(/m.exec(text)?.[1],
      instructions: Number(/^totals: (\d+)/m.exec(text)?.[1] ?? 0),
    }))
    .sort((a, b) => a.part - b.part);
  return parts.slice(1).flatMap(({ instructions }, i) => (parts[i]?.begins === STEP ? [instructions] : []));
}

interface Kind {
  map: string;
  drive: string;
  steps: number;
  median: number;
  worst: number;
  /** Of the whole analysis, by fixes. */
  mean: number;
}

const folder = mkdtempSync(join(tmpdir(), 'tomare-slow-'));
const program = analyzeOnce();
const profile = loadProfile('generic');

function measured(map: SlowMap, motion: Motion, all: number[]): Kind {
  const fixes = driveOver(map, motion, Number(values.fixes));
  const block = join(folder, 'drive.block');
  writeFileSync(block, driveBlock(fixes, { settings: changedSettings(motion.set ?? []), route: true, profile }));
  const dumps = mkdtempSync(join(folder, 'dumps-'));
  const options = [STEP, END].map((name) => `--dump-before=${name}*`);
  count(program, map.file, block, { output: join(dumps, 'part'), options });
  const steps = stepsOf(dumps);
  const total = readdirSync(dumps).reduce(
    (sum, name) => sum + Number(/^totals: (\d+)/m.exec(readFileSync(join(dumps, name), 'utf8'))?.[1] ?? 0),
    0,
  );
  rmSync(dumps, { recursive: true });
  all.push(...steps);
  const worst = Math.max(...steps);
  return {
    map: map.name,
    drive: motion.name,
    steps: steps.length,
    median: median(steps),
    worst,
    mean: total / fixes.count,
  };
}

const thousands = (instructions: number) => (instructions / 1000).toFixed(0).padStart(8);
const kinds: Kind[] = [];
console.log('thousands of instructions: median step, worst step, whole analysis ÷ fixes');
const all: number[] = [];
for (const map of await slowMaps(folder)) {
  for (const motion of MOTIONS) {
    if (!`${map.name}, ${motion.name}`.includes(values.only)) continue;
    const kind = measured(map, motion, all);
    kinds.push(kind);
    const [middle, most, mean] = [kind.median, kind.worst, kind.mean].map(thousands);
    console.log(`${middle} ${most} ${mean}  ${kind.steps} steps  ${map.name}, ${motion.name}`);
  }
}
rmSync(folder, { recursive: true });
const middle = median(all);
const worst = Math.max(...all);
const of = kinds.find((k) => k.worst === worst);
console.log(
  `worst fix ${thousands(worst).trim()} k instructions (${of?.map}, ${of?.drive}), median ${thousands(middle).trim()} k: ${(worst / middle).toFixed(1)} times, at most ${MOST}`,
);
if (values.keep) {
  const run = { machine: machine(), compiler: compilerOfCounts(), median: middle, worst, kinds };
  console.error(`kept as ${keep('slow', run)}`);
}
if (!(worst <= MOST * middle)) process.exitCode = 1;
