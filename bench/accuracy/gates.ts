// SPDX-License-Identifier: MIT
// What `--quick` holds: a little less than what was seen, and how far that is from the aims, said openly.
import { AIM } from './aims.ts';
import type { Run } from './measure.ts';
import { figuresOf, precision, RULES, recall, undeterminedShare } from './tables.ts';

interface Gate {
  precision: number;
  recall: number;
  undetermined: number;
}

/** By rule, at 5 m and 1 s. */
const GATES: Record<string, Gate> = {
  'stop-sign': { precision: 0.93, recall: 0.93, undetermined: 0.2 },
  'level-crossing': { precision: 0.93, recall: 0.85, undetermined: 0.25 },
  'wrong-way': { precision: 0.95, recall: 0.8, undetermined: 0.2 },
  'no-entry': { precision: 0.88, recall: 0.9, undetermined: 0.1 },
  'turn-ban': { precision: 0.8, recall: 0.55, undetermined: 0.05 },
  speeding: { precision: 0.95, recall: 0.95, undetermined: 0.1 },
};
const FALSE_PER_1000_KM = 5;

/** Prints each figure beside its gate and aim; a missed gate fails the command. */
export function checkGates(measured: ReadonlyMap<string, readonly Run[]>): void {
  const runs = measured.get('5 m, 1 s') ?? [];
  const hold = (name: string, value: number, gate: number, aim: number, atLeast: boolean) => {
    const ok = atLeast ? value >= gate : value <= gate;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${value.toFixed(3)}, gate ${gate}, aim ${aim}`);
    if (!ok) process.exitCode = 1;
  };
  for (const rule of RULES) {
    const f = figuresOf(runs, rule);
    const gate = GATES[rule] as Gate;
    hold(`${rule} precision`, precision(f), gate.precision, AIM.precision, true);
    hold(`${rule} recall`, recall(f), gate.recall, AIM.recall, true);
    hold(`${rule} undetermined`, undeterminedShare(f), gate.undetermined, AIM.undetermined, false);
  }
  const all = RULES.map((rule) => figuresOf(runs, rule));
  const km = all[0]?.lawfulKm ?? 0;
  const wrong = all.reduce((sum, f) => sum + f.falseLawful, 0);
  hold('false per 1,000 km', (wrong / km) * 1000, FALSE_PER_1000_KM, AIM.falsePer1000, false);
}
