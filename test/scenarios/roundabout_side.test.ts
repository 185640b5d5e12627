// SPDX-License-Identifier: MIT
// Roundabouts that are drawn against the side on which the country drives: only their kind says that they are one-way.
import { scenario } from './scene.ts';

const street = { highway: 'tertiary' };

/** A ring through N, Q, E, R, S, P, W and O (N in the north, E in the east), in the order of `ring`. */
const drawing = (rings: string[], tags: Record<string, string>) => ({
  map: `
                  A
                  |
                O-N-Q
                |   |
        D-------W   E-------B
                |   |
                P-S-R
                  |
                  C
    `,
  metres: 11,
  ways: {
    ...Object.fromEntries(rings.map((ring) => [ring, { ...street, ...tags }])),
    AN: street,
    CS: street,
    DW: street,
    EB: street,
  },
  shift: { A: [0, 120], C: [0, -120], D: [-120, 0], B: [120, 0] } as Record<string, [number, number]>,
});
const CLOCKWISE = 'NQERSPWON';
const COUNTER = [...CLOCKWISE].reverse().join('');
const clockwise = 'CSPWONQEB'; // from the south, out in the east
const counter = 'CSREQNOWD'; // from the south, out in the west
const drive = { kmh: 25, seeds: [2, 3] };

for (const junction of ['roundabout', 'circular']) {
  scenario(`junction=${junction}, nodes counter-clockwise`, drawing([COUNTER], { junction }), [
    { it: 'Japan: clockwise is right', ...drive, drive: clockwise, profile: 'jp', accuses: [] },
    {
      it: 'CONTROL: Germany: clockwise is wrong',
      ...drive,
      drive: clockwise,
      profile: 'de',
      accuses: [`wrong-way violated -${COUNTER}`],
    },
    { it: 'Germany: counter-clockwise', ...drive, drive: counter, profile: 'de', accuses: [] },
  ]);
  scenario(`junction=${junction}, nodes clockwise`, drawing([CLOCKWISE], { junction }), [
    { it: 'Germany: counter-clockwise is right', ...drive, drive: counter, profile: 'de', accuses: [] },
    {
      it: 'CONTROL: Japan: counter-clockwise is wrong',
      ...drive,
      drive: counter,
      profile: 'jp',
      accuses: [`wrong-way violated -${CLOCKWISE}`],
    },
  ]);
}
scenario('in two pieces, nodes counter-clockwise', drawing(['NOWPS', 'SREQN'], { junction: 'roundabout' }), [
  { it: 'Japan: clockwise is right', ...drive, drive: clockwise, profile: 'jp', accuses: [] },
  { it: 'Germany: counter-clockwise', ...drive, drive: counter, profile: 'de', accuses: [] },
]);
scenario('CONTROL: one-way by its own tag', drawing([COUNTER], { junction: 'roundabout', oneway: 'yes' }), [
  {
    it: 'Japan: the tag counts',
    ...drive,
    drive: clockwise,
    profile: 'jp',
    accuses: [`wrong-way violated -${COUNTER}`],
  },
]);

// the 180th meridian goes through the ring
const OVER_IT: [number, number] = [-16.8, 179.99814];
scenario('over the 180th meridian', { ...drawing([COUNTER], { junction: 'roundabout' }), origin: OVER_IT }, [
  { it: 'Japan: clockwise is right', ...drive, drive: clockwise, profile: 'jp', accuses: [] },
  { it: 'Germany: counter-clockwise', ...drive, drive: counter, profile: 'de', accuses: [] },
]);
scenario('over it, nodes clockwise', { ...drawing([CLOCKWISE], { junction: 'roundabout' }), origin: OVER_IT }, [
  { it: 'Japan: clockwise', ...drive, drive: clockwise, profile: 'jp', accuses: [] },
  { it: 'Germany: counter-clockwise is right', ...drive, drive: counter, profile: 'de', accuses: [] },
]);
