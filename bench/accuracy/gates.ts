// SPDX-License-Identifier: MIT
// What `--quick` holds: the figures of the same drives in the kept run, less two points.
import { table } from './page.ts';
import type { Measured } from './pool.ts';
import {
  acquittedShare,
  type Figures,
  falsePer1000,
  figuresOf,
  plainRecall,
  precision,
  RULES,
  recall,
  totalOf,
  undeterminedShare,
} from './tables.ts';

/** Points of a hundred that a figure may be worse than the kept run's. */
const SLACK = 0.02;
/** Receivers of CI, one of each family. */
export const HELD = ['5 m, 1 s', 'phone'];

interface Held {
  name: string;
  value: number;
  /** Whether more is better. */
  more: boolean;
}

function heldOf(runs: readonly Measured[]): Held[] {
  const each = (rule: string, f: Figures): Held[] => [
    { name: `${rule} precision`, value: precision(f), more: true },
    { name: `${rule} recall`, value: recall(f), more: true },
    { name: `${rule} of all broken`, value: plainRecall(f), more: true },
    { name: `${rule} undetermined`, value: undeterminedShare(f), more: false },
  ];
  const total = totalOf(runs);
  return [
    ...RULES.flatMap((rule) => each(rule, figuresOf(runs, rule))),
    { name: 'wrongly acquitted', value: acquittedShare(total), more: false },
    { name: 'false per 1,000 km', value: falsePer1000(total), more: false },
  ];
}

export type Gates = Record<string, Record<string, number>>;

/** By receiver and name, for the kept run; what had no case is left out. */
export const gatesOf = (measured: ReadonlyMap<string, readonly Measured[]>): Gates =>
  Object.fromEntries(
    HELD.map((name) => {
      const told = heldOf(measured.get(name) ?? []).filter(({ value }) => Number.isFinite(value));
      return [name, Object.fromEntries(told.map((h) => [h.name, h.value]))];
    }),
  );

/** Prints each figure beside its gate; a missed gate fails the command. */
export function checkGates(measured: ReadonlyMap<string, readonly Measured[]>, kept: Gates): void {
  for (const receiver of HELD) {
    for (const { name, value, more } of heldOf(measured.get(receiver) ?? [])) {
      const was = kept[receiver]?.[name];
      if (was === undefined) continue;
      const gate = more ? was - SLACK : was + SLACK;
      const ok = more ? value >= gate - 1e-9 : value <= gate + 1e-9;
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${receiver}: ${name} ${value.toFixed(3)}, gate ${gate.toFixed(3)}`);
      if (!ok) process.exitCode = 1;
    }
  }
}

/** The figures of CI's drives and of all, for the page. */
export function gatesTable(quick: Gates, full: Gates): string {
  const rows = HELD.flatMap((receiver) =>
    Object.entries(quick[receiver] ?? {}).map(([name, value]) => [
      receiver,
      name,
      value.toFixed(3),
      full[receiver]?.[name]?.toFixed(3) ?? '–',
    ]),
  );
  return table(['receiver', 'figure', "on CI's drives", 'on all'], rows);
}
