// SPDX-License-Identifier: MIT
// Writes the tables of the documents from the kept runs in bench/results. usage: npm run bench -- documents [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../natives.ts';
import { renewed, SHOWING } from './blocks.ts';

const check = process.argv.includes('--check');
for (const name of SHOWING) {
  const file = join(ROOT, name);
  const text = readFileSync(file, 'utf8');
  const fresh = renewed(text);
  if (fresh === text) continue;
  if (check) throw new Error(`${name} shows other figures than bench/results: npm run bench -- documents`);
  writeFileSync(file, fresh);
  console.log(`${name} is renewed`);
}
