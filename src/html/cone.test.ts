// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { speedCone } from './cone.ts';

describe('speeds between two fixes', () => {
  /** DOMAIN of the rule: u = max(0, (v1/d + v2/a - dt) / (1/d + 1/a)). */
  const lowest = (v1: number, v2: number, dt: number, d: number, a: number) =>
    Math.max(0, (v1 / d + v2 / a - dt) / (1 / d + 1 / a));

  it.each([
    [7.2, 7.2, 1],
    [10, 4, 2],
    [3, 6, 1.5],
    [1, 1, 3],
  ])('%s and %s m/s, %s s apart: the lowest is the rule', (v1, v2, dt) => {
    const cone = speedCone([0, dt], [v1, v2], 3.5, 2.5, 0.001);
    expect(Math.min(...cone.map((p) => p.low))).toBeCloseTo(lowest(v1, v2, dt, 3.5, 2.5), 2);
  });

  it('never leaves the fixes, and low is below high', () => {
    const cone = speedCone([0, 1, 2], [5, 6, 5.5], 3.5, 2.5);
    expect(cone[0]).toEqual({ s: 0, low: 5, high: 5 });
    expect(cone.at(-1)).toEqual({ s: 2, low: 5.5, high: 5.5 });
    expect(cone.every((p) => p.low <= p.high + 1e-9)).toBe(true);
  });
});
