// SPDX-License-Identifier: MIT
// Accuracy on simulated drives with known truth (docs/ACCURACY.md).
// usage: npm run accuracy [-- --quick] [--split train|test] [--share 0.2] [--receiver TEXT] [--dump DRIVE]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../../src/types.ts';
import { writeDrive } from '../drive_file.ts';
import { drivesOf, type Place } from './drives.ts';
import { measure, type Run, seedOf } from './measure.ts';
import { places } from './places.ts';
import { type Receiver, receive } from './receivers.ts';
import {
  type Figures,
  falsePer1000,
  figuresOf,
  interval,
  plainRecall,
  precision,
  RULES,
  recall,
  undeterminedShare,
} from './tables.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    split: { type: 'string', default: 'test' },
    share: { type: 'string', default: '1' },
    receiver: { type: 'string', default: '' },
    dump: { type: 'string', default: '' },
  },
});

const phone = (name: string, more: Partial<Receiver>): Receiver => ({
  name,
  interval_s: 1,
  sigma_m: 5,
  doppler_mps: 0.3,
  lag_s: 0,
  ...more,
});
const RECEIVERS = [phone('5 m, 1 s', {}), phone('5 m, 5 s', { interval_s: 5 }), phone('5 m, 10 s', { interval_s: 10 })];

const percent = (v: number) => (Number.isFinite(v) ? (v * 100).toFixed(1).padStart(6) : '     –');
const range = ([low, high]: [number, number]) =>
  Number.isFinite(low) ? `${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}`.padStart(7) : '      –';

function row(runs: readonly Run[], rule: string): string {
  const f: Figures = figuresOf(runs, rule);
  const counts = [f.places, f.violations, f.determinable, f.claims, f.falseClaims].map((n) => String(n).padStart(6));
  return [
    rule.padEnd(15),
    ...counts,
    percent(precision(f)),
    range(interval(runs, rule, precision)),
    percent(recall(f)),
    range(interval(runs, rule, recall)),
    percent(plainRecall(f)),
    percent(undeterminedShare(f)),
    falsePer1000(f).toFixed(2).padStart(7),
  ].join(' ');
}

function wherever(run: Run, f: Finding): string {
  const at = ((f.start_ms - run.drive.start_ms) / 1000).toFixed(0);
  const factors = [f.match, f.map, f.observation].map((v) => v.toFixed(2)).join(' · ');
  const place = f.node ? `node ${f.node}` : f.relation ? `relation ${f.relation}` : '';
  return `${run.drive.id} at ${at} s: ${f.rule} way ${f.way} ${f.forward ? '+' : '-'} ${place} factors ${factors}`;
}

function report(all: Place[], receiver: Receiver): void {
  const runs = all.flatMap((place) => measure(place, receiver));
  console.log(`\n${receiver.name}`);
  console.log(
    'rule            places broken  deter. claims  false  prec. (95 %)  recall (95 %)  plain undet. f/1000km',
  );
  for (const rule of RULES) console.log(row(runs, rule));
  for (const run of runs) {
    for (const c of run.claims.filter((c) => c.truth === 'false')) console.log(`  false: ${wherever(run, c.finding)}`);
  }
}

/** The drive as each receiver saw it, and its truth, for `tomare analyze`. */
function dump(all: Place[], id: string): void {
  for (const place of all) {
    const drive = place.drives.find((d) => d.id === id);
    if (!drive) continue;
    const folder = join('out', 'accuracy');
    mkdirSync(folder, { recursive: true });
    for (const receiver of RECEIVERS) {
      const name = `${id} ${receiver.name}`.replaceAll(/[ ,]+/g, '-');
      console.log(writeDrive(receive(drive, receiver, seedOf(drive, receiver)), name));
    }
    writeFileSync(join(folder, `${id}.truth.json`), JSON.stringify(drive, null, 1));
    console.log(`${join(folder, `${id}.truth.json`)}\nmap: ${place.map}, profile ${place.spec.profile}`);
    return;
  }
  throw new Error(`no drive ${id}`);
}

const specs = places(options.split === 'train' ? 'train' : 'test', Number(options.share));
const all: Place[] = [];
for (const spec of specs) all.push(await drivesOf(spec));
if (options.dump !== '') dump(all, options.dump);
else {
  for (const { spec, drives, lost } of all) {
    const km = drives.reduce((sum, d) => sum + (d.end_m - d.begin_m) / 1000, 0);
    console.log(`${spec.name}: ${drives.length} drives, ${km.toFixed(0)} km, ${lost.length} lost`);
  }
  for (const receiver of RECEIVERS.filter((r) => r.name.includes(options.receiver))) report(all, receiver);
}
