// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile } from './speed.ts';

test('a quantile is what stands there once the numbers are sorted', () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 9, noNaN: true })));
  const check = fc.property(numbers, fc.constantFrom(0, 0.25, 0.5, 0.75, 1), (all, share) => {
    const sorted = all.toSorted((a, b) => a - b);
    expect(quantile(Float64Array.from(all), share)).toEqual(sorted[Math.floor(share * (all.length - 1))] ?? Number.NaN);
  });
  fc.assert(check, { numRuns: 2_000, seed: 19 });
});
