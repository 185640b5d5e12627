// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { latOfBaidu, latOfGcj, lonOfBaidu, lonOfGcj } from './china.ts';

it('GCJ-02 in Beijing, by the values of its known conversions', () => {
  expect(latOfGcj(39.915, 116.404)).toBeCloseTo(39.9135957, 7);
  expect(lonOfGcj(116.404, 39.915)).toBeCloseTo(116.3977555, 7);
});

it('BD-09 is GCJ-02 once more shifted', () => {
  const [lat, lon] = [39.90865673957631, 116.39762729119315];
  expect(latOfBaidu(39.915, 116.404)).toBeCloseTo(latOfGcj(lat, lon), 7);
  expect(lonOfBaidu(116.404, 39.915)).toBeCloseTo(lonOfGcj(lon, lat), 7);
});
