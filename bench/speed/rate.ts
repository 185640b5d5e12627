// SPDX-License-Identifier: MIT
// Fixes per second of the module, warm, posterior and rules included: a one-hour 1 Hz drive through
// Malta (a seeded walk along its real roads; the bundled town where ../shared is missing). Processor
// time of the thread, which other work on the machine disturbs less than the clock.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession } from '../../src/session.ts';
import { driveOn } from '../walk.ts';

const malta = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'maps', 'malta.osm.pbf');
const folder = mkdtempSync(join(tmpdir(), 'tomare-speed-'));
let input = malta;
if (!existsSync(malta)) {
  makeDemo(folder);
  input = join(folder, 'town.osm.pbf');
}
const map = join(folder, 'map.tmap');
await buildMap({ inputs: [input], output: map });
const fixes = driveOn(input, 3600, 7);
const plan = openSession({ map }).plan();
const WARM = 3;
const ROUNDS = 100;
const times: number[] = [];
let begin = process.threadCpuUsage();
for (let round = -WARM; round < ROUNDS; round++) {
  if (round === 0) begin = process.threadCpuUsage(); // the kernel counts it in steps of milliseconds: read it once
  const at = performance.now();
  plan.analysis(fixes);
  if (round >= 0) times.push(performance.now() - at);
}
const spent = process.threadCpuUsage(begin);
const cpu = (spent.user + spent.system) / 1000 / ROUNDS;
const { matched, findings, distance_m } = plan.analysis(fixes);
rmSync(folder, { recursive: true });
times.sort((a, b) => a - b);
const median = times[Math.floor(times.length / 2)] ?? 0;
const rate = (ms: number) => Math.round((fixes.count / ms) * 1000).toLocaleString('en');
console.log(
  `${fixes.count} fixes, ${(distance_m / 1000).toFixed(1)} km, matched ${matched}, findings ${findings.length}`,
);
console.log(
  `ms per drive: ${cpu.toFixed(2)} of processor time; wall median ${median.toFixed(2)}, best ${(times[0] ?? 0).toFixed(2)}`,
);
console.log(
  `fixes per second: ${rate(cpu)} of processor time; wall median ${rate(median)}, best ${rate(times[0] ?? 1)}`,
);
