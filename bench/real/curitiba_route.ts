// SPDX-License-Identifier: MIT
// Route mismatch of the five real Curitiba drives at fewer fixes, positions alone, against the engine's own route of the
// whole log at 1 Hz with speed and heading. They were looked at when constants were chosen elsewhere (docs/MATCHING.md).
// Fails where a bound is missed.
// usage: npm run bench -- curitiba-route [--set match.bend_cost=0]… [--keep]
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLog } from '../../src/logs/read.ts';
import type { Fixes } from '../../src/types.ts';
import { changedSettings } from '../changed_settings.ts';
import { keepTrial } from '../results.ts';
import { thinned } from '../walk.ts';
import { openCuritiba } from './curitiba_map.ts';
import { type Mismatch, metresByWay, mismatch } from './route_mismatch.ts';

const { values } = parseArgs({
  options: { set: { type: 'string', multiple: true, default: [] }, keep: { type: 'boolean', default: false } },
});
/** Per cent at most, by seconds between fixes. */
const BOUNDS: Record<number, number> = { 10: 1.3, 30: 2.0, 60: 5.2 };
/** Each drive is thinned from so many first fixes, evenly over an interval. */
const PHASES = 5;

const { session, drives, folder } = await openCuritiba();
const logs: Fixes[] = [];
for (const file of readdirSync(drives).sort())
  logs.push((await readLog(join(drives, file), { timeZone: 'UTC' })).fixes);
const truths = logs.map((fixes) => metresByWay(session.analysis(fixes, { route: true }).route));
const plan = session.plan({ settings: changedSettings(values.set), route: true });

const unknown = (count: number) => new Float32Array(count).fill(Number.NaN);

function resultsOf(log: number, step: number): Mismatch[] {
  const fixes = logs[log] as Fixes;
  const bare = { ...fixes, speed_mps: unknown(fixes.count), heading_deg: unknown(fixes.count) };
  return Array.from({ length: PHASES }, (_, k) => {
    const sparse = thinned(bare, step, Math.floor((k * step) / PHASES));
    return mismatch(truths[log] as Map<string, number>, plan.analysis(sparse).route);
  });
}

const kept: Record<string, number> = {};
for (const [step, bound] of Object.entries(BOUNDS)) {
  const found = logs.flatMap((_, i) => resultsOf(i, Number(step)));
  const sum = (of: (m: Mismatch) => number) => found.reduce((a, m) => a + of(m), 0);
  const percent = (100 * sum((m) => m.missed + m.added)) / sum((m) => m.length);
  console.log(`every ${step} s: ${percent.toFixed(2)} % of the route otherwise than at 1 Hz, at most ${bound}`);
  kept[step] = percent;
  if (percent > bound) process.exitCode = 1;
}
if (values.keep) console.error(`kept as ${keepTrial('curitiba_route', values.set, kept)}`);
rmSync(folder, { recursive: true });
