// SPDX-License-Identifier: MIT
// What is aimed at, beside what was seen: the distance is said, not hidden.
import { calibrate, confidenceOf, pairsOf } from './calibration.ts';
import { percent, table } from './page.ts';
import type { Measured } from './pool.ts';
import type { Receiver } from './receivers.ts';
import { acquittedShare, falsePer1000, figuresOf, plainRecall, RULES, recall, totalOf } from './tables.ts';

/** With speed and no more than GOOD_M of error, and for all other receivers. */
const FALSE_PER_1000_KM = { good: 0.5, other: 1 };
const ACQUITTED = { speed: 0.003, silent: 0.01 };
const ECE = { all: 0.02, each: 0.03 };
const GOOD_M = 10;
const SURE = 0.95;
const MANY = 50;

/** Found of all that was broken, at least. */
const BROKEN: readonly (readonly [receiver: string, rule: string, aim: number])[] = [
  ['5 m, 1 s', 'stop-sign', 0.7],
  ['5 m, 1 s, no speed', 'stop-sign', 0.4],
  ['phone', 'stop-sign', 0.7],
  ['phone, no speed', 'stop-sign', 0.4],
  ['5 m, 1 s', 'turn-ban', 0.85],
  ['phone', 'turn-ban', 0.85],
  ['5 m, 5 s', 'wrong-way', 0.6],
];

interface Aim {
  what: string;
  seen: number;
  aim: number;
  /** How both are written. */
  shown: (v: number) => string;
  atLeast?: boolean;
}

const asRate = (v: number) => v.toFixed(2);
const asShare = (v: number) => `${(100 * v).toFixed(2)} %`;
const asGap = (v: number) => v.toFixed(3);
const eceOf = (runs: readonly Measured[]) => calibrate(pairsOf(runs, 'confidence')).ece;

function ofReceiver(r: Receiver, runs: readonly Measured[]): Aim[] {
  const total = totalOf(runs);
  const good = r.doppler_mps !== null && r.sigma_m <= GOOD_M;
  return [
    {
      what: `${r.name}: false per 1,000 km lawful`,
      seen: falsePer1000(total),
      aim: good ? FALSE_PER_1000_KM.good : FALSE_PER_1000_KM.other,
      shown: asRate,
    },
    {
      what: `${r.name}: wrongly acquitted`,
      seen: acquittedShare(total),
      aim: r.doppler_mps === null ? ACQUITTED.silent : ACQUITTED.speed,
      shown: asShare,
    },
    { what: `${r.name}: ECE`, seen: eceOf(runs), aim: ECE.each, shown: asGap },
  ];
}

/** Of the claims that are surest, by stratum, the share that is true. */
function surest(name: string, runs: readonly Measured[]): Aim[] {
  return RULES.flatMap((rule): Aim[] => {
    const claims = runs
      .flatMap((run) => run.claims)
      .filter((c) => c.finding.rule === rule && c.truth !== 'unscored' && confidenceOf(c.finding) >= SURE);
    const seen = claims.filter((c) => c.truth === 'true').length / claims.length;
    if (claims.length < MANY) return [];
    const what = `${name}: ${rule}, true of the ${claims.length} surest`;
    return [{ what, seen, aim: SURE, shown: asShare, atLeast: true }];
  });
}

/** Aims that are met are counted, those that are not are listed. */
export function aimsTable(measured: ReadonlyMap<string, readonly Measured[]>, receivers: readonly Receiver[]): string {
  const all = [...measured.values()].flat();
  const rows: Aim[] = [{ what: 'all receivers: ECE', seen: eceOf(all), aim: ECE.all, shown: asGap }];
  for (const r of receivers) rows.push(...ofReceiver(r, measured.get(r.name) ?? []));
  for (const [name, rule, aim] of BROKEN) {
    const seen = plainRecall(figuresOf(measured.get(name) ?? [], rule));
    rows.push({ what: `${name}: ${rule}, of all broken`, seen, aim, shown: asShare, atLeast: true });
  }
  for (const rule of RULES) {
    const seen = recall(figuresOf(measured.get('5 m, 1 s') ?? [], rule));
    rows.push({ what: `5 m, 1 s: ${rule}, recall`, seen, aim: SURE, shown: asShare, atLeast: true });
  }
  for (const [name, runs] of measured) rows.push(...surest(name, runs));
  const told = rows.filter(({ seen }) => Number.isFinite(seen));
  const missed = told.filter(({ seen, aim, atLeast }) => (atLeast ? seen < aim : seen > aim));
  const head = `${told.length - missed.length} of ${told.length} aims are met`;
  if (missed.length === 0) return `${head}.`;
  const cells = ({ what, seen, aim, shown, atLeast }: Aim) => [
    what,
    shown(seen),
    `${atLeast ? '≥' : '≤'} ${shown(aim)}`,
  ];
  return `${head}; these are not:\n\n${table(['aim missed', 'seen', 'aim'], missed.map(cells))}`;
}

/** The aims that name a rule, met or not. */
export function brokenAims(measured: ReadonlyMap<string, readonly Measured[]>): string {
  const rows = BROKEN.map(([name, rule, aim]) => {
    const f = figuresOf(measured.get(name) ?? [], rule);
    return [name, rule, `${f.found} of ${f.violations}`, percent(plainRecall(f)), `≥ ${percent(aim)}`];
  });
  return table(['receiver', 'rule', 'found of all broken', '%', 'aim'], rows);
}
