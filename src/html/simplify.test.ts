// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { simplified } from './simplify.ts';

it('a straight line is its two ends', () => {
  const lat = Array.from({ length: 50 }, (_, i) => 35 + i * 1e-4);
  expect(simplified(lat, Array(50).fill(139), 1)).toEqual([0, 49]);
});

it('a corner stays', () => {
  expect(simplified([35, 35.001, 35.001], [139, 139, 139.001], 5)).toEqual([0, 1, 2]);
});

it('what moves the line by less than the tolerance goes, what moves it more stays', () => {
  const metre = 1 / 111_320;
  const bump = (m: number) => simplified([35, 35 + m * metre, 35], [139, 139.0005, 139.001], 2);
  expect(bump(1.5)).toEqual([0, 2]);
  expect(bump(2.5)).toEqual([0, 1, 2]);
});

it.each([0, 1, 2])('%s points are kept', (n) => {
  expect(simplified(Array(n).fill(1), Array(n).fill(1), 1)).toEqual(Array.from({ length: n }, (_, i) => i));
});
