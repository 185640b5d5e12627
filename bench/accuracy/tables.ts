// SPDX-License-Identifier: MIT
// From runs to the figures of the tables: precision, recall, undetermined share, false findings per 1,000 km.
import { random } from '../../mapdata/demo/simulate.ts';
import { quantile } from '../statistics.ts';
import type { Run } from './measure.ts';

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
}

export function figuresOf(runs: readonly Run[], rule: string): Figures {
  const f: Figures = {
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
  };
  for (const run of runs) {
    const lawful = LAWFUL.has(run.drive.behaviour);
    if (lawful) f.lawfulKm += run.km;
    for (const { event, answer, determinable } of run.events) {
      if (event.rule !== rule) continue;
      f.places++;
      if (answer === 'undetermined' || answer === 'possible') f.undetermined++;
      if (event.state !== 'violated') continue;
      f.violations++;
      if (determinable) f.determinable++;
      if (answer === 'violated') f.found++;
      if (answer === 'violated' && determinable) f.foundDeterminable++;
    }
    for (const { finding, truth } of run.claims) {
      if (finding.rule !== rule || truth === 'unscored') continue;
      f.claims++;
      if (truth === 'false') f.falseClaims++;
      if (truth === 'false' && lawful) f.falseLawful++;
    }
  }
  return f;
}

export const precision = (f: Figures) => 1 - f.falseClaims / f.claims;
export const recall = (f: Figures) => f.foundDeterminable / f.determinable;
export const plainRecall = (f: Figures) => f.found / f.violations;
export const undeterminedShare = (f: Figures) => f.undetermined / f.places;
export const falsePer1000 = (f: Figures) => (f.falseLawful / f.lawfulKm) * 1000;

/** 95 % interval over resampled drives: a drive's findings are not independent. */
export function interval(runs: readonly Run[], rule: string, value: (f: Figures) => number): [number, number] {
  const each = runs.map((run) => figuresOf([run], rule));
  const next = random(7);
  const values = Array.from({ length: 400 }, () => {
    const sum = { ...figuresOf([], rule) };
    for (let i = 0; i < each.length; i++) {
      const one = each[Math.floor(next() * each.length)] as Figures;
      for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += one[key];
    }
    return value(sum);
  }).filter(Number.isFinite);
  values.sort((a, b) => a - b);
  return [quantile(values, 0.025), quantile(values, 0.975)];
}
