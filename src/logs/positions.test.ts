// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Places } from './places.ts';
import { held } from './positions.ts';
import { compare } from './speed.ts';

const STEP = 0.0002;
const east = (degrees: number) => (degrees > 180 ? degrees - 360 : degrees);

/** A drive eastwards that comes over the 180th meridian, each position `times` times. */
function drive(from: number, times: number, metres: number) {
  const count = 60;
  const at = (i: number) => from + Math.floor(i / times) * STEP * metres;
  return {
    count,
    time_ms: Float64Array.from({ length: count }, (_, i) => 1000 * i),
    lat: new Float64Array(count),
    lon: Float64Array.from({ length: count }, (_, i) => east(at(i))),
    speed_mps: new Float32Array(count).fill(STEP * metres * 111_195),
    heading_deg: undefined,
    accuracy_m: undefined,
    places: new Places(),
    marks: undefined,
  };
}

it('positions that repeat are found alike at the 180th meridian and elsewhere', () => {
  const there = held(drive(179.9995, 3, 1));
  expect(there).toEqual(held(drive(9.9995, 3, 1)));
  expect(there.length).toBeGreaterThan(20);
  // A car that creeps repeats nothing, wherever it is.
  const slow = { ...drive(179.9999, 3, 0.1) };
  expect(held(slow)).toEqual(held(drive(9.9999, 3, 0.1)));
});

it('speeds are compared alike at the 180th meridian and elsewhere', () => {
  const [there, here] = [compare(drive(179.995, 1, 1)), compare(drive(9.995, 1, 1))];
  expect(there.ratio).toBeCloseTo(here.ratio, 6);
  expect(there.fastest).toBeCloseTo(here.fastest, 6);
});
