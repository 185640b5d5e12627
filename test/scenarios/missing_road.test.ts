// SPDX-License-Identifier: MIT
// A road that the map does not have yet, one in a tunnel below, and two that no position tells apart: nobody is accused
// of the wrong one.
import { at1And5s, scenario } from './scene.ts';

type Tags = Record<string, string>;
const main = { highway: 'secondary' };

/** A closed road, and a new one under construction so many metres south of it. */
const closed = (metres: number) => ({
  map: `
      E-----A-----------------------------B-----F
            C-----------------------------D
    `,
  metres: 20,
  shift: { C: [0, 20 - metres], D: [0, 20 - metres], E: [-400, 0], F: [400, 0] } as Record<string, [number, number]>,
  ways: {
    EA: main,
    BF: main,
    AB: { ...main, access: 'no' },
    ACDB: { highway: 'construction', construction: 'secondary' },
  },
});
for (const metres of [14]) {
  scenario(
    `a new road ${metres} m beside the closed one`,
    closed(metres),
    at1And5s([
      { it: 'on the new one', drive: 'EACDBF', kmh: 45, sigma_m: 3, lateral_m: 0, accuses: [] },
      { it: 'CONTROL: on the closed one', drive: 'EABF', kmh: 45, sigma_m: 3, accuses: ['no-entry violated AB'] },
    ]),
  );
}

/** Two roads 2 m apart that nothing joins. */
const levels = (first: Tags, second: Tags) => ({
  map: `
      A-----------------------------B
      C-----------------------------D
    `,
  metres: 20,
  shift: { C: [0, 18], D: [0, 18] } as Record<string, [number, number]>,
  ways: { AB: first, CD: second },
});
const slow = { ...main, maxspeed: '30' };
const fast = { ...main, maxspeed: '60' };
const at58 = { drive: 'AB', kmh: 58, seeds: [1, 2, 3, 4, 5, 6], accuses: [] };
scenario('a slow tunnel below a street', levels(fast, { ...slow, tunnel: 'yes', layer: '-1' }), [
  { it: 'received all along: on the street', ...at58 },
]);
scenario('a slow street below a viaduct', levels({ ...fast, bridge: 'yes', layer: '1' }, slow), [
  { it: 'at the limit of the viaduct', ...at58 },
]);
scenario('two streets on a drive that shows no more', levels(fast, slow), [
  { it: 'at the limit of the faster', ...at58 },
  {
    it: 'CONTROL: too fast for both',
    ...at58,
    kmh: 80,
    accuses: ['speeding violated AB'],
    limit_kmh: 60,
    seeds: [2, 3],
  },
]);
