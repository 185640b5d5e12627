// SPDX-License-Identifier: MIT
// No accusation and no acquittal that a drive does not earn, whatever has become of its speeds, courses or accuracies;
// and what the positions show without them is still found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCURACIES, COURSES, type Damage, SPEEDS } from './damage.ts';
import { compare, judge, openTown, type Town, thinned } from './judged.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-channels-'));
let town: Town;
beforeAll(async () => {
  town = await openTown(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const all = (damage: Damage, every: number) => town.drives.map((drive) => compare(town, drive, damage, every));
const notesOf = (damage: Damage, every = 1) => all(damage, every).map((c) => c.analysis.channels.notes.join(' '));
const named = (name: string) => [...SPEEDS, ...COURSES, ...ACCURACIES].find((d) => d.name === name) as Damage;

describe('true channels', () => {
  it.each([1, 2, 5, 10])('are left as they are, a fix every %i s', (every) => {
    for (const { id, fixes } of town.drives) {
      const { channels } = judge(town, thinned(fixes, every));
      expect(channels, id).toMatchObject({ notes: [], speed_aside: 0, course_aside: 0, speed_factor: 1 });
    }
  });
});

describe.each([1, 5])('a fix every %i s', (every) => {
  it.each([...SPEEDS, ...COURSES, ...ACCURACIES])('$name', (damage) => {
    for (const c of all(damage, every)) {
      expect(c.unearned, `${c.drive}: accused without cause`).toEqual([]);
      expect(c.acquitted, `${c.drive}: complied without cause`).toEqual([]);
    }
  });
});

describe('what is said', () => {
  it.each(['speed × 3.6', 'speed × 1.852', 'speed × 1.17'])('%s: another unit', (name) => {
    expect(new Set(notesOf(named(name)))).toEqual(new Set(['speed_unit']));
  });
  it.each(['speed × 0.28', 'speed × 0.5144', 'speed × 0.5', 'speed × 0.1'])('%s: another unit or pace', (name) => {
    expect(new Set(notesOf(named(name)))).toEqual(new Set(['speed_contradicted_all_along']));
  });
  it.each(['speed always 0', 'speed always 10 m/s'])('%s: no speed', (name) => {
    expect(new Set(notesOf(named(name)))).toEqual(new Set(['speed_constant']));
  });
  it.each(['course reversed', 'course a quarter turned'])('%s: no course', (name) => {
    expect(new Set(notesOf(named(name)))).toEqual(new Set(['course_contradicted']));
  });
  it('a stretch is left aside, not the drive', () => {
    const some = all(named('20 s of 0 km/h from 40 %'), 1).filter((c) => c.analysis.channels.speed_aside < 45);
    expect(some.length).toBe(town.drives.length);
  });
  it('a course that is none leaves every finding as it is', () => {
    const found = (damage: Damage) =>
      all(damage, 1).map((c) => c.analysis.findings.map((f) => `${f.rule} ${f.verdict}`).join());
    const none: Damage = { name: 'none', spoil: (f) => ({ heading_deg: f.heading_deg.map(() => Number.NaN) }) };
    expect(found(named('course always 0'))).toEqual(found(none));
  });
});

describe('what positions show is found without the speeds', () => {
  const violated = (damage: Damage) => all(damage, 1).reduce((n, c) => n + c.violated, 0);
  it('as many violations as in the same log without speeds', () => {
    const none: Damage = { name: 'none', spoil: (f) => ({ speed_mps: f.speed_mps.map(() => Number.NaN) }) };
    for (const name of ['speed × 3.6', 'speed always 0']) {
      expect(violated(named(name)), name).toBe(violated(none));
    }
  });
  it('where the unit is open, all of them', () => {
    const open = (factor: number): Damage => ({
      name: 'open',
      spoil: (f) => ({ speed_mps: f.speed_mps.map((v) => v * factor), speed_unit_open: true }),
    });
    const expected = violated(named('accuracy always 1'));
    for (const factor of [1, 3.6, 1.943844, 2.236936]) expect(violated(open(factor)), `× ${factor}`).toBe(expected);
  });
});
