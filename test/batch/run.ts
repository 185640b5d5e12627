// SPDX-License-Identifier: MIT
// `npm run check -- batch [name…]`: the batch with real parts, end to end.
import { demoTown } from '../../src/cli/demo.ts';
import { corners } from './corners.ts';
import { days } from './days.ts';
import { endToEnd } from './end_to_end.ts';
import { faults } from './faults.ts';
import { generationsAndErase } from './generations.ts';
import { heap } from './heap.ts';
import { heavy } from './heavy.ts';
import { killed } from './kill.ts';
import { local } from './local.ts';
import { neighbours } from './neighbours.ts';
import { operations } from './operations.ts';
import { release } from './release.ts';
import { resultBatches } from './result_batches.ts';
import { soak } from './soak.ts';

const CASES: Record<string, (map: string) => Promise<string[]>> = {
  corners,
  days,
  faults,
  'end-to-end': (map) => endToEnd(map),
  'end-to-end-in-batches': (map) => endToEnd(map, 'batch'),
  generations: (map) => generationsAndErase(map),
  'generations-in-batches': (map) => generationsAndErase(map, 'batch'),
  heap,
  heavy,
  kill: (map) => killed(map),
  'kill-in-batches': (map) => killed(map, 'batch', 30),
  local,
  neighbours,
  operations,
  release,
  'result-batches': resultBatches,
  soak: (map) => soak(map),
  'soak-in-batches': (map) => soak(map, 'batch'),
};

const wanted = process.argv.slice(2);
const map = await demoTown();
let failed = 0;
for (const [name, run] of Object.entries(CASES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const begin = performance.now();
  const wrong = await run(map).catch((error: Error) => [error.stack ?? String(error)]);
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(`${wrong.length === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)\n`);
  for (const line of wrong) process.stdout.write(`      ${line}\n`);
  if (wrong.length > 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
