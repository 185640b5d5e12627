// SPDX-License-Identifier: MIT
// A lawful road beside a closed one, and a burst of reflections that lifts the positions onto it: nobody is accused of the
// closed road unless the positions, as they were logged, lie there.
import { at1And5s, type Drive, scenario } from './scene.ts';

const avenue = { highway: 'primary', oneway: 'yes', maxspeed: '60' };
const corridor = { highway: 'service', oneway: 'yes', access: 'no', maxspeed: '30' };

/** The corridor lies 15 m north of the avenue, or as far south of it. */
const beside = (side: 1 | -1) => ({
  map: `
      A----B---------------------------------------C----D
           P                                       Q
    `,
  metres: 15,
  ways: { AB: avenue, BC: avenue, CD: avenue, BPQC: corridor },
  shift: {
    P: [20, side > 0 ? 30 : 0] as [number, number],
    Q: [-20, side > 0 ? 30 : 0] as [number, number],
  },
});

/** Positions of these fixes lie so far north. */
const burst = (from: number, to: number, north_m: number): Record<number, [number, number]> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, [0, north_m] as [number, number]]));

const drives = (side: 1 | -1): Drive[] => {
  const along: Drive = { it: 'along the avenue', drive: 'ABCD', kmh: 55, sigma_m: 4, lateral_m: 0 };
  const through: Drive = { it: 'through the corridor', drive: 'ABPQCD', kmh: 28, sigma_m: 3, lateral_m: 0 };
  const lifted = { ...along, it: `${along.it}, a burst of 30 m towards the corridor`, spike: burst(8, 20, side * 30) };
  return [
    ...at1And5s([{ ...along, accuses: [] }]),
    { ...lifted, accuses: [] },
    { ...lifted, it: `${lifted.it}, positions only`, withSpeed: false, accuses: [] },
    { ...along, it: `${along.it}, positions only`, withSpeed: false, accuses: [] },
    { ...through, accuses: ['no-entry violated BPQC'] },
    { ...through, it: `${through.it}, positions only`, withSpeed: false, accuses: ['no-entry violated BPQC'] },
  ];
};

scenario('a bus corridor 15 m north of an avenue', beside(1), drives(1));
scenario('a bus corridor 15 m south of an avenue', beside(-1), drives(-1));
