// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { TomareError } from '../errors.ts';
import type { Fixes } from '../types.ts';
import { isOfTokyo, ofTokyo } from './tokyo.ts';

const N = 60;
const at = (lat: number, lon: number) =>
  ({ count: N, lat: new Float64Array(N).fill(lat), lon: new Float64Array(N).fill(lon) }) as Fixes;
const match = (matched: number, mean_error_m: number, distance_m = 2000) => ({
  fixes: N,
  matched,
  mean_error_m,
  distance_m,
});

it('the difference of the datums in Tokyo: 12″ to the north-west', () => {
  const { lat, lon } = ofTokyo(at(35.65, 139.74));
  expect(((lat[0] ?? 0) - 35.65) * 3600).toBeCloseTo(11.6, 0);
  expect(((lon[0] ?? 0) - 139.74) * 3600).toBeCloseTo(-11.6, 0);
});

describe('a drive beside the roads that fits once it is converted', () => {
  it.each([
    ['off the map', at(35.65, 139.74), match(10, 3), match(N, 4), true],
    ['far from the roads', at(35.65, 139.74), match(N, 50), match(N, 4), true],
    ['on the roads', at(35.65, 139.74), match(N, 5), match(N, 4), false],
    ['fits as badly', at(35.65, 139.74), match(N, 50), match(N, 40), false],
    ['fits in part', at(35.65, 139.74), match(10, 3), match(50, 4), false],
    ['short', at(35.65, 139.74), match(10, 3), match(N, 4, 300), false],
    ['elsewhere', at(48, 11), match(10, 3), match(N, 4), false],
  ])('%s', (_, fixes, found, moved, expected) => {
    expect(isOfTokyo(found, fixes, () => moved)).toBe(expected);
  });
  it('the converted one lies off the map', () => {
    const again = () => {
      throw new TomareError('LOG_OUTSIDE_MAP', 'drive');
    };
    expect(isOfTokyo(match(10, 3), at(35.65, 139.74), again)).toBe(false);
  });
});
