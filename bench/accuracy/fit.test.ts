// SPDX-License-Identifier: MIT
// What is learned from claims whose truth is known.
import { expect, it } from 'vitest';
import { fittedDoubt } from './fit.ts';

const claims = (count: number, wrong: number, confidence: number, weight: number) =>
  Array.from({ length: count }, (_, i) => ({ confidence, weight, truth: i >= wrong }));

it('claims of which a tenth is false are doubted by a tenth', () => {
  expect(fittedDoubt(claims(200, 20, 0.995, 1))).toBeCloseTo(0.1, 1);
});

it('what shows in the confidence already is not doubted again', () => {
  expect(fittedDoubt(claims(200, 20, 0.9, 1))).toBe(0);
});

it('a doubt at half the error is four times as much at all of it', () => {
  expect(fittedDoubt(claims(400, 20, 0.999, 0.25))).toBeCloseTo(0.2, 1);
});
