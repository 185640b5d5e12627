// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { COLD, summaries } from './report.ts';

const cell = (name: string, ratio: number) => {
  const row = { variant: 'wasm', cpu_ms: 1, wall_ms: 1, min_ms: 1, fixes_per_s: 1, ratio, low: ratio, high: ratio };
  return { cell: name, fixes: 1, rows: [{ ...row, variant: 'native', ratio: 1 }, row] };
};

it('the mean of the hot cells has no cold cell in it', () => {
  const { hot, cold } = summaries([cell('an hour', 1.2), cell(`an hour${COLD}`, 0.5), cell('a day', 1.2)]);
  expect([hot?.mean.toFixed(6), hot?.worst, cold]).toEqual(['1.200000', 1.2, { mean: 0.5, worst: 0.5 }]);
  expect(summaries([cell('an hour', 1.2)]).cold).toBeNull();
});
