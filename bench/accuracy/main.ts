// SPDX-License-Identifier: MIT
// Accuracy on simulated drives with known truth (docs/ACCURACY.md).
// usage: npm run bench -- accuracy [--quick] [--split train|test] [--share 0.2] [--place NAME] [--receiver TEXT]
//   [--dump DRIVE] [--keep] [--peers] [--missed] [--fit]
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { keep, newest } from '../results.ts';
import { aimsTable } from './aims.ts';
import { calibrate, pairsOf, type Quantity } from './calibration.ts';
import { type Comparison, compare, kubickaTable, routeTable, wrongWayTable } from './compare.ts';
import { drivesOf, type Place } from './drives.ts';
import { dump } from './dump.ts';
import { fitTable } from './fit.ts';
import { checkGates } from './gates.ts';
import { mapErrorsTable } from './map_errors.ts';
import { measure, type Run } from './measure.ts';
import { calibrationTable, falseTable, missedTable, percent, receiversTable, rulesTable, table } from './page.ts';
import { places } from './places.ts';
import { overIntervals, reliability } from './plots.ts';
import { BASE, canyonLog, GRID, OTHERS, type Receiver } from './receivers.ts';
import { driveMismatch, shareOf } from './route.ts';
import { figuresOf, precision, RULES, recall, undeterminedShare } from './tables.ts';
import { checkSees } from './truth_check.ts';
import { writePage } from './write.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    split: { type: 'string', default: 'test' },
    share: { type: 'string', default: '' },
    place: { type: 'string', default: '' },
    receiver: { type: 'string', default: '' },
    dump: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    missed: { type: 'boolean', default: false },
    fit: { type: 'boolean', default: false },
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
    const lawful = drives.filter((d) => d.events.every((e) => e.state !== 'violated'));
    const lawfulKm = lawful.reduce((sum, d) => sum + (d.end_m - d.begin_m) / 1000, 0);
    return [spec.name, spec.profile, `${drives.length}`, km.toFixed(0), lawfulKm.toFixed(0), `${lost.length}`];
  });
  return table(['place', 'law', 'drives', 'km', 'of it on drives that break nothing', 'drives lost'], rows);
}

function gridTable(all: readonly Place[]): { text: string; shares: Record<string, number> } {
  const shares: Record<string, number> = {};
  for (const receiver of GRID) {
    const runs = all.flatMap((place) => measure(place, receiver));
    shares[receiver.name] = shareOf(runs.map((run) => driveMismatch(run.drive, run.at, run.route)));
  }
  const steps = [1, 5, 10, 30, 60];
  const rows = [3, 5, 10, 20].map((s) => [
    `σ ${s} m`,
    ...steps.map((t) => percent(shares[`${s} m, ${t} s`] ?? Number.NaN)),
  ]);
  return { text: table(['route mismatch %', ...steps.map((t) => `${t} s`)], rows), shares };
}

function calibrations(measured: ReadonlyMap<string, readonly Run[]>) {
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
  return { parts, strata: { ...byRule, ...byReceiver } };
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
const summary = (runs: readonly Run[]) =>
  Object.fromEntries(
    RULES.map((rule) => {
      const f = figuresOf(runs, rule);
      return [rule, { ...f, precision: precision(f), recall: recall(f), undetermined_share: undeterminedShare(f) }];
    }),
  );

async function run(all: readonly Place[], receivers: readonly Receiver[]): Promise<void> {
  say(placesTable(all));
  const measured = new Map(
    receivers.map((r) => [r.name, all.flatMap((place) => measure(place, r).map((run) => ({ ...run, route: [] })))]),
  );
  for (const { name } of BASE) {
    const runs = measured.get(name);
    if (!runs) continue;
    say(`\n### ${name}\n\n${rulesTable(runs)}`);
    say(`\nFalse on drives that break no rule:\n\n${falseTable(runs, true)}`);
    say(`\nFalse on the others:\n\n${falseTable(runs, false)}`);
    if (options.missed) console.log(`\nDeterminable and not found:\n\n${missedTable(runs)}`);
  }
  if (options.quick) {
    for (const place of all) checkSees(place);
    if (all.length > 1) checkGates(measured);
    else console.log('skip  gates: they are for both towns together');
  }
  if (options.quick || options.missed) return;
  say(`\n### Receivers: precision · recall of the determinable, percent\n\n${receiversTable(measured)}`);
  say(`\n### Aims\n\n${aimsTable(measured)}`);
  const { parts, strata } = calibrations(measured);
  say(`\n### Calibration, all receivers\n\n${calibrationTable({ ...parts, ...strata })}`);
  const grid = gridTable(all);
  say(`\n### Route\n\n${grid.text}`);
  const errors = await mapErrorsTable(all);
  say(`\n### Wrong maps, 5 m, 1 s\n\n${errors.text}`);
  const peers = newest<Comparison>('peer_routes');
  if (peers) say(peersText(peers));
  if (!options.keep) return;
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
    },
  );
}

const share = options.share === '' ? (options.quick ? 0.25 : 1) : Number(options.share);
const specs = places(options.split === 'train' ? 'train' : 'test', share, options.quick);
const all: Place[] = [];
for (const spec of specs.filter((s) => s.name.includes(options.place))) all.push(await drivesOf(spec));
const receivers = [...BASE, ...((options.quick && !options.fit) || options.missed ? [] : OTHERS)]
  .filter((r) => r.name.includes(options.receiver))
  .filter((r) => !r.canyon || canyonLog().length > 0);
if (canyonLog().length === 0) console.log('skip  urban canyon: ../shared/data is missing');
if (options.dump !== '') dump(all, options.dump);
else if (options.peers) await runPeers(all);
else if (options.fit) console.log(fitTable(all, receivers));
else await run(all, receivers);
