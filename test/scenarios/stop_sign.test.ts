// SPDX-License-Identifier: MIT
// Stop signs: which are meant for the car, and whether it can have stopped (a stop node lies on
// the way before the junction; its direction is given, or that to the nearer junction).
import { longMeeting, meeting } from './block.ts';
import { scenario } from './scene.ts';

const minor = { highway: 'residential' };
const major = { highway: 'secondary' };

scenario(
  'a queue 24 m before the line',
  {
    map: `
                     C
                     |
      A--------Q--S--J--------T
                     |
                     D
    `,
    metres: 8,
    ways: { AQSJ: minor, JT: minor, CJD: major },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { A: [-60, 0], T: [60, 0], C: [0, 60], D: [0, -60] },
  },
  [
    {
      it: 'and slow again at the line: the driver saw it',
      drive: 'AQSJT',
      kmh: 40,
      stop: { Q: 5 },
      slow: { S: 11 },
      finds: ['stop-sign violated S: queue_before_line'],
    },
    {
      it: 'and over it with no more slowing: the sign may stand in the wrong place',
      drive: 'AQSJT',
      kmh: 40,
      stop: { Q: 5 },
      accuses: [],
    },
    {
      it: 'CONTROL: and a stop at the line',
      drive: 'AQSJT',
      kmh: 40,
      stop: { Q: 5, S: 3 },
      finds: ['stop-sign complied S'],
    },
  ],
);

/** A minor street AQSJT over a major one, Q a place in the queue before the sign at S. */
const queueBefore = (street: string, metres: number) => ({
  map: `
                     C
                     |
      ${street}
                     |
                     D
    `,
  metres,
  ways: { AQSJ: minor, JT: minor, CJD: major },
  nodes: { S: { highway: 'stop', direction: 'forward' } },
  shift: { A: [-60, 0], T: [60, 0], C: [0, 60], D: [0, -60] } as Record<string, [number, number]>,
});

scenario('a queue 18 m before the line, where the line itself may be', queueBefore('A--------Q-S---J--------T', 9), [
  {
    it: 'and slow again at the line: the driver saw it',
    drive: 'AQSJT',
    kmh: 40,
    stop: { Q: 5 },
    slow: { S: 9 },
    seeds: [1, 2, 3],
    finds: ['stop-sign violated S'],
  },
  {
    it: 'CONTROL: and over it with no more slowing',
    drive: 'AQSJT',
    kmh: 40,
    stop: { Q: 5 },
    seeds: [1, 2, 3],
    accuses: [],
  },
  {
    it: 'a fix every 5 s: no stop at the line is seen',
    drive: 'AQSJT',
    kmh: 40,
    stop: { Q: 11 },
    interval_s: 5,
    seeds: [1, 2, 3],
    finds: ['stop-sign undetermined S'],
  },
]);

scenario('a queue 7 m before the line, as near as the receiver errs', queueBefore('A---------QS---J--------T', 6), [
  {
    it: 'and slow again at the line: the stand was that of a queue',
    drive: 'AQSJT',
    kmh: 40,
    stop: { Q: 5 },
    slow: { S: 6 },
    seeds: [2, 3, 4],
    finds: ['stop-sign undetermined S: stop_possible_between_fixes'],
  },
  {
    it: 'CONTROL: and on without slowing, as from a line that is marked before its sign',
    drive: 'AQSJT',
    kmh: 40,
    stop: { Q: 3 },
    accuses: [],
  },
  {
    it: 'CONTROL: at the line, and slow for what is 24 m beyond it',
    drive: 'AQSJT',
    kmh: 40,
    stop: { S: 3 },
    slow: { J: 15 },
    finds: ['stop-sign complied S'],
  },
]);

scenario('a minor street meets a major one, the line 30 m before it', longMeeting(), [
  {
    it: 'stopped at the line',
    drive: 'ASJD',
    kmh: 40,
    stop: { S: 3 },
    finds: ['stop-sign complied S'],
    route: 'ASJ CJD',
  },
  { it: 'stopped for a second', drive: 'ASJT', kmh: 40, stop: { S: 1 }, finds: ['stop-sign complied S'] },
  { it: 'driven over at 40', drive: 'ASJT', kmh: 40, finds: ['stop-sign violated S'], route: 'ASJ JT' },
  { it: 'rolled over at 15', drive: 'ASJT', kmh: 40, slow: { S: 15 }, finds: ['stop-sign violated S'] },
  {
    it: 'so slow that a stop may hide between two fixes',
    drive: 'ASJT',
    kmh: 40,
    slow: { S: 3.5 },
    finds: ['stop-sign undetermined S: stop_possible_between_fixes'],
  },
  { it: 'the other way: the sign is not for it', drive: 'DJSA', kmh: 40, finds: [], route: '-CJD -ASJ' },
  { it: 'along the major road: the sign is not for it', drive: 'CJD', kmh: 40, finds: [], route: 'CJD' },
  {
    it: 'a fix every 10 s says nothing at this speed',
    drive: 'ASJT',
    kmh: 30,
    interval_s: 10,
    finds: ['stop-sign undetermined S: stop_possible_between_fixes'],
  },
  { it: 'a fix every 2 s still tells 40', drive: 'ASJT', kmh: 40, interval_s: 2, finds: ['stop-sign violated S'] },
  {
    it: 'a fix every 5 s at 25: speeds leave the time for a stop, the way between does not',
    drive: 'ASJT',
    kmh: 25,
    interval_s: 5,
    finds: ['stop-sign violated S'],
  },
  {
    it: 'CONTROL: a fix every 5 s, slow at the line',
    drive: 'ASJT',
    kmh: 25,
    interval_s: 5,
    slow: { S: 5 },
    accuses: [],
  },
  {
    it: 'a log without speed, stopped for 2 s: no acquittal by so few positions',
    drive: 'ASJT',
    kmh: 40,
    stop: { S: 2 },
    withSpeed: false,
    finds: ['stop-sign undetermined S: stop_possible_between_fixes no_speed'],
  },
  { it: 'a log without speed', drive: 'ASJT', kmh: 40, withSpeed: false, finds: ['stop-sign violated S: no_speed'] },
  {
    it: 'a log without speed, stopped for 4 s, which positions may not tell from rolling',
    drive: 'ASJT',
    kmh: 40,
    stop: { S: 4 },
    withSpeed: false,
    accuses: [],
  },
  {
    it: 'a log without speed, stopped for 10 s',
    drive: 'ASJT',
    kmh: 40,
    stop: { S: 10 },
    withSpeed: false,
    finds: ['stop-sign complied S'],
  },
]);

scenario(
  'nothing is received around the line for 20 s',
  {
    map: `
      A---------P---S-J-----Q---------B
                      |
                      C
    `,
    metres: 20,
    ways: { ASJ: minor, JB: minor, JC: major },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
  },
  [
    {
      it: 'the gap',
      drive: 'APSJQB',
      kmh: 30,
      stop: { S: 4 },
      silent: 'PQ',
      finds: ['stop-sign undetermined S: gps_gap'],
      route: 'ASJ JB',
    },
  ],
);

scenario(
  'a line without direction: the nearer junction decides',
  {
    map: `
      C              E
      |              |
      A------------S-B------------G
      |              |
      D              F
    `,
    metres: 10,
    ways: { ASB: minor, CAD: major, EBF: major, BG: minor },
    nodes: { S: { highway: 'stop' } },
  },
  [
    {
      it: 'towards the nearer junction',
      drive: 'ASBG',
      kmh: 36,
      finds: ['stop-sign violated S: direction_inferred'],
      route: 'ASB BG',
    },
    { it: 'stopped', drive: 'ASBG', kmh: 36, stop: { S: 3 }, finds: ['stop-sign complied S: direction_inferred'] },
    { it: 'away from it', drive: 'GBSA', kmh: 36, finds: [], route: '-BG -ASB' },
  ],
);

scenario(
  'a line without direction between two near junctions',
  {
    map: `
             C     E
             |     |
      H------A--S--B------G
             |     |
             D     F
    `,
    metres: 10,
    ways: { HA: minor, ASB: minor, CAD: major, EBF: major, BG: minor },
    nodes: { S: { highway: 'stop' } },
  },
  [
    {
      it: 'whom it binds is not known',
      drive: 'HASBG',
      kmh: 36,
      finds: ['stop-sign undetermined S: direction_ambiguous'],
    },
  ],
);

scenario(
  'the sign on a one-way street needs no direction',
  {
    map: `
                   C
                   |
      A---S--------B---------D
                   |
                   E
    `,
    metres: 20,
    ways: { ASB: { ...minor, oneway: 'yes' }, CBE: major, BD: minor },
    nodes: { S: { highway: 'stop' } },
  },
  [{ it: 'far from the junction', drive: 'ASBD', kmh: 36, finds: ['stop-sign violated S: direction_inferred'] }],
);

const centre = (tags: Record<string, string>) => ({
  map: `
             C
             |
             |
             |
      A------J------B
             |
             |
             |
             D
    `,
  metres: 20,
  ways: { AJ: minor, JB: minor, CJ: major, JD: major },
  nodes: { J: { highway: 'stop', ...tags } },
});

scenario("the sign at the junction's centre, stop=minor", centre({ stop: 'minor' }), [
  { it: 'from the minor street', drive: 'AJD', kmh: 40, finds: ['stop-sign violated J: line_position_uncertain'] },
  { it: 'stopped 12 m before the centre', drive: 'AJB', kmh: 40, stop: { J: 3 }, finds: ['stop-sign complied J'] },
  { it: 'on the major road', drive: 'CJD', kmh: 40, finds: [] },
]);

scenario("the sign at the junction's centre, and nothing said", centre({}), [
  {
    it: 'whom it binds is not known',
    drive: 'CJD',
    kmh: 40,
    finds: ['stop-sign undetermined J: line_position_uncertain direction_ambiguous'],
  },
]);

scenario(
  'signals at the junction make the line void',
  meeting({ nodes: { S: { highway: 'stop', direction: 'forward' }, J: { highway: 'traffic_signals' } } }),
  [{ it: 'driven over', drive: 'ASJB', kmh: 40, finds: ['stop-sign undetermined S: signal_present'] }],
);

scenario('compass directions say what the sign faces', meeting({ nodes: { S: { highway: 'stop', direction: 'W' } } }), [
  { it: 'it faces west: for eastbound traffic', drive: 'ASJB', kmh: 40, finds: ['stop-sign violated S'] },
  { it: 'not for westbound', drive: 'BJSA', kmh: 40, finds: [] },
]);

scenario(
  'a parallel street 30 m beside has the line',
  {
    map: `
      E                          G
      |                          |
      A------------S-------------B
      |                          |
      C--------------------------D
      |                          |
      F                          H
    `,
    metres: 15,
    ways: { ASB: minor, CD: major, EACF: major, GBDH: major },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { C: [0, 0] },
  },
  [
    { it: 'beside it', drive: 'FCDH', kmh: 40, finds: [], route: '-EACF CD GBDH' },
    { it: 'on it', drive: 'FCABDH', kmh: 40, finds: ['stop-sign violated S'], route: '-EACF ASB GBDH' },
  ],
);

scenario(
  'a line on a long street, and positions 20 m off',
  {
    map: `
      A----------S----------B
    `,
    metres: 40,
    ways: { ASB: minor },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
  },
  [
    {
      it: 'stopped at the line, though it looks 30 m from it: not accused',
      drive: 'ASB',
      kmh: 40,
      stop: { S: 4 },
      sigma_m: 20,
      accuses: [],
      seeds: Array.from({ length: 30 }, (_, i) => i + 1),
    },
    {
      it: 'driven over, and nowhere near a standstill',
      drive: 'ASB',
      kmh: 40,
      sigma_m: 20,
      seeds: [1, 2, 4],
      finds: ['stop-sign violated S'],
    },
  ],
);

scenario(
  'a side road with a line runs 9 m beside a fast one',
  {
    map: `
      W----A---------------------B----E
           CK----------------S--LD
    `,
    metres: 20,
    ways: { WABE: major, ACSDB: minor },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { C: [30, 11], S: [0, 11], D: [-30, 11], K: [20, 16], L: [-20, 16] },
  },
  [
    {
      it: 'between the two at 60, a fix every 5 s: few run a sign like that',
      drive: 'WAKLBE',
      kmh: 60,
      interval_s: 5,
      lateral_m: 0,
      accuses: [],
    },
    { it: 'on the side road at 40', drive: 'WACSDBE', kmh: 40, lateral_m: 0, finds: ['stop-sign violated S'] },
  ],
);
