// SPDX-License-Identifier: MIT
// What is aimed at, beside what was seen: the distance is said, not hidden.
import { calibrate, confidenceOf, pairsOf } from './calibration.ts';
import type { Run } from './measure.ts';
import { table } from './page.ts';
import { falsePer1000, figuresOf, precision, RULES, recall, undeterminedShare } from './tables.ts';

export const AIM = {
  precision: 0.99,
  recall: 0.95,
  undetermined: 0.25,
  precisionSparse: 0.98,
  falsePer1000: 1,
  ece: 0.02,
};
const SURE = 0.95;
const MANY = 50;

type Row = [what: string, seen: number, aim: number, atLeast: boolean];

function rulesAt(runs: readonly Run[], name: string, sparse: boolean): Row[] {
  return RULES.flatMap((rule): Row[] => {
    const f = figuresOf(runs, rule);
    const exact: Row = [
      `${name}: ${rule}, precision`,
      precision(f),
      sparse ? AIM.precisionSparse : AIM.precision,
      true,
    ];
    if (sparse) return [exact];
    return [
      exact,
      [`${name}: ${rule}, recall`, recall(f), AIM.recall, true],
      [`${name}: ${rule}, undetermined`, undeterminedShare(f), AIM.undetermined, false],
    ];
  });
}

/** Of the claims that are surest, by stratum, the share that is true. */
function surest(measured: ReadonlyMap<string, readonly Run[]>): Row[] {
  return [...measured].flatMap(([name, runs]) =>
    RULES.flatMap((rule): Row[] => {
      const claims = runs
        .flatMap((run) => run.claims)
        .filter((c) => c.finding.rule === rule && c.truth !== 'unscored' && confidenceOf(c.finding) >= SURE);
      const share = claims.filter((c) => c.truth === 'true').length / claims.length;
      return claims.length >= MANY
        ? [[`${name}: ${rule}, true of the ${claims.length} surest`, share, SURE, true]]
        : [];
    }),
  );
}

/** Aims that are met are counted, those that are not are listed. */
export function aimsTable(measured: ReadonlyMap<string, readonly Run[]>): string {
  const rows: Row[] = [...measured].flatMap(([name, runs]) =>
    /^5 m, (1|5|10) s$/.test(name) ? rulesAt(runs, name, name !== '5 m, 1 s') : [],
  );
  const base = measured.get('5 m, 1 s') ?? [];
  const wrong = RULES.reduce((sum, rule) => sum + falsePer1000(figuresOf(base, rule)), 0);
  const ece = (runs: readonly Run[]) => calibrate(pairsOf(runs, 'confidence')).ece;
  rows.push(
    ['5 m, 1 s: false per 1,000 km', wrong, AIM.falsePer1000, false],
    ['5 m, 1 s: ECE', ece(base), AIM.ece, false],
  );
  rows.push(['all receivers: ECE', ece([...measured.values()].flat()), AIM.ece, false]);
  rows.push(...surest(measured));
  const told = rows.filter(([, seen]) => Number.isFinite(seen));
  const missed = told.filter(([, seen, aim, atLeast]) => (atLeast ? seen < aim : seen > aim));
  const head = `${told.length - missed.length} of ${told.length} aims are met`;
  if (missed.length === 0) return `${head}.`;
  return `${head}; these are not:\n\n${table(
    ['aim missed', 'seen', 'aim'],
    missed.map(([what, seen, aim, atLeast]) => [what, seen.toFixed(3), `${atLeast ? '≥' : '≤'} ${aim}`]),
  )}`;
}
