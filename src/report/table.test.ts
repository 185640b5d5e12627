// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Result } from './result.ts';
import { table } from './table.ts';

type Finding = Result['findings'][number];

/** The row of a stop sign with a verdict, from its verdict on. */
function rowOf(verdict: Finding['verdict'], measured: Finding['measured']): string {
  const finding = {
    rule: 'stop-sign',
    verdict,
    start: '2026-10-05T10:00:00+09:00',
    road: { name: 'road', way: 1 },
    confidence: 0.998,
    measured,
  };
  const match = { matched: 1, off_road: 0, unmatched: 0, gaps: 0, mean_error_m: 1 };
  const result = { drive: { id: 'd', fixes: 1, distance_m: 1 }, match, exposure: [], findings: [finding] };
  const row = table([result as unknown as Result]).split('\n')[1] ?? '';
  return row.slice(row.indexOf(verdict)).replace(/ {2,}/g, '  ');
}

it('what is undetermined shows no confidence, and what is possible shows for what it holds', () => {
  const measured = { lowest_observed_kmh: 9, lowest_possible_kmh: 0 };
  expect(rowOf('undetermined', measured)).toBe('undetermined  –  slowest fix 9 km/h, a stop can hide between fixes');
  expect(rowOf('possible', { ...measured, lowest_possible_kmh: 4 })).toBe(
    'possible  > 99 % if it holds  slowest fix 9 km/h, never below 4',
  );
  expect(rowOf('complied', { lowest_observed_kmh: 0, lowest_possible_kmh: 0 })).toBe(
    'complied  > 99 %  slowest fix 0 km/h',
  );
});
