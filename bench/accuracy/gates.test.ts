// SPDX-License-Identifier: MIT
// CI's bounds: two points below the kept run, no more.
import { afterEach, expect, it } from 'vitest';
import { checkGates, gatesOf, gatesTable, HELD } from './gates.ts';
import type { Measured } from './pool.ts';
import type { Answer } from './score.ts';

/** A hundred stop signs that were run, so many of them found. */
function runs(found: number): Measured[] {
  const event = { rule: 'stop-sign', state: 'violated' as const, t: 1, path_m: 1 };
  const drive = { behaviour: 'stopping' } as Measured['drive'];
  const answered = (answer: Answer) => ({
    drive,
    event,
    answer,
    finding: undefined,
    determinable: true,
    plainly: true,
  });
  const events = Array.from({ length: 100 }, (_, i) => answered(i < found ? 'violated' : 'none'));
  return [{ place: 'made', zone: 0, drive, km: 1, events, claims: [], possible: [], mismatch: undefined }];
}
const by = (found: number) => new Map(HELD.map((name) => [name, runs(found)]));

afterEach(() => {
  process.exitCode = 0;
});

it.each([
  [90, 0],
  [88, 0],
  [87, 1],
  [100, 0],
])('with 90 of 100 kept, %i give exit code %i', (found, code) => {
  process.exitCode = 0;
  checkGates(by(found), gatesOf(by(90)));
  expect(process.exitCode).toBe(code);
});

it('what had no case is no gate', () => {
  expect(gatesOf(by(90))['phone']).toEqual({
    'stop-sign recall': 0.9,
    'stop-sign of all broken': 0.9,
    'stop-sign undetermined': 0,
  });
  expect(gatesTable(gatesOf(by(90)), gatesOf(by(80)))).toContain('stop-sign recall | ');
});
