// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimal, numberOf } from './numbers.ts';
import { TRIED } from './twins.ts';

it('a number read by its characters is that of the pattern', () => {
  const text = fc.oneof(
    fc.tuple(fc.integer(), fc.nat(), fc.nat({ max: 12 })).map(([a, b, n]) => `${a}.${String(b).padStart(n, '0')}`),
    fc.string({ unit: fc.constantFrom('-', '+', '0', '1', '9', '.', ',', 'e', ' ', '\0'), maxLength: 18 }),
  );
  const check = (written: string) => {
    expect(numberOf(written)).toBe(decimal(written));
  };
  fc.assert(fc.property(text, check), { ...TRIED, numRuns: 20_000 });
});
