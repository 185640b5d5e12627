// SPDX-License-Identifier: MIT
// The account of a reading: what was left out and why, what was not used, what a person must know.
import type { InputReport } from '../types.ts';
import type { Declaration, LeftOut, Role } from './format.ts';
import { LEFT_OUT } from './format.ts';

export interface Count {
  rows: number;
  first_line: number;
}

function count<K>(counts: Map<K, Count>, key: K, place: number, rows = 1): void {
  const found = counts.get(key);
  if (found) {
    found.rows += rows;
    found.first_line = Math.min(found.first_line, place);
  } else {
    counts.set(key, { rows, first_line: place });
  }
}

/** Warnings of one log, at most. */
const MOST_WARNINGS = 20;

export class Account {
  rows = 0;
  readonly columns: Partial<Record<Role, string>> = {};
  readonly ignored: string[] = [];
  preset: string | undefined;
  private readonly left = new Map<LeftOut, Count>();
  private readonly unusable = new Map<string, Count>();
  private readonly warnings: string[] = [];

  declare({ columns, ignored, preset }: Declaration): void {
    Object.assign(this.columns, columns);
    this.ignored.push(...(ignored ?? []));
    this.preset = preset ?? this.preset;
  }

  leaveOut(reason: LeftOut, place: number): void {
    count(this.left, reason, place);
  }

  noUse(column: string, place: number): void {
    count(this.unusable, column, place);
  }

  warn(text: string): void {
    if (this.warnings.length < MOST_WARNINGS && !this.warnings.includes(text)) this.warnings.push(text);
  }

  leftOut(...reasons: LeftOut[]): number {
    return [...this.left].reduce((sum, [reason, { rows }]) => {
      return sum + (reasons.length === 0 || reasons.includes(reason) ? rows : 0);
    }, 0);
  }

  report(rest: Pick<InputReport, 'format' | 'encoding' | 'speed_unit' | 'speed_ratio' | 'zone'>): InputReport {
    const order = (reason: LeftOut) => LEFT_OUT.indexOf(reason);
    return {
      format: rest.format,
      ...(this.preset === undefined ? {} : { preset: this.preset }),
      encoding: rest.encoding,
      sha256: '',
      columns: { ...this.columns } as Record<string, string>,
      speed_unit: rest.speed_unit,
      ignored: [...new Set(this.ignored)],
      zone: rest.zone,
      rows: this.rows,
      left_out: [...this.left]
        .sort(([a], [b]) => order(a) - order(b))
        .map(([reason, { rows, first_line }]) => ({ reason, rows, first_line })),
      unusable: [...this.unusable].map(([column, { rows, first_line }]) => ({ column, rows, first_line })),
      speed_ratio: rest.speed_ratio,
      warnings: [...this.warnings],
    };
  }
}

/** The account of fixes that come from no file. */
export function noFile(rows: number): InputReport {
  const account = new Account();
  account.rows = rows;
  const zone = { name: 'UTC', from: 'log' } as const;
  return account.report({ format: 'fixes', encoding: null, speed_unit: null, speed_ratio: null, zone });
}
