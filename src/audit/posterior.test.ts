// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { shareAbove } from './posterior.ts';

/** The slow twin: the area under the Beta density, by Simpson's rule. */
function byArea(share: number, breaks: number, passes: number): number {
  const density = (p: number) => p ** breaks * (1 - p) ** (passes - breaks);
  const area = (from: number, to: number) => {
    const steps = 4000;
    const h = (to - from) / steps;
    let sum = density(from) + density(to);
    for (let i = 1; i < steps; i++) sum += density(from + i * h) * (i % 2 === 1 ? 4 : 2);
    return (sum * h) / 3;
  };
  return area(share, 1) / area(0, 1);
}

describe('the probability that a share is above a bound', () => {
  it.each([
    [0.5, 6, 6],
    [0.5, 6, 7],
    [0.25, 4, 6],
    [0.25, 0, 5],
    [0.5, 11, 40],
    [0.9, 80, 90],
  ])('above %s after %s of %s', (share, breaks, passes) => {
    expect(shareAbove(share, breaks, passes)).toBeCloseTo(byArea(share, breaks, passes), 6);
  });

  it('nothing seen is the uniform prior', () => {
    expect(shareAbove(0.3, 0, 0)).toBeCloseTo(0.7, 12);
  });

  it('holds for many passes', () => {
    expect(shareAbove(0.5, 60_000, 100_000)).toBeCloseTo(1, 9);
    expect(shareAbove(0.5, 49_000, 100_000)).toBeLessThan(1e-6);
  });
});
