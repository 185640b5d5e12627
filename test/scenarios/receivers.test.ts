// SPDX-License-Identifier: MIT
// Receivers whose speeds come late, whose positions lie to one side for the whole drive, or wander while the car stands.
import { longMeeting } from './block.ts';
import { type Drive, scenario } from './scene.ts';

const seeds = [1, 2, 3, 4, 5, 6];
/** Positions of so many fixes from one on lie so far off. */
const off = (from: number, count: number, east: number, north: number): Record<number, [number, number]> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [from + i, [east, north] as [number, number]]));
/** The same, growing to that. */
const wandering = (from: number, count: number, east: number): Record<number, [number, number]> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [from + i, [(east * (i + 1)) / count, 0] as [number, number]]),
  );

const stop = (seconds: number, more: Partial<Drive>): Omit<Drive, 'it'> => ({
  drive: 'ASJT',
  kmh: 40,
  sigma_m: 3,
  seeds,
  stop: { S: seconds },
  accuses: [],
  ...more,
});
const RUN = ['stop-sign violated S'];
scenario('a stop line, seen by other receivers', longMeeting({ S: [15, 0] }), [
  { it: 'speeds a second late', ...stop(2, { told: { late: 1 } }) },
  { it: 'speeds two seconds late', ...stop(2, { told: { late: 2 } }) },
  { it: 'speeds three seconds late', ...stop(1, { told: { late: 3 } }) },
  { it: 'CONTROL: run, speeds two seconds late', ...stop(0, { stop: {}, told: { late: 2 }, accuses: RUN }) },
  ...[12, -14, 18].map((m) => ({ it: `all positions ${m} m along`, ...stop(3, { spike: off(0, 40, m, 0) }) })),
  { it: 'all positions 12 m along, no speeds', ...stop(3, { spike: off(0, 40, 12, 0), withSpeed: false }) },
  { it: 'all positions 14 m aside', ...stop(3, { spike: off(0, 40, 0, 14) }) },
  { it: 'wanders by 15 m while it stands', ...stop(20, { spike: wandering(12, 20, 15) }) },
  { it: 'wanders by 15 m, no speeds', ...stop(20, { spike: wandering(12, 20, 15), withSpeed: false }) },
  { it: 'wanders by 10 m in 8 s, no speeds', ...stop(8, { spike: wandering(12, 8, 10), withSpeed: false }) },
  { it: 'says 2 m where it is off by 10', ...stop(2, { sigma_m: 10, accuracy_m: 2 }) },
  { it: 'says 60 m', ...stop(2, { accuracy_m: 60 }) },
  { it: 'CONTROL: run, says 60 m', ...stop(0, { stop: {}, accuracy_m: 60, accuses: RUN }) },
]);

const main = { highway: 'secondary' };
const street = { highway: 'residential' };
/** A road beside the northern one, so many metres south of it. */
const pair = (south: Record<string, string>, metres: number, north: Record<string, string> = {}) => ({
  map: `
      E-----A-----------------------------B-----F
            C-----------------------------D
    `,
  metres: 20,
  shift: { C: [0, 20 - metres], D: [0, 20 - metres] } as Record<string, [number, number]>,
  ways: { EA: main, BF: main, AB: { ...main, ...north }, AC: street, BD: street, CD: south },
});
for (const metres of [8, 12, 16]) {
  const along = { drive: 'EABF', kmh: 45, sigma_m: 3, lateral_m: 0, seeds, accuses: [] };
  const aside = [
    { it: 'two thirds of the way to the other, all along', ...along, spike: off(0, 60, 0, metres * -0.7) },
    { it: 'the same, and says 2 m', ...along, spike: off(0, 60, 0, metres * -0.7), accuracy_m: 2 },
    { it: 'on the other for twelve seconds', ...along, spike: off(20, 12, 0, -metres) },
  ];
  scenario(`a closed road ${metres} m beside`, pair({ highway: 'service', access: 'no' }, metres), aside);
  scenario(`a slow road ${metres} m beside`, pair({ ...street, maxspeed: '20' }, metres, { maxspeed: '60' }), aside);
  scenario(`a one-way pair ${metres} m apart`, pair({ ...main, oneway: '-1' }, metres, { oneway: 'yes' }), aside);
}
