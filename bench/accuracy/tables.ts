// SPDX-License-Identifier: MIT
// From runs to the figures of the tables: precision, recall, undetermined share, false findings per 1,000 km.
import { random } from '../../mapdata/demo/simulate.ts';
import { quantile } from '../statistics.ts';
import type { Measured } from './pool.ts';
import type { Claim, Judged } from './score.ts';

/** Behaviours that break no rule. */
export const LAWFUL = new Set(['lawful', 'u-turn', 'parking']);
export const RULES = ['stop-sign', 'level-crossing', 'wrong-way', 'no-entry', 'turn-ban', 'speeding'];

export interface Figures {
  violations: number;
  determinable: number;
  found: number;
  foundDeterminable: number;
  undetermined: number;
  /** Events violated or complied that are places of the rule. */
  places: number;
  claims: number;
  falseClaims: number;
  lawfulKm: number;
  falseLawful: number;
  /** Findings `possible` on lawful drives. */
  possibleLawful: number;
  /** Answers `complied`, and those of them where the rule was broken. */
  complied: number;
  acquitted: number;
  /** Determinable by the plain definition, and found of them. */
  plainly: number;
  foundPlainly: number;
  /** Claims of speeding without a sign, scored. */
  unsigned: number;
  falseUnsigned: number;
}

const NONE: Figures = {
  violations: 0,
  determinable: 0,
  found: 0,
  foundDeterminable: 0,
  undetermined: 0,
  places: 0,
  claims: 0,
  falseClaims: 0,
  lawfulKm: 0,
  falseLawful: 0,
  possibleLawful: 0,
  complied: 0,
  acquitted: 0,
  plainly: 0,
  foundPlainly: 0,
  unsigned: 0,
  falseUnsigned: 0,
};

function countEvent(f: Figures, { event, answer, determinable, plainly }: Judged): void {
  f.places++;
  if (answer === 'undetermined' || answer === 'possible') f.undetermined++;
  if (answer === 'complied') f.complied++;
  if (event.state !== 'violated') return;
  const found = answer === 'violated' ? 1 : 0;
  f.violations++;
  f.found += found;
  if (answer === 'complied') f.acquitted++;
  if (determinable) {
    f.determinable++;
    f.foundDeterminable += found;
  }
  if (plainly) {
    f.plainly++;
    f.foundPlainly += found;
  }
}

function countClaim(f: Figures, { truth, unsigned }: Claim, lawful: boolean): void {
  if (truth === 'unscored') return;
  const wrong = truth === 'false' ? 1 : 0;
  f.claims++;
  f.falseClaims += wrong;
  if (lawful) f.falseLawful += wrong;
  if (!unsigned) return;
  f.unsigned++;
  f.falseUnsigned += wrong;
}

export function figuresOf(runs: readonly Measured[], rule: string): Figures {
  const f = { ...NONE };
  for (const run of runs) {
    const lawful = LAWFUL.has(run.drive.behaviour);
    if (lawful) {
      f.lawfulKm += run.km;
      f.possibleLawful += run.possible.filter((r) => r === rule).length;
    }
    for (const judged of run.events) if (judged.event.rule === rule) countEvent(f, judged);
    for (const claim of run.claims) if (claim.finding.rule === rule) countClaim(f, claim, lawful);
  }
  return f;
}

/** Of all rules together. */
export function totalOf(runs: readonly Measured[]): Figures {
  const all = RULES.map((rule) => figuresOf(runs, rule));
  const sum = { ...NONE };
  for (const f of all) for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += f[key];
  sum.lawfulKm = all[0]?.lawfulKm ?? 0;
  return sum;
}

export const precision = (f: Figures) => 1 - f.falseClaims / f.claims;
export const recall = (f: Figures) => f.foundDeterminable / f.determinable;
export const plainRecall = (f: Figures) => f.found / f.violations;
export const undeterminedShare = (f: Figures) => f.undetermined / f.places;
export const acquittedShare = (f: Figures) => f.acquitted / f.complied;
export const plainlyRecall = (f: Figures) => f.foundPlainly / f.plainly;
export const falsePer1000 = (f: Figures) => (f.falseLawful / f.lawfulKm) * 1000;

/** 95 % interval over resampled drives: a drive's findings are not independent. */
export function interval(runs: readonly Measured[], rule: string, value: (f: Figures) => number): [number, number] {
  const each = runs.map((run) => figuresOf([run], rule));
  const next = random(7);
  const values = Array.from({ length: 400 }, () => {
    const sum = { ...NONE };
    for (let i = 0; i < each.length; i++) {
      const one = each[Math.floor(next() * each.length)] as Figures;
      for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += one[key];
    }
    return value(sum);
  }).filter(Number.isFinite);
  values.sort((a, b) => a - b);
  return [quantile(values, 0.025), quantile(values, 0.975)];
}

/** Of n trials without an event, the share that may still have one, at 95 %: the rule of three. */
export const RULE_OF_THREE = 3;
/** An event's share in per cent, or its bound where none was seen. */
export function shareOrBound(count: number, trials: number): string {
  if (trials === 0) return '–';
  const shown = (share: number) => (100 * share).toFixed(share < 0.0995 ? 2 : 1);
  return count > 0 ? shown(count / trials) : `≤ ${shown(Math.min(1, RULE_OF_THREE / trials))}`;
}

/** Events per 1,000 km, or the bound where none was seen. */
export const rateOrBound = (count: number, km: number): string =>
  count > 0 ? ((1000 * count) / km).toFixed(2) : `≤ ${((1000 * RULE_OF_THREE) / km).toFixed(2)}`;
