// SPDX-License-Identifier: MIT
// Turn restrictions in each of OSM's forms (wiki: Relation:restriction).
import { scenario } from './scene.ts';

const street = { highway: 'residential' };

const crossing = (tags: Record<string, string>, from = 'WX', to = 'XS') => ({
  map: `
               N
               |
               |
               |
      W--------X--------E
               |
               |
               |
               S
    `,
  metres: 18,
  ways: { WX: street, XE: street, NX: street, XS: street },
  relations: [{ from, via: 'X', to, tags }],
});

scenario('no_right_turn', crossing({ restriction: 'no_right_turn' }), [
  { it: 'turned right', drive: 'WXS', kmh: 35, finds: ['turn-ban violated WX>X>XS'], route: 'WX XS' },
  { it: 'went straight on', drive: 'WXE', kmh: 35, finds: ['turn-ban complied WX>X>XS'] },
  { it: 'turned left', drive: 'WXN', kmh: 35, finds: ['turn-ban complied WX>X>XS'] },
  { it: 'from elsewhere', drive: 'NXS', kmh: 35, finds: [] },
  { it: 'the same turn backward', drive: 'SXW', kmh: 35, finds: [] },
  { it: 'turned right, positions only', drive: 'WXS', kmh: 35, withSpeed: false, finds: ['turn-ban violated WX>X>XS'] },
  { it: 'a fix every 5 s', drive: 'WXS', kmh: 35, interval_s: 5, finds: ['turn-ban violated WX>X>XS'] },
]);

scenario(
  'a turn that two relations ban is one offence',
  {
    ...crossing({ restriction: 'no_right_turn' }),
    relations: [
      { from: 'WX', via: 'X', to: 'XS', tags: { restriction: 'no_right_turn' } },
      { from: 'WX', via: 'X', to: 'XE', tags: { restriction: 'only_straight_on' } },
    ],
  },
  [
    { it: 'turned right', drive: 'WXS', kmh: 35, finds: ['turn-ban violated WX>X>XS'] },
    { it: 'turned left', drive: 'WXN', kmh: 35, finds: ['turn-ban complied WX>X>XS', 'turn-ban violated WX>X>XE'] },
  ],
);

scenario(
  'an exit that one fix shows acquits nobody',
  {
    map: `
      W--------XQ-------E
               |
               |
               S
    `,
    metres: 12,
    ways: { WXQE: street, XS: street },
    relations: [{ from: 'WXQE', via: 'X', to: 'XS', tags: { restriction: 'no_right_turn' } }],
  },
  [
    { it: 'CONTROL: drove on', drive: 'WXQE', kmh: 35, interval_s: 5, finds: ['turn-ban complied WXQE>X>XS'] },
    {
      it: 'the log ends right behind the junction',
      drive: 'WXQ',
      kmh: 35,
      interval_s: 5,
      finds: ['turn-ban undetermined WXQE>X>XS: gps_gap'],
    },
  ],
);

scenario('only_straight_on', crossing({ restriction: 'only_straight_on' }, 'WX', 'XE'), [
  { it: 'straight on', drive: 'WXE', kmh: 35, finds: ['turn-ban complied WX>X>XE'] },
  { it: 'right', drive: 'WXS', kmh: 35, finds: ['turn-ban violated WX>X>XE'] },
  { it: 'left', drive: 'WXN', kmh: 35, finds: ['turn-ban violated WX>X>XE'] },
  { it: 'from elsewhere', drive: 'NXS', kmh: 35, finds: [] },
]);

scenario('only_left_turn', crossing({ restriction: 'only_left_turn' }, 'WX', 'NX'), [
  { it: 'left', drive: 'WXN', kmh: 35, finds: ['turn-ban complied WX>X>NX'] },
  { it: 'straight on', drive: 'WXE', kmh: 35, finds: ['turn-ban violated WX>X>NX'] },
]);

scenario('except=psv', crossing({ restriction: 'no_right_turn', except: 'psv;bicycle' }), [
  { it: 'a bus', drive: 'WXS', kmh: 35, vehicle: 'bus', finds: [] },
  { it: 'a car', drive: 'WXS', kmh: 35, finds: ['turn-ban violated WX>X>XS'] },
]);

scenario('except=bicycle', crossing({ restriction: 'no_right_turn', except: 'bicycle' }), [
  { it: 'a car', drive: 'WXS', kmh: 35, finds: ['turn-ban violated WX>X>XS'] },
]);

scenario('restriction:hgv', crossing({ 'restriction:hgv': 'no_right_turn' }), [
  { it: 'a car', drive: 'WXS', kmh: 35, finds: [] },
  { it: 'a large goods vehicle', drive: 'WXS', kmh: 35, vehicle: 'large_goods', finds: ['turn-ban violated WX>X>XS'] },
]);

scenario('restriction:conditional', crossing({ 'restriction:conditional': 'no_right_turn @ (Mo-Fr 07:00-09:00)' }), [
  { it: 'turned right at ten', drive: 'WXS', kmh: 35, finds: ['turn-ban complied WX>X>XS'] },
  {
    it: 'turned right at eight',
    drive: 'WXS',
    kmh: 35,
    start: '2026-10-04T23:00:00Z',
    finds: ['turn-ban violated WX>X>XS'],
  },
]);

scenario('no_u_turn at a junction', crossing({ restriction: 'no_u_turn' }, 'WX', 'WX'), [
  { it: 'turned round', drive: 'WXW', kmh: 35, finds: ['turn-ban violated WX>X>WX'], route: 'WX -WX' },
  { it: 'straight on', drive: 'WXE', kmh: 35, finds: ['turn-ban complied WX>X>WX'] },
]);

scenario(
  'once round an island, against no_right_turn',
  {
    map: `
      A-----B--------C------D
            |        |
            |        |
            F--------E
    `,
    metres: 5,
    ways: { AB: street, BC: street, CD: street, CE: street, EF: street, FB: street },
    relations: [{ from: 'CE', via: 'E', to: 'EF', tags: { restriction: 'no_right_turn' } }],
  },
  [
    { it: 'a fix every second', drive: 'ABCEFBCD', kmh: 25, finds: ['turn-ban violated CE>E>EF'] },
    {
      it: 'a fix every 5 s',
      drive: 'ABCEFBCD',
      kmh: 25,
      interval_s: 5,
      finds: ['turn-ban undetermined CE>E>EF: gps_gap'],
    },
    {
      it: 'not back again, a fix every 5 s',
      drive: 'ABCEF',
      kmh: 25,
      interval_s: 5,
      finds: ['turn-ban violated CE>E>EF'],
    },
  ],
);

scenario(
  'turning round where nothing forbids it',
  {
    map: `
      A---------------P---------------B
    `,
    metres: 15,
    ways: { APB: street },
  },
  [{ it: 'in the middle of the street', drive: 'APA', kmh: 35, finds: [], route: 'APB -APB' }],
);

scenario(
  'a turn restriction via a way',
  {
    map: `
      A--------B-----C--------D
               |     |
               |     |
               |     |
               E     F
    `,
    metres: 18,
    ways: { AB: street, BC: street, CD: street, BE: street, CF: street },
    relations: [{ from: 'BE', via: ['BC'], to: 'CF', tags: { restriction: 'no_u_turn' } }],
  },
  [
    { it: 'the banned chain', drive: 'EBCF', kmh: 30, finds: ['turn-ban violated BE>BC>CF'], route: '-BE BC CF' },
    { it: 'leaves it straight on', drive: 'EBCD', kmh: 30, finds: ['turn-ban complied BE>BC>CF'] },
    { it: 'comes from elsewhere', drive: 'ABCF', kmh: 30, finds: [] },
    { it: 'turns away at once', drive: 'EBA', kmh: 30, finds: [] },
  ],
);

scenario(
  'only_… via a way',
  {
    map: `
      A--------B-----C--------D
               |     |
               |     |
               |     |
               E     F
    `,
    metres: 18,
    ways: { AB: street, BC: street, CD: street, BE: street, CF: street },
    relations: [{ from: 'AB', via: ['BC'], to: 'CD', tags: { restriction: 'only_straight_on' } }],
  },
  [
    { it: 'straight on', drive: 'ABCD', kmh: 30, finds: ['turn-ban complied AB>BC>CD'] },
    { it: 'turns off at the end of the via way', drive: 'ABCF', kmh: 30, finds: ['turn-ban violated AB>BC>CD'] },
  ],
);

scenario('no_entry', crossing({ restriction: 'no_entry' }, 'WX', 'XE'), [
  { it: 'driven in', drive: 'WXE', kmh: 35, finds: ['turn-ban violated WX>X>XE'] },
  { it: 'from another way', drive: 'NXE', kmh: 35, finds: [] },
]);

scenario('no_exit', crossing({ restriction: 'no_exit' }, 'WX', 'XE'), [
  { it: 'driven out', drive: 'WXE', kmh: 35, finds: ['turn-ban violated WX>X>XE'] },
  { it: 'turned off', drive: 'WXS', kmh: 35, finds: ['turn-ban complied WX>X>XE'] },
]);

scenario(
  'the way is not split at the junction',
  {
    map: `
               N
               |
               |
               |
      W--------X--------E
               |
               |
               |
               S
    `,
    metres: 18,
    ways: { WXE: street, NX: street, XS: street },
    relations: [{ from: 'NX', via: 'X', to: 'XS', tags: { restriction: 'no_straight_on' } }],
  },
  [
    { it: 'across it', drive: 'NXS', kmh: 35, finds: ['turn-ban violated NX>X>XS'] },
    { it: 'along it', drive: 'WXE', kmh: 35, finds: [] },
  ],
);

scenario(
  'a forecourt at the corner',
  {
    map: `
      W--------P--X--------E
               |  |
               Q--R
                  |
                  |
                  |
                  S
    `,
    metres: 20,
    ways: { WPX: street, XE: street, XRS: street, PQR: { highway: 'service' } },
    relations: [{ from: 'WPX', via: 'X', to: 'XRS', tags: { restriction: 'no_right_turn' } }],
  },
  [
    { it: 'cut over the forecourt: no banned turn', drive: 'WPQRS', kmh: 20, finds: [], route: 'WPX PQR XRS' },
    { it: 'turned right', drive: 'WPXRS', kmh: 20, finds: ['turn-ban violated WPX>X>XRS'] },
  ],
);

scenario(
  'the junction and a lawful way round it were not received',
  {
    map: `
      W--------PX----Y
                |    |
                |    |
                |    |
                S----T
                Q
                |
                |
                |
                Z
    `,
    metres: 20,
    ways: { WPX: street, XY: street, XS: street, YT: street, ST: street, SQZ: street },
    relations: [{ from: 'WPX', via: 'X', to: 'XS', tags: { restriction: 'no_right_turn' } }],
  },
  [
    { it: 'drove round the block', drive: 'WPXYTSQZ', kmh: 35, silent: 'PQ', accuses: [] },
    {
      it: 'drove round the block, positions only',
      drive: 'WPXYTSQZ',
      kmh: 35,
      silent: 'PQ',
      withSpeed: false,
      accuses: [],
    },
    { it: 'round the block, all received', drive: 'WPXYTSQZ', kmh: 35, finds: ['turn-ban complied WPX>X>XS'] },
    { it: 'turned right, all received', drive: 'WPXSQZ', kmh: 35, finds: ['turn-ban violated WPX>X>XS'] },
    {
      it: 'turned right, a fix every 5 s',
      drive: 'WPXSQZ',
      kmh: 35,
      interval_s: 5,
      finds: ['turn-ban violated WPX>X>XS'],
    },
  ],
);

scenario(
  'the arm that is forbidden is cut into short ways',
  {
    map: `
      W--------P--X--------E
                  K
                  |
                  |
                  S
    `,
    metres: 20,
    ways: { WPX: street, XE: street, XK: street, KS: { ...street, name: 'South' } },
    relations: [{ from: 'WPX', via: 'X', to: 'XK', tags: { restriction: 'no_right_turn' } }],
    shift: { K: [0, 16] },
  },
  [
    { it: 'turned right', drive: 'WPXKS', kmh: 25, finds: ['turn-ban violated WPX>X>XK'], route: 'WPX XK KS' },
    { it: 'straight on', drive: 'WPXE', kmh: 25, finds: ['turn-ban complied WPX>X>XK'] },
  ],
);

scenario(
  'out of an arm in which the car turned round',
  {
    map: `
               P
               |
               |
               |
               |
               N
               |
      W--------X--------E
    `,
    metres: 18,
    ways: { WX: street, XE: street, PNX: street },
    relations: [{ from: 'PNX', via: 'X', to: 'XE', tags: { restriction: 'no_left_turn' } }],
  },
  [
    {
      it: '36 m up the arm: positions that wander at a stand look the same',
      drive: 'WXNXE',
      kmh: 20,
      finds: ['turn-ban undetermined PNX>X>XE: match_uncertain'],
    },
    { it: 'from far up the arm', drive: 'WXPXE', kmh: 20, finds: ['turn-ban violated PNX>X>XE'] },
    { it: 'came by the arm', drive: 'PNXE', kmh: 20, finds: ['turn-ban violated PNX>X>XE'] },
  ],
);
