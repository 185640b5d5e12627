// SPDX-License-Identifier: MIT
// Stop lines in a row, queues before them, ways that are split at them, and drives that begin or end there.
import { longMeeting, meeting } from './block.ts';
import { type Drive, scenario } from './scene.ts';

const minor = { highway: 'residential' };
const major = { highway: 'secondary' };

scenario(
  'a queue before the line',
  {
    map: `
                       C
                       |
      A----------Q---S-J----------B
                       |
                       D
    `,
    metres: 10,
    ways: { AQSJ: minor, JB: minor, CJD: major },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { Q: [8, 0], C: [0, 60], D: [0, -60] },
  },
  [
    {
      it: 'stood 32 m before it, then over it at 25',
      drive: 'AQSJB',
      kmh: 40,
      stop: { Q: 5 },
      slow: { S: 25 },
      finds: ['stop-sign violated S: queue_before_line'],
    },
    {
      it: 'stood 32 m before it, then over it at 25, positions off by 20 m',
      drive: 'AQSJB',
      kmh: 40,
      stop: { Q: 5 },
      slow: { S: 25 },
      sigma_m: 20,
      accuses: [],
    },
    {
      it: 'stood in the queue and at the line',
      drive: 'AQSJB',
      kmh: 40,
      stop: { Q: 5, S: 3 },
      finds: ['stop-sign complied S'],
    },
    { it: 'the drive ends before the line', drive: 'AQ', kmh: 40, finds: [] },
    { it: 'turned round before it', drive: 'AQA', kmh: 30, finds: [] },
  ],
);

scenario(
  'two lines 60 m apart',
  {
    map: `
                 C     E
                 |     |
      A--------S-J---T-K--------B
                 |     |
                 D     F
    `,
    metres: 10,
    ways: { ASJ: minor, JTK: minor, KB: minor, CJD: major, EKF: major },
    nodes: { S: { highway: 'stop', direction: 'forward' }, T: { highway: 'stop', direction: 'forward' } },
    shift: { A: [-60, 0], B: [60, 0], C: [0, 60], D: [0, -60], E: [0, 60], F: [0, -60] },
  },
  [
    {
      it: 'stopped at the first only',
      drive: 'ASJTKB',
      kmh: 40,
      stop: { S: 3 },
      finds: ['stop-sign complied S', 'stop-sign violated T'],
    },
    {
      it: 'stopped at the second only',
      drive: 'ASJTKB',
      kmh: 40,
      stop: { T: 3 },
      finds: ['stop-sign violated S', 'stop-sign complied T'],
    },
    {
      it: 'stopped at both',
      drive: 'ASJTKB',
      kmh: 40,
      stop: { S: 3, T: 3 },
      finds: ['stop-sign complied S', 'stop-sign complied T'],
    },
    { it: 'stopped at none', drive: 'ASJTKB', kmh: 40, finds: ['stop-sign violated S', 'stop-sign violated T'] },
  ],
);

scenario(
  'the way is split at the line, which has no direction',
  {
    map: `
                     C
                     |
      A------------S-J----------B
                     |
                     D
    `,
    metres: 10,
    ways: { AS: minor, SJ: minor, JB: minor, CJD: major },
    nodes: { S: { highway: 'stop' } },
    shift: { C: [0, 60], D: [0, -60] },
  },
  [
    { it: 'towards the junction', drive: 'ASJB', kmh: 40, finds: ['stop-sign violated S: direction_inferred'] },
    { it: 'away from it', drive: 'BJSA', kmh: 40, finds: [] },
  ],
);

scenario(
  'a line for both directions',
  {
    map: `
      A-----------S-----------B
    `,
    metres: 15,
    ways: { ASB: minor },
    nodes: { S: { highway: 'stop', direction: 'both' } },
  },
  [
    {
      it: 'there and back: passed twice',
      drive: 'ASBSA',
      kmh: 40,
      finds: ['stop-sign violated S', 'stop-sign violated S'],
    },
    {
      it: 'stopped on the way there',
      drive: 'ASBSA',
      kmh: 40,
      stop: { S: 3 },
      finds: ['stop-sign complied S', 'stop-sign violated S'],
    },
  ],
);

scenario(
  'a line on the bridge over the road that is driven',
  {
    map: `
                N
                |
                |
                |
                S
      W---------------------E
                |
                |
                |
                M
    `,
    metres: 20,
    ways: { WE: { highway: 'secondary' }, NSM: { ...minor, bridge: 'yes', layer: '1' } },
    nodes: { S: { highway: 'stop', direction: 'both' } },
  },
  [
    { it: 'below it', drive: 'WE', kmh: 40, finds: [] },
    { it: 'over it', drive: 'NSM', kmh: 40, finds: ['stop-sign violated S'] },
  ],
);

scenario(
  'give way is no duty to stop',
  meeting({ metres: 12, nodes: { S: { highway: 'give_way', direction: 'forward' } } }),
  [{ it: 'driven over', drive: 'ASJB', kmh: 40, finds: [] }],
);

scenario(
  'signals far beyond the line do not make it void',
  {
    map: `
                C          L
                |          |
      A-------S-J----------K-----B
                |          |
                D          M
    `,
    metres: 12,
    ways: { ASJ: minor, JK: minor, KB: minor, CJD: major, LKM: major },
    nodes: { S: { highway: 'stop', direction: 'forward' }, K: { highway: 'traffic_signals' } },
    shift: { C: [0, 50], D: [0, -50], L: [0, 50], M: [0, -50] },
  },
  [{ it: 'driven over', drive: 'ASJKB', kmh: 40, finds: ['stop-sign violated S'] }],
);

const twins: Drive[] = [
  { it: 'stopped at the second alone', drive: 'ASTB', kmh: 40, stop: { T: 3 }, accuses: [] },
  { it: 'stopped at the first alone', drive: 'ASTB', kmh: 40, stop: { S: 3 }, accuses: [] },
  { it: 'run', drive: 'ASTB', kmh: 40, accuses: ['stop-sign violated S', 'stop-sign violated T'] },
];
scenario(
  'two lines 8 m apart, of two carriageways',
  {
    map: `
                C E
                | |
      A--------SJTK---------B
                | |
                D F
    `,
    metres: 10,
    ways: { ASJTKB: minor, CJD: { ...major, oneway: 'yes' }, FKE: { ...major, oneway: 'yes' } },
    nodes: { S: { highway: 'stop', direction: 'forward' }, T: { highway: 'stop', direction: 'forward' } },
    shift: {
      J: [-4, 0],
      T: [-12, 0],
      K: [-16, 0],
      A: [-60, 0],
      B: [60, 0],
      C: [-4, 60],
      D: [-4, -60],
      E: [-14, 60],
      F: [-14, -60],
    },
  },
  twins.flatMap((d) => [
    { ...d, sigma_m: 5 },
    { ...d, it: `${d.it}, a fix every 2 s`, sigma_m: 5, interval_s: 2 },
    { ...d, it: `${d.it}, positions only`, withSpeed: false, accuses: d.accuses?.slice(0, d.stop ? 0 : 2) ?? [] },
  ]),
);

/** The positions of the standstill lie 12 m farther on, past the middle of the junction. */
const ahead = (from: number, to: number): Record<number, [number, number]> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, [12, 0]]));
scenario(
  'a line whose standstill is logged past the junction',
  longMeeting({ S: [20, 0] }),
  [true, false].flatMap((withSpeed) =>
    ['ASJD', 'ASJC', 'ASJT'].map((drive) => ({
      it: `stopped, then by ${drive}, ${withSpeed ? 'with speed' : 'positions only'}`,
      drive,
      kmh: 40,
      stop: { S: 4 },
      withSpeed,
      sigma_m: 3,
      spike: ahead(12, 32),
      accuses: [],
    })),
  ),
);
