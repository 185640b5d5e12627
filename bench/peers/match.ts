// SPDX-License-Identifier: MIT
// Tomare as a map matcher beside Valhalla's trace_attributes and OSRM's match: the same extract and drives, one thread,
// warm, the geometry of the matched ways included. Rates are of the thread's CPU time. On demand, for installing the peers
// takes minutes. usage: npm run bench -- match [--keep]
import { Analyzer } from '../../src/analyzer.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { threadCpuMs } from '../clock.ts';
import { machine } from '../machine.ts';
import { extract, mapOf } from '../places.ts';
import { keep } from '../results.ts';
import { median } from '../statistics.ts';
import { driveOn, thinned } from '../walk.ts';
import { python, setUp, writeDrives } from './peer_runs.ts';

const INTERVALS = [1, 5, 10];
const ROUNDS = 7;
const source = extract('malta');
const hour = driveOn(source, 3600, 7);

type Rates = Record<string, { fixes_per_s: number }>;

/** From fixes to lines in arrays, as a program takes them. */
function tomare(map: string): Rates {
  const settings = loadSettings();
  const analyzer = new Analyzer(map);
  const rates: Rates = {};
  for (const interval of INTERVALS) {
    const fixes = thinned(hour, interval);
    const times: number[] = [];
    for (let i = 0; i < ROUNDS + 5; i++) {
      const begin = threadCpuMs();
      analyzer.trace(fixes, { settings });
      if (i >= 5) times.push(threadCpuMs() - begin);
    }
    rates[interval] = { fixes_per_s: (fixes.count / median(times)) * 1000 };
  }
  return rates;
}

setUp();
const drives = writeDrives(hour, INTERVALS);
const matchers: Record<string, Rates> = {
  'tomare match (WASM)': tomare(await mapOf('malta')),
  'Valhalla trace_attributes 3.9.1': python('valhalla', source, drives, true).rates,
  'OSRM match 26.10.0 (CH)': python('osrm', source, drives, true).rates,
};
console.log('with geometry                     fixes/s at 1 s       5 s      10 s');
for (const [name, rates] of Object.entries(matchers)) {
  const cells = INTERVALS.map((s) =>
    Math.round(rates[s]?.fixes_per_s ?? 0)
      .toLocaleString('en')
      .padStart(10),
  );
  console.log(`${name.padEnd(38)}${cells.join('')}`);
}
if (process.argv.includes('--keep')) {
  console.error(`kept as ${keep('match', { machine: machine(), matchers } as never)}`);
}
