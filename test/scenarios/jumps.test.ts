// SPDX-License-Identifier: MIT
// Bursts of reflections that move the positions for some seconds: they accuse nobody, and hide little of what else shows.
import { type Drive, scenario } from './scene.ts';

/** These fixes lie so many metres east and north of where they were. */
const moved = (from: number, to: number, by: [number, number]): Record<number, [number, number]> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, by]));

const ways = (drive: Drive): Drive[] => [
  drive,
  { ...drive, it: `${drive.it}, positions only`, withSpeed: false },
  { ...drive, it: `${drive.it}, off by 5 m`, sigma_m: 5 },
];
const seeds = [1, 2, 3, 4, 5, 6];

scenario(
  'a road signed 50',
  { map: 'A---------------------------B', metres: 40, ways: { AB: { highway: 'secondary', maxspeed: '50' } } },
  [
    ...[35, -35].flatMap((east) =>
      ways({
        it: `at 46, a burst of ${east} m`,
        drive: 'AB',
        kmh: 46,
        seeds,
        spike: moved(30, 40, [east, 0]),
        accuses: [],
      }),
    ),
    ...ways({
      it: 'at 80, a burst of 35 m',
      drive: 'AB',
      kmh: 80,
      seeds,
      spike: moved(20, 26, [0, 35]),
      accuses: ['speeding violated AB'],
    }),
  ],
);

const line = {
  map: `
               C
               |
      A------S-J------B
               |
               D
    `,
  metres: 15,
  ways: { ASJ: { highway: 'residential' }, JB: { highway: 'residential' }, CJD: { highway: 'secondary' } },
  nodes: { S: { highway: 'stop', direction: 'forward' } },
};
scenario('a line, and a burst while the car stands at it', line, [
  ...[30, -30].flatMap((east) =>
    ways({
      it: `stopped, ${east} m off`,
      drive: 'ASJB',
      kmh: 40,
      stop: { S: 5 },
      seeds,
      spike: moved(12, 26, [east, 0]),
      accuses: [],
    }),
  ),
  {
    it: 'run, a burst after it',
    drive: 'ASJB',
    kmh: 40,
    seeds,
    spike: moved(26, 30, [0, 30]),
    accuses: ['stop-sign violated S'],
  },
]);
