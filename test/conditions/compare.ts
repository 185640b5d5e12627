// SPDX-License-Identifier: MIT
// Our evaluator against npm opening_hours: every distinct condition of ../shared/data/maps and
// generated ones, at random instants of three years in Tokyo. Where both know, they must agree.
// usage: compare.ts [generated] [instants]. Runs in TZ=Asia/Tokyo, as the oracle takes the process's zone.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Oracle from 'opening_hours';
import { type ConditionPlace, evaluate } from './evaluator.ts';
import { Generator, random } from './generate.ts';
import { mapConditions } from './map_conditions.ts';

if (process.env['TZ'] !== 'Asia/Tokyo') throw new Error('run with TZ=Asia/Tokyo');
const generated = Number(process.argv[2] ?? 10000);
const instants = Number(process.argv[3] ?? 500);
const DAY = 86400000;
const OFFSET = 540;
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2028, 11, 31);
const nominatim = {
  lat: '35.6581',
  lon: '139.7414',
  address: { country: 'Japan', country_code: 'jp', state: 'Tokyo' },
} as unknown as ConstructorParameters<typeof Oracle>[1];

/** Days on which the oracle sees a public holiday: both sides must mean the same days. */
function holidays(): number[] {
  const days: number[] = [];
  const asked = new Oracle('PH', nominatim);
  for (let t = FROM - 2 * DAY; t <= TO + 2 * DAY; t += DAY) if (asked.getState(new Date(t))) days.push(t / DAY);
  return days;
}

const place: ConditionPlace = {
  lat: 35.6581,
  lon: 139.7414,
  offset_minutes: OFFSET,
  holidays: holidays(),
  holidays_from: FROM / DAY - 1,
  holidays_to: TO / DAY + 1,
};

const unsupported = { ours: [] as string[], oracle: [] as string[] };
const wrong: string[] = [];
let compared = 0;
let undetermined = 0;

function oracleOf(text: string): Oracle | undefined {
  try {
    return new Oracle(text, nominatim);
  } catch {
    return undefined;
  }
}

function compare(text: string, next: () => number): void {
  const times = Array.from({ length: instants }, () => Math.floor((FROM + next() * (TO - FROM)) / 1000) * 1000);
  const answers = evaluate(text, times, place);
  if (!answers) {
    unsupported.ours.push(text);
    return;
  }
  const oracle = oracleOf(text);
  if (!oracle) {
    unsupported.oracle.push(text);
    return;
  }
  for (const [i, answer] of answers.entries()) {
    const at = new Date(times[i] as number);
    if (answer === 'unknown' || oracle.getUnknown(at)) {
      undetermined++;
      continue;
    }
    compared++;
    if (oracle.getState(at) === (answer === 'yes')) continue;
    wrong.push(`${text}  at ${at.toString()}: ours ${answer}`);
    return;
  }
}

const maps = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'maps');
const real = new Set<string>();
if (existsSync(maps)) {
  for (const file of readdirSync(maps).filter((f) => f.endsWith('.pbf'))) {
    for (const text of mapConditions(join(maps, file))) real.add(text);
  }
} else {
  console.log('skipped: the conditions of ../shared/data/maps, for the folder is missing');
}

const next = random(20261125);
for (const text of [...real].sort()) compare(text, next);
const realUnsupported = [...unsupported.ours];
const generator = new Generator(7);
for (let i = 0; i < generated; i++) compare(generator.condition(), next);

const share = (n: number, of: number) => `${n} of ${of} (${((100 * n) / Math.max(of, 1)).toFixed(1)} %)`;
console.log(`real conditions not supported: ${share(realUnsupported.length, real.size)}`);
for (const text of realUnsupported) console.log(`  ${text}`);
console.log(
  `generated conditions not supported: ${share(unsupported.ours.length - realUnsupported.length, generated)}`,
);
console.log(`refused by the oracle: ${unsupported.oracle.length}`);
for (const text of unsupported.oracle.slice(0, 20)) console.log(`  ${text}`);
console.log(`instants compared: ${compared}; one of the two does not know: ${undetermined}`);
console.log(`conditions that disagree: ${wrong.length}`);
for (const text of wrong.slice(0, 40)) console.log(`  ${text}`);
process.exitCode = wrong.length > 0 ? 1 : 0;
