// SPDX-License-Identifier: MIT
// Colours of verdicts on standard output: on a terminal, unless NO_COLOR says otherwise; FORCE_COLOR has them anywhere.
import { styleText } from 'node:util';

const STYLES = { violated: 'red', possible: 'yellow', undetermined: 'gray', complied: 'green' } as const;

/** Whether colours are wanted, by https://no-color.org and https://force-color.org. */
function wanted({ FORCE_COLOR, NO_COLOR, TERM }: NodeJS.ProcessEnv = process.env): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return (NO_COLOR ?? '') === '' && TERM !== 'dumb' && process.stdout.isTTY === true;
}

export function paint(verdict: keyof typeof STYLES, cell: string): string {
  return wanted() ? styleText(STYLES[verdict], cell, { validateStream: false }) : cell;
}
