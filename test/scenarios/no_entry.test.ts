// SPDX-License-Identifier: MIT
// No entry: roads closed to the vehicle, and the lawful reasons to be on one.
import { blockWithDoor as block, street } from './block.ts';
import { scenario } from './scene.ts';

const path = { highway: 'service' };

scenario('a shopping street, motor_vehicle=no', block({ motor_vehicle: 'no' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: ['no-entry violated AXB'], route: 'EA AXB BF' },
  { it: 'through it the other way', drive: 'FBAE', kmh: 25, finds: ['no-entry violated -AXB'] },
  { it: 'around it', drive: 'EACDBF', kmh: 25, finds: [], route: 'EA AC CD -BD BF' },
  {
    it: 'the destination lies inside: a permit is possible',
    drive: 'EAX',
    kmh: 25,
    finds: ['no-entry undetermined AXB: permit_possible'],
  },
  { it: 'the start lies inside', drive: 'XBF', kmh: 25, finds: ['no-entry undetermined AXB: permit_possible'] },
  { it: 'positions only', drive: 'EABF', kmh: 25, withSpeed: false, finds: ['no-entry violated AXB'] },
  { it: 'crossing its end', drive: 'FBDH', kmh: 25, finds: [] },
]);

scenario('highway=pedestrian', block({ highway: 'pedestrian' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: ['no-entry violated AXB'] },
]);

scenario('highway=pedestrian open to cars', block({ highway: 'pedestrian', motor_vehicle: 'yes' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: [] },
]);

// a clause that closes what the class closes anyway means that the street is open at other times
scenario(
  'highway=pedestrian, closed by the hour',
  block({ highway: 'pedestrian', 'motor_vehicle:conditional': 'no @ (15:00-05:00)' }),
  [
    { it: 'at noon', drive: 'EABF', kmh: 25, finds: ['no-entry complied AXB'] },
    { it: 'at four', drive: 'EABF', kmh: 25, start: '2026-10-05T07:00:00Z', finds: ['no-entry violated AXB'] },
    {
      it: 'a minute before three',
      drive: 'EABF',
      kmh: 25,
      start: '2026-10-05T05:58:30Z',
      finds: ['no-entry undetermined AXB: time_window_edge'],
    },
  ],
);

scenario('the most specific key wins', block({ access: 'no', motor_vehicle: 'yes', bus: 'no' }), [
  { it: 'a car', drive: 'EABF', kmh: 25, finds: [] },
  { it: 'a bus', drive: 'EABF', kmh: 25, vehicle: 'bus', finds: ['no-entry violated AXB'] },
]);

scenario('a street for buses', block({ motor_vehicle: 'no', bus: 'yes' }), [
  { it: 'a bus', drive: 'EABF', kmh: 25, vehicle: 'bus', finds: [] },
  { it: 'a car', drive: 'EABF', kmh: 25, finds: ['no-entry violated AXB'] },
]);

scenario('closed to large goods vehicles', block({ hgv: 'no' }), [
  { it: 'a car', drive: 'EABF', kmh: 25, finds: [] },
  { it: 'a large goods vehicle', drive: 'EABF', kmh: 25, vehicle: 'large_goods', finds: ['no-entry violated AXB'] },
]);

scenario('closed in one direction', block({ 'motor_vehicle:backward': 'no' }), [
  { it: 'the open direction', drive: 'EABF', kmh: 25, finds: [] },
  { it: 'the closed one', drive: 'FBAE', kmh: 25, finds: ['no-entry violated -AXB'] },
]);

scenario('destination only', block({ access: 'destination' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: ['no-entry violated AXB'] },
  { it: 'to a door inside', drive: 'EAX', kmh: 25, finds: ['no-entry complied AXB: destination_possible'] },
  { it: 'from a door inside', drive: 'XAE', kmh: 25, finds: ['no-entry complied -AXB: destination_possible'] },
]);

scenario('private', block({ access: 'private' }), [
  {
    it: 'through it: a permission is possible',
    drive: 'EABF',
    kmh: 25,
    finds: ['no-entry possible AXB: permit_possible'],
  },
  { it: 'home lies inside', drive: 'EAX', kmh: 25, finds: ['no-entry undetermined AXB: permit_possible'] },
  { it: 'from home', drive: 'XBF', kmh: 25, finds: ['no-entry undetermined AXB: permit_possible'] },
]);

scenario('customers', block({ access: 'customers' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: ['no-entry possible AXB'] },
  { it: 'to the shop', drive: 'EAX', kmh: 25, finds: ['no-entry undetermined AXB: permit_possible'] },
]);

scenario('delivery', block({ motor_vehicle: 'delivery' }), [
  { it: 'through it', drive: 'EABF', kmh: 25, finds: ['no-entry possible AXB'] },
  { it: 'to a door inside', drive: 'EAX', kmh: 25, finds: ['no-entry complied AXB: destination_possible'] },
]);

scenario('closed on weekday mornings', block({ 'motor_vehicle:conditional': 'no @ (Mo-Fr 07:30-08:30)' }), [
  { it: 'at ten', drive: 'EABF', kmh: 25, finds: ['no-entry complied AXB'] },
  { it: 'at eight', drive: 'EABF', kmh: 25, start: '2026-10-04T23:00:00Z', finds: ['no-entry violated AXB'] },
  {
    it: 'a minute before',
    drive: 'EABF',
    kmh: 25,
    start: '2026-10-04T22:28:30Z',
    finds: ['no-entry undetermined AXB: time_window_edge'],
  },
]);

scenario(
  'closed, lifted at times',
  block({ motor_vehicle: 'no', 'motor_vehicle:conditional': 'yes @ (22:00-06:00)' }),
  [
    { it: 'by day', drive: 'EABF', kmh: 25, finds: ['no-entry violated AXB'] },
    { it: 'at night', drive: 'EABF', kmh: 25, start: '2026-10-05T13:30:00Z', finds: ['no-entry complied AXB'] },
  ],
);

scenario(
  'a closed way beside the road',
  {
    map: `
      A------------------------------B
      C------------------------------D
    `,
    metres: 12,
    ways: { AB: { highway: 'tertiary' }, CD: { highway: 'service', access: 'no' } },
  },
  [
    { it: 'on the road', drive: 'AB', kmh: 40, finds: [], route: 'AB' },
    {
      it: 'on the road, on the side of the closed way',
      drive: 'AB',
      kmh: 40,
      lateral_m: -1.5,
      seeds: [2, 3, 4],
      finds: [],
    },
  ],
);

scenario(
  'a closed street 25 m long',
  {
    map: `
      E--------A-B--------F
    `,
    metres: 25,
    ways: { EA: street, AB: { ...street, motor_vehicle: 'no' }, BF: street },
    shift: { B: [-25, 0] },
  },
  [{ it: 'too short to be sure', drive: 'EABF', kmh: 25, finds: ['no-entry undetermined AB: short_stretch'] }],
);

scenario(
  'a closed frontage way that leaves the road and comes back to it',
  {
    map: `
      E----A------------------------------B----F
            C----------------------------D
    `,
    metres: 12,
    ways: {
      EA: { highway: 'tertiary' },
      AB: { highway: 'tertiary' },
      BF: { highway: 'tertiary' },
      ACDB: { highway: 'service', access: 'no' },
    },
  },
  [
    { it: 'past it', drive: 'EABF', kmh: 40, finds: [], route: 'EA AB BF' },
    {
      it: 'through it',
      drive: 'EACDBF',
      kmh: 30,
      seeds: [1, 2, 3, 4],
      finds: ['no-entry violated ACDB'],
      route: 'EA ACDB BF',
    },
  ],
);

scenario(
  'plain streets behind a street for destinations',
  {
    map: `
      A------B--------C------D
                      |
                      |
                      |
                      E
    `,
    metres: 20,
    ways: { AB: street, BC: { ...street, access: 'destination' }, CD: street, CE: street },
  },
  [
    { it: 'to one of them', drive: 'ABCD', kmh: 30, finds: ['no-entry complied BC: destination_possible'] },
    { it: 'from one of them', drive: 'ECBA', kmh: 30, finds: ['no-entry complied -BC: destination_possible'] },
  ],
);

scenario(
  'a bus lane beside the road, and a crossing of many short pieces between them',
  {
    map: `
      A-----------C-----------B
      |                       |
      |        E  F  G  H     |
      P--------I--J--K--L-----Q
               M  N  O  R
    `,
    metres: 3,
    ways: {
      ACB: street,
      AP: street,
      BQ: street,
      PIJKLQ: { highway: 'service', access: 'no', bus: 'designated' },
      EIM: path,
      FJN: path,
      GKO: path,
      HLR: path,
      EFGH: path,
      MNOR: path,
    },
    shift: { A: [-150, 0], P: [-150, 0], B: [150, 0], Q: [150, 0] },
  },
  [
    {
      it: 'positions 12 m off, towards the bus lane',
      drive: 'ACB',
      kmh: 40,
      interval_s: 5,
      spike: { 2: [0, -12], 3: [0, -12], 4: [0, -12], 5: [0, -12] },
      route: 'ACB',
      finds: [],
    },
  ],
);

scenario(
  'a closed road that the path leaves as it came',
  {
    map: `
               P
               |
               |
               |
               N
               |
      W--------X--------E
    `,
    metres: 18,
    ways: { WX: { highway: 'residential' }, XE: { highway: 'residential' }, PNX: { highway: 'service', access: 'no' } },
  },
  [
    {
      it: '36 m into it and back: positions that wander at a stand look the same',
      drive: 'WXNXE',
      kmh: 20,
      finds: ['no-entry undetermined -PNX: match_uncertain'],
    },
    { it: 'far into it and back', drive: 'WXPXE', kmh: 20, finds: ['no-entry violated -PNX'] },
  ],
);
