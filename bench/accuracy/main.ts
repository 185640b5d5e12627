// SPDX-License-Identifier: MIT
// Accuracy on simulated drives with known truth (docs/ACCURACY.md).
// usage: npm run bench -- accuracy [--quick] [--split train|test] [--share 0.2] [--place NAME] [--receiver TEXT]
//   [--dump DRIVE] [--keep] [--peers] [--missed] [--fit] [--figures]
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { keep, newest } from '../results.ts';
import { aimsTable, brokenAims } from './aims.ts';
import { calibrate, pairsOf, type Quantity } from './calibration.ts';
import { type Comparison, compare, kubickaTable, routeTable, wrongWayTable } from './compare.ts';
import { drivesOf, type Place, python } from './drives.ts';
import { dump } from './dump.ts';
import { fitTable } from './fit.ts';
import { checkGates, type Gates, gatesOf, gatesTable, HELD } from './gates.ts';
import { mapErrorsTable } from './map_errors.ts';
import {
  acquittalsTable,
  acquittedTable,
  brokenTable,
  calibrationTable,
  definitionsTable,
  errorsTable,
  falseTable,
  kindsTable,
  missedTable,
  NONE,
  percent,
  receiversTable,
  rulesTable,
  table,
} from './page.ts';
import { places, type Spec } from './places.ts';
import { overIntervals, reliability } from './plots.ts';
import { type Measured, measureAll } from './pool.ts';
import { realDrives } from './real.ts';
import { BASE, canyonLog, FITTED, GRID, OTHERS, type Receiver } from './receivers.ts';
import { shareOf } from './route.ts';
import { figuresOf, LAWFUL, precision, RULES, recall, undeterminedShare } from './tables.ts';
import { checkSees } from './truth_check.ts';
import { writePage } from './write.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    split: { type: 'string', default: 'test' },
    share: { type: 'string', default: '1' },
    place: { type: 'string', default: '' },
    receiver: { type: 'string', default: '' },
    dump: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    missed: { type: 'boolean', default: false },
    fit: { type: 'boolean', default: false },
    figures: { type: 'boolean', default: false },
  },
});

const sections: string[] = [];
function say(text: string): void {
  sections.push(text);
  console.log(text);
}

function placesTable(all: readonly Place[]): string {
  const rows = all.map(({ spec, drives, lost }) => {
    const km = drives.reduce((sum, d) => sum + (d.end_m - d.begin_m) / 1000, 0);
    const lawful = drives.filter((d) => LAWFUL.has(d.behaviour));
    const lawfulKm = lawful.reduce((sum, d) => sum + (d.end_m - d.begin_m) / 1000, 0);
    return [spec.name, spec.profile, `${drives.length}`, km.toFixed(0), lawfulKm.toFixed(0), `${lost.length}`];
  });
  return table(['place', 'law', 'drives', 'km', 'of it on drives that break nothing', 'drives lost'], rows);
}

async function gridTable(all: readonly Place[]): Promise<{ text: string; shares: Record<string, number> }> {
  const measured = await measureAll(
    all,
    GRID.map((receiver) => ({ receiver })),
  );
  const shares = Object.fromEntries(
    GRID.map(({ name }, i) => [name, shareOf((measured[i] ?? []).map((run) => run.mismatch))]),
  );
  const steps = [1, 5, 10, 30, 60];
  const rows = [3, 5, 10, 20].map((s) => [
    `σ ${s} m`,
    ...steps.map((t) => percent(shares[`${s} m, ${t} s`] ?? Number.NaN)),
  ]);
  return { text: table(['route mismatch %', ...steps.map((t) => `${t} s`)], rows), shares };
}

function calibrations(measured: ReadonlyMap<string, readonly Measured[]>) {
  const pooled = [...measured.values()].flat();
  const quantities: Quantity[] = ['confidence', 'match', 'map', 'observation'];
  const parts = Object.fromEntries(quantities.map((q) => [q, calibrate(pairsOf(pooled, q))]));
  const byRule = Object.fromEntries(
    RULES.map((rule) => {
      const only = pooled.map((run) => ({ ...run, claims: run.claims.filter((c) => c.finding.rule === rule) }));
      return [`confidence, ${rule}`, calibrate(pairsOf(only, 'confidence'))];
    }),
  );
  const byReceiver = Object.fromEntries(
    [...measured].map(([name, runs]) => [`confidence, ${name}`, calibrate(pairsOf(runs, 'confidence'))]),
  );
  const second = new Set(FITTED.map((r) => r.name));
  const ofFamily = (is: boolean) => [...measured].flatMap(([name, runs]) => (second.has(name) === is ? runs : []));
  const byFamily = {
    'confidence, first family': calibrate(pairsOf(ofFamily(false), 'confidence')),
    'confidence, second family': calibrate(pairsOf(ofFamily(true), 'confidence')),
  };
  return { parts, strata: { ...byFamily, ...byRule, ...byReceiver } };
}

const peersText = (peers: Comparison) =>
  `\n### Beside the open matchers\n\n${wrongWayTable(peers)}\n\n${routeTable(peers)}\n\n${kubickaTable(peers.kubicka)}`;

/** The peers alone: their results are kept apart, for the next page. */
async function runPeers(all: readonly Place[]): Promise<void> {
  const peers = await compare(all);
  console.log(peersText(peers));
  if (options.keep) console.error(`kept as ${keep('peer_routes', { machine: machine(), ...peers })}`);
}

/** Precision, recall and undetermined share by rule, for the JSON. */
const summary = (runs: readonly Measured[]) =>
  Object.fromEntries(
    RULES.map((rule) => {
      const f = figuresOf(runs, rule);
      return [rule, { ...f, precision: precision(f), recall: recall(f), undetermined_share: undeterminedShare(f) }];
    }),
  );

async function measuredBy(all: readonly Place[], receivers: readonly Receiver[]) {
  const byJob = await measureAll(
    all,
    receivers.map((receiver) => ({ receiver })),
  );
  return new Map(receivers.map((r, i) => [r.name, byJob[i] ?? []]));
}

/** Receivers with a table of their own, by rule: the basic ones and a phone of the second family. */
const SHOWN = [...BASE.map((r) => r.name), 'phone', 'phone, city', 'phone, no speed', 'tracker, 5 s'];

/** What a reader asks first, over all receivers: how many claims are false, what is found, who is acquitted. */
function sayReceivers(measured: ReadonlyMap<string, readonly Measured[]>): void {
  say(`\n### All receivers: false of all claims · recall of the determinable, per cent\n\n${receiversTable(measured)}`);
  say(`\n### All receivers: found of all broken, per cent\n\n${brokenTable(measured)}`);
  say(`\n### All receivers: false accusations, acquittals, confidence\n\n${errorsTable(measured)}`);
  say(`\n### All receivers: wrongly acquitted, of those found to comply\n\n${acquittalsTable(measured)}`);
  say(`\n### All receivers: recall by the narrow · by the plain definition, per cent\n\n${definitionsTable(measured)}`);
}

/** Single receivers by rule, and the false claims on lawful drives; other errors go to the terminal alone. */
function sayDetails(measured: ReadonlyMap<string, readonly Measured[]>): void {
  for (const [name, runs] of measured) if (SHOWN.includes(name)) say(`\n### ${name}: by rule\n\n${rulesTable(runs)}`);
  say('\n### Each false claim on a drive that breaks no rule');
  for (const [name, runs] of measured) {
    const wrong = [falseTable(runs, true), falseTable(runs, false)];
    if (wrong[0] !== NONE) say(`\n${name}:\n\n${wrong[0]}`);
    if (wrong[1] !== NONE) console.log(`\n${name}: false on the others:\n\n${wrong[1]}`);
    const acquitted = acquittedTable(runs);
    if (acquitted !== NONE) console.log(`\n${name}: wrongly acquitted:\n\n${acquitted}`);
    if (options.missed) console.log(`\n${name}: determinable and not found:\n\n${missedTable(runs)}`);
  }
}

async function run(all: readonly Place[], receivers: readonly Receiver[]): Promise<void> {
  say(`### The drives\n\n${placesTable(all)}`);
  const measured = await measuredBy(all, receivers);
  sayReceivers(measured);
  sayDetails(measured);
  if (options.missed) return;
  if (options.quick) {
    for (const place of all) checkSees(place);
    const kept = newest<{ gates?: Gates }>('accuracy')?.gates;
    if (!kept) throw new Error('bench/results/accuracy.json has no gates: npm run bench -- accuracy --keep');
    if (all.length > 1) checkGates(measured, kept);
    else console.log('skip  gates: they are for both towns together');
    return;
  }
  for (const name of HELD) say(`\n### Signs, days and cities: ${name}\n\n${kindsTable(measured.get(name) ?? [])}`);
  const { parts, strata } = calibrations(measured);
  say(`\n### Calibration, all receivers\n\n${calibrationTable({ ...parts, ...strata })}`);
  say(`\n### Aims\n\n${brokenAims(measured)}\n\n${aimsTable(measured, receivers)}`);
  if (options.figures) return;
  const grid = await gridTable(all);
  say(`\n### Route\n\n${grid.text}`);
  const errors = await mapErrorsTable(all);
  say(`\n### Wrong maps, 5 m, 1 s\n\n${errors.text}`);
  say(`\n### Real drives\n\n${await realDrives()}`);
  const peers = newest<Comparison>('peer_routes');
  if (peers) say(peersText(peers));
  if (!options.keep) return;
  const gates = gatesOf(
    await measuredBy(
      await made(places('test', QUICK_SHARE, true)),
      receivers.filter((r) => HELD.includes(r.name)),
    ),
  );
  say(`\n### What CI holds\n\n${gatesTable(gates, gatesOf(measured))}`);
  const intervals = [1, 2, 5, 10, 30, 60].filter((s) => measured.has(`5 m, ${s} s`));
  const line = (value: (f: ReturnType<typeof figuresOf>) => number) =>
    Object.fromEntries(
      RULES.map((r) => [r, intervals.map((s) => value(figuresOf(measured.get(`5 m, ${s} s`) ?? [], r)))]),
    );
  writePage(
    sections.join('\n'),
    {
      'reliability.svg': reliability(parts),
      'recall.svg': overIntervals('Recall of the determinable', intervals, line(recall)),
      'undetermined.svg': overIntervals('Undetermined', intervals, line(undeterminedShare)),
    },
    {
      rules: Object.fromEntries([...measured].map(([name, runs]) => [name, summary(runs)])),
      calibration: { ...parts, ...strata },
      route: grid.shares,
      map_errors: errors.figures,
      gates,
    },
  );
}

/** All at once: each is made by a process of its own. */
const made = (specs: readonly Spec[]): Promise<Place[]> => {
  python();
  return Promise.all(specs.map((spec) => drivesOf(spec)));
};

const QUICK_SHARE = 0.25;
const specs = places(options.split === 'train' ? 'train' : 'test', options.quick ? QUICK_SHARE : 1, options.quick);
const every = await made(specs.filter((s) => s.name.includes(options.place)));
const share = Number(options.share);
/** Of each place as many drives, spread over all kinds. */
const all = every.map((place) => ({
  ...place,
  drives: place.drives.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share)),
}));
const FIRST = [...BASE, ...OTHERS].filter((r) => !r.canyon || canyonLog().length > 0);
if (canyonLog().length === 0) console.log('skip  urban canyon: ../shared/data is missing');
const receivers = [...FIRST, ...FITTED]
  .filter((r) => !(options.quick && !options.fit) || HELD.includes(r.name))
  .filter((r) => r.name.includes(options.receiver));
if (options.dump !== '') dump(all, options.dump);
else if (options.peers) await runPeers(all);
else if (options.fit) console.log(await fitTable(all, { 'first family': FIRST, 'second family': FITTED }));
else await run(all, receivers);
