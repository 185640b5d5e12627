// SPDX-License-Identifier: MIT
// Keeps an accepted full run: tables into docs/ACCURACY.md between its markers, plots beside it, figures and tables
// into bench/results, which a test compares with the page.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../machine.ts';
import { ROOT } from '../natives.ts';
import { keep } from '../results.ts';

const PAGE = join(ROOT, 'docs', 'ACCURACY.md');
const BEGIN = '<!-- accuracy -->';
const END = '<!-- /accuracy -->';

export function writePage(text: string, plots: Record<string, string>, results: object): void {
  const folder = join(ROOT, 'docs', 'accuracy');
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of Object.entries(plots)) writeFileSync(join(folder, name), svg);
  const page = readFileSync(PAGE, 'utf8');
  const [before = ''] = page.split(BEGIN);
  const after = page.split(END)[1] ?? '\n';
  writeFileSync(PAGE, `${before}${BEGIN}\n${text}\n${END}${after}`);
  const run = { machine: machine(), ...results, page: text };
  console.error(`kept as ${keep('accuracy', run)}`);
}
