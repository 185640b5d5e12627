// SPDX-License-Identifier: MIT
// Prints, for every way of spoiling a channel and every drive of the town, what is found beside what the true
// channels show. usage: node test/channels/table.ts [--each]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCURACIES, COURSES, type Damage, SPEEDS } from './damage.ts';
import { type Comparison, compare, openTown } from './judged.ts';

const TRUE: Damage = { name: 'true channels', spoil: () => ({}) };
const folder = mkdtempSync(join(tmpdir(), 'tomare-channels-'));
const town = await openTown(folder);
const each = process.argv.includes('--each');

function line(damage: Damage, every: number, all: Comparison[]): string {
  const sum = (value: (c: Comparison) => number) => all.reduce((total, c) => total + value(c), 0);
  const notes = new Map<string, number>();
  for (const c of all) for (const note of c.analysis.channels.notes) notes.set(note, (notes.get(note) ?? 0) + 1);
  const said = [...notes].map(([note, n]) => `${note} ${n}`).join(', ');
  const figures = [sum((c) => c.violated), sum((c) => c.undetermined)];
  const wrong = [sum((c) => c.unearned.length), sum((c) => c.acquitted.length)];
  const cells = [...figures, ...wrong].map((n) => String(n).padStart(5)).join('');
  return `${damage.name.padEnd(34)}${String(every).padStart(3)} s${cells}   ${said}`;
}

console.log(`${'damage'.padEnd(34)} step viol. undet. unearned, wrongly complied   what is said (drives of 15)`);
let wrong = 0;
for (const every of [1, 5]) {
  for (const damage of [TRUE, ...SPEEDS, ...COURSES, ...ACCURACIES]) {
    const all = town.drives.map((drive) => compare(town, drive, damage, every));
    console.log(line(damage, every, all));
    for (const c of all) {
      for (const text of c.unearned) console.log(`    ${c.drive}: accused without cause: ${text}`);
      for (const text of c.acquitted) console.log(`    ${c.drive}: complied without cause: ${text}`);
      if (damage !== TRUE) wrong += c.unearned.length + c.acquitted.length;
      if (!each) continue;
      const found = c.analysis.findings.map((f) => `${f.rule} ${f.verdict} ${f.reasons.join(' ')}`);
      const { speed_ratio, speed_aside, speed_fixes } = c.analysis.channels;
      console.log(`    ${c.drive}: ratio ${speed_ratio?.toFixed(3)}, ${speed_aside} of ${speed_fixes} aside`);
      for (const text of found) console.log(`        ${text}`);
    }
  }
}
rmSync(folder, { recursive: true });
console.log(`${wrong} accusations or acquittals that no drive earns`);
process.exitCode = wrong === 0 ? 0 : 1;
