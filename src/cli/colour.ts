// SPDX-License-Identifier: MIT
// Colours of verdicts on standard output, where Node finds that it has some: NO_COLOR and FORCE_COLOR are honoured.
import { styleText } from 'node:util';

const STYLES = { violated: 'red', possible: 'yellow', undetermined: 'gray', complied: 'green' } as const;

export function paint(verdict: keyof typeof STYLES, cell: string): string {
  return styleText(STYLES[verdict], cell, { stream: process.stdout });
}
