// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { TomareError } from '../errors.ts';
import type { Fixes } from '../types.ts';
import { otherwise } from './otherwise.ts';

const N = 60;
const at = (lat: number, lon: number, count = N) =>
  ({ count, lat: new Float64Array(count).fill(lat), lon: new Float64Array(count).fill(lon) }) as Fixes;
const match = (matched: number, mean_error_m: number, distance_m = 2000, fixes = N) => ({
  fixes,
  matched,
  mean_error_m,
  distance_m,
});
const outside = () => {
  throw new TomareError('LOG_OUTSIDE_MAP', 'drive');
};
/** Roads near one place only. */
const roadsAt =
  (lat: number, lon: number, found = match(N, 4)) =>
  (fixes: Fixes) =>
    Math.abs((fixes.lat[0] ?? 0) - lat) + Math.abs((fixes.lon[0] ?? 0) - lon) < 1e-3 ? found : outside();

describe('a drive beside the roads that fits once it is read otherwise', () => {
  const [lat, lon] = [35.65, 139.74];
  it.each([
    ['off the map', match(10, 3), match(N, 4), true],
    ['far from the roads', match(N, 50), match(N, 4), true],
    ['on the roads', match(N, 5), match(N, 4), false],
    ['fits as badly', match(N, 50), match(N, 40), false],
    ['fits in part', match(10, 3), match(50, 4), false],
    ['short', match(10, 3), match(N, 4, 300), false],
  ])('%s', (_, found, moved, expected) => {
    const fault = otherwise(found, at(lat, lon), roadsAt(lat + 0.00323, lon - 0.00323, moved));
    expect(fault !== undefined).toBe(expected);
    if (fault) expect(fault).toEqual({ error: 'LOG_FORMAT', what: expect.stringMatching(/日本測地系/) });
  });
  it('too few fixes tell nothing while some are on the map', () => {
    expect(otherwise(match(1, 3, 2000, 6), at(9.19, 45.46, 6), roadsAt(45.46, 9.19))).toBeUndefined();
  });
  it('off the map either way', () => {
    expect(otherwise(match(10, 3), at(lat, lon), outside)).toBeUndefined();
    expect(otherwise(undefined, at(lat, lon), outside)).toBeUndefined();
  });
});

describe('a drive of which nothing is on the map', () => {
  const few = match(6, 4, 50, 6);
  it.each([
    ['swapped, in Milan', [9.19, 45.46], [45.46, 9.19], 'LOG_SWAPPED', /exchanged/],
    ['swapped, in Curitiba', [-49.23, -25.4], [-25.4, -49.23], 'LOG_SWAPPED', /exchanged/],
    ['a lost minus, in Curitiba', [25.4, 49.23], [-25.4, -49.23], 'LOG_DEGREES', /both have the other sign/],
    ['west without a sign, in New York', [40.7, 74.01], [40.7, -74.01], 'LOG_DEGREES', /longitude has the other sign/],
    ['west positive, in Tokyo', [35.65, -139.74], [35.65, 139.74], 'LOG_DEGREES', /longitude has the other sign/],
    ['south without a sign, in Sydney', [33.87, 151.21], [-33.87, 151.21], 'LOG_DEGREES', /latitude has/],
    ['D.MMSS, in Tokyo', [35.4123, 139.4422], [35.689722, 139.739444], 'LOG_DEGREES', /D\.MMSS/],
    ['D.MMSS, in Curitiba', [-25.24, -49.1348], [-25.4, -49.23], 'LOG_DEGREES', /D\.MMSS/],
    ['D.MMmm, in Tokyo', [35.4189, 139.4491], [35.698167, 139.748499], 'LOG_DEGREES', /D\.MMmm/],
    ['GCJ-02, in Beijing', [39.915, 116.404], [39.913596, 116.397756], 'LOG_FORMAT', /GCJ-02/],
    ['BD-09, in Beijing', [39.915, 116.404], [39.907255, 116.391384], 'LOG_FORMAT', /BD-09/],
    ['the Tokyo datum', [35.65, 139.74], [35.65323, 139.73677], 'LOG_FORMAT', /日本測地系/],
  ] as const)('%s', (_, [lat, lon], [there, along], error, what) => {
    const fault = otherwise(undefined, at(lat, lon, 6), roadsAt(there, along, few));
    expect(fault).toEqual({ error, what: expect.stringMatching(what) });
  });
  it('an error of another kind is passed on', () => {
    const trap = () => {
      throw new RangeError('trap');
    };
    expect(() => otherwise(undefined, at(45, 9), trap)).toThrow('trap');
  });
});
