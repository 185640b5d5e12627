// SPDX-License-Identifier: MIT
// Instructions that the native core takes for three fixed drives through the bundled town, counted by
// callgrind: repeatable where times are not. Fails when one has grown by more than 3 % against
// bench/speed/instructions.json. usage: npm run bench -- instructions [--write]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { driveBlock } from '../../src/analyzer.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { ROOT } from '../natives.ts';
import { driveOn, thinned } from '../walk.ts';
import { analyzeOnce, compilerOfCounts, count } from './callgrind.ts';

const profile = loadProfile('jp');

const GROWTH = 1.03;
const FILE = join(import.meta.dirname, 'instructions.json');

interface Counts {
  compiler: string;
  drives: Record<string, { fixes: number; instructions: number; per_fix: number }>;
}

const program = analyzeOnce();
const folder = join(ROOT, 'build', 'instructions');
mkdirSync(folder, { recursive: true });
makeDemo(folder);
const town = join(folder, 'town.osm.pbf');
const map = join(folder, 'town.tmap');
await buildMap({ inputs: [town], output: map, name: 'town' });
const drives = {
  '1 s': driveOn(town, 900, 1),
  '5 s': thinned(driveOn(town, 1800, 2), 5),
  '10 s': thinned(driveOn(town, 1800, 3), 10),
};
const now: Counts = { compiler: compilerOfCounts(), drives: {} };
for (const [name, fixes] of Object.entries(drives)) {
  const file = join(folder, `${name.replace(' ', '')}.block`);
  writeFileSync(file, driveBlock(fixes, { settings: loadSettings(), route: true, profile }));
  const instructions = count(program, map, file);
  now.drives[name] = { fixes: fixes.count, instructions, per_fix: Math.round(instructions / fixes.count) };
}
if (process.argv.includes('--write')) {
  writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
} else {
  const before = JSON.parse(readFileSync(FILE, 'utf8')) as Counts;
  if (before.compiler !== now.compiler) console.log(`counted with ${now.compiler}, the file with ${before.compiler}`);
  for (const [name, { instructions }] of Object.entries(now.drives)) {
    const growth = instructions / (before.drives[name]?.instructions ?? 0);
    console.log(
      `${name.padEnd(6)} ${instructions} instructions, ${((growth - 1) * 100).toFixed(2)} % against the file`,
    );
    if (growth <= GROWTH) continue;
    console.error('more than 3 % above bench/speed/instructions.json: renew it with --write, and say why');
    process.exitCode = 1;
  }
}
