// SPDX-License-Identifier: MIT
// The route of ways that a drive is matched to; no drive here breaks a rule unless it says so.
import { scenario } from './scene.ts';

const street = { highway: 'residential' };
const lane = { highway: 'unclassified' };
const major = { highway: 'secondary' };

scenario(
  'parallel roads, 25 m apart',
  {
    map: `
      A---------------B
      |               |
      C---------------D
      |               |
      E---------------F
    `,
    metres: 25,
    ways: { AB: street, CD: street, EF: street, AC: street, CE: street, BD: street, DF: street },
    shift: { C: [0, 25], D: [0, 25], E: [0, 50], F: [0, 50] },
  },
  [
    { it: 'the northern', drive: 'AB', kmh: 35, finds: [], route: 'AB' },
    { it: 'the middle', drive: 'CD', kmh: 35, finds: [], route: 'CD' },
    { it: 'the southern', drive: 'EF', kmh: 35, finds: [], route: 'EF' },
    {
      it: 'the middle, then back along the northern',
      drive: 'CDBA',
      kmh: 35,

      finds: [],
      route: 'CD -BD -AB',
    },
    { it: 'a fix every 10 s', drive: 'ABDFE', kmh: 35, interval_s: 10, finds: [], route: 'AB BD DF -EF' },
  ],
);

scenario(
  'a road below a viaduct, without a connection',
  {
    map: `
                N
                |
                |
      W---------+---------E
                |
                |
                S
    `,
    metres: 20,
    ways: { WE: { highway: 'secondary' }, NS: { highway: 'primary', bridge: 'yes', layer: '1' } },
  },
  [
    { it: 'below', drive: 'WE', kmh: 40, finds: [], route: 'WE' },
    { it: 'above', drive: 'NS', kmh: 40, finds: [], route: 'NS' },
  ],
);

scenario(
  'a viaduct right above the road, reached by ramps',
  {
    map: `
      A---B---------------------C---D
      E---F---------------------G---H
    `,
    metres: 20,
    ways: {
      ABCD: { highway: 'primary' },
      EFGH: { highway: 'motorway', oneway: 'yes', bridge: 'yes', layer: '1' },
    },
    shift: { F: [0, 20], G: [0, 20] },
  },
  [
    { it: 'on the viaduct', drive: 'EFGH', kmh: 60, finds: [], route: 'EFGH' },
    { it: 'below it', drive: 'ABCD', kmh: 60, finds: [], route: 'ABCD' },
    { it: 'below it, the way that the viaduct does not go', drive: 'DCBA', kmh: 60, finds: [], route: '-ABCD' },
  ],
);

scenario(
  'a grid',
  {
    map: `
      A----B----C----D
      |    |    |    |
      E----F----G----H
      |    |    |    |
      I----J----K----L
    `,
    metres: 20,
    ways: {
      AB: street,
      BC: street,
      CD: street,
      EF: street,
      FG: street,
      GH: street,
      IJ: street,
      JK: street,
      KL: street,
      AE: street,
      EI: street,
      BF: street,
      FJ: street,
      CG: street,
      GK: street,
      DH: street,
      HL: street,
    },
    shift: {
      A: [0, 60],
      B: [0, 60],
      C: [0, 60],
      D: [0, 60],
      I: [0, -60],
      J: [0, -60],
      K: [0, -60],
      L: [0, -60],
    },
  },
  [
    { it: 'a zigzag', drive: 'ABFGKL', kmh: 35, finds: [], route: 'AB BF FG GK KL' },
    { it: 'around a block', drive: 'EFGCBF', kmh: 35, finds: [], route: 'EF FG -CG -BC BF' },
    { it: 'a zigzag, positions only', drive: 'ABFGKL', kmh: 35, withSpeed: false, finds: [], route: 'AB BF FG GK KL' },
    { it: 'a zigzag, a fix every 10 s', drive: 'ABFGKL', kmh: 35, interval_s: 10, finds: [], route: 'AB BF FG GK KL' },
    { it: 'the corners were not received', drive: 'ABFGKL', kmh: 35, silent: 'BF', finds: [], route: 'AB BF FG GK KL' },
    {
      it: 'a single fix 150 m aside',
      drive: 'EFGH',
      kmh: 35,
      spike: { 15: [100, -110] },
      finds: [],
      route: 'EF FG GH',
    },
  ],
);

scenario(
  'a tunnel of 600 m with a road above',
  {
    map: `
      A----B------------------------------C----D
           |                              |
           |                              |
           |                              |
           E------------------------------F
    `,
    metres: 20,
    ways: {
      AB: { highway: 'secondary' },
      BC: { highway: 'secondary', tunnel: 'yes', layer: '-1' },
      CD: { highway: 'secondary' },
      BE: street,
      EF: street,
      CF: street,
    },
  },
  [
    { it: 'nothing received inside', drive: 'ABCD', kmh: 50, silent: 'BC', finds: [], route: 'AB BC CD' },
    { it: 'around it', drive: 'ABEFCD', kmh: 50, finds: [], route: 'AB BE EF -CF CD' },
  ],
);

scenario(
  'a car park that the map does not know',
  {
    map: `
      A---------B--------C
           P---Q
           |   |
           S---R
    `,
    metres: 25,
    ways: { ABC: street },
    shift: { P: [0, -50], Q: [0, -50], R: [0, -50], S: [0, -50] },
  },
  [{ it: 'off the road and back', drive: 'ABQRSPQBC', kmh: 25, finds: [], route: 'ABC' }],
);

scenario(
  'a tunnel in which the positions drift away, past other streets',
  {
    map: `
      A-----------------------B--------------------------C-----------------------D
                                 X     Y     Z
                                 P-----------------Q
                                 U     V     W
    `,
    metres: 30,
    ways: { AB: street, BC: street, CD: street, XU: street, YV: street, ZW: street },
    shift: Object.fromEntries([...'PQ'].map((l) => [l, [0, -60]])),
  },
  [{ it: 'the path goes on through the tunnel', drive: 'ABPQCD', kmh: 60, finds: [], route: 'AB BC CD' }],
);

scenario(
  'a U-turn on a street, and a dead end',
  {
    map: `
      A----------B----------C
                 |
                 |
                 |
                 |
                 D
    `,
    metres: 20,
    ways: { AB: street, BC: street, BD: street },
  },
  [
    { it: 'turned round in the dead end', drive: 'ABDBC', kmh: 30, finds: [], route: 'AB BD -BD BC' },
    { it: 'turned round at C', drive: 'ABCBA', kmh: 30, finds: [], route: 'AB BC -BC -AB' },
  ],
);

scenario(
  'two ways round a block, the longer by eight metres and with the fewer bends',
  {
    map: `
      P---A---B-----C
              |     |
              D-----F
                    |
                    S
                    |
                    Q
    `,
    metres: 20,
    ways: { PAB: street, BC: street, CF: street, BD: street, DF: street, FSQ: street },
    shift: { C: [4, 4] },
  },
  [
    {
      it: 'nothing seen between A and S',
      drive: 'PABCFSQ',
      kmh: 40,
      silent: 'AS',
      sigma_m: 1,
      withSpeed: false,
      finds: [],
      route: 'PAB BC CF FSQ',
    },
  ],
);

scenario(
  'two ways round a block as long, one of them past two side streets',
  {
    map: `
                  U   V
                  |   |
              B---E---F---C
              |           |
              |           |
      P-------A           S-------Q
              |           |
              |           |
              D-----------G
    `,
    metres: 20,
    ways: {
      PA: street,
      ABEFCS: street,
      ADGS: street,
      SQ: street,
      EU: street,
      FV: street,
    },
    shift: { D: [0, -0.2], G: [0, -0.2] },
  },
  ['PADGSQ', 'PABEFCSQ'].map((drive) => ({
    it: `nothing seen between A and S of ${drive}`,
    drive,
    kmh: 40,
    silent: 'AS',
    sigma_m: 1,
    withSpeed: false,
    finds: [],
    route: 'PA ADGS SQ',
  })),
);

scenario(
  'a main road, and a residential street that is ten metres shorter',
  {
    map: `
              B-----------C
              |           |
      P-------A           S-------Q
              |           |
              D-----------G
    `,
    metres: 20,
    ways: { PA: major, ABCS: street, ADGS: major, SQ: major },
    shift: { D: [0, -5], G: [0, -5] },
  },
  [
    { it: 'nothing seen for a minute', drive: 'PADGSQ', stop: { G: 60 }, silent: 'AS', route: 'PA ADGS SQ' },
    { it: 'the street, seen', drive: 'PABCSQ', route: 'PA ABCS SQ' },
  ].map((drive) => ({ ...drive, kmh: 40, sigma_m: 1, withSpeed: false, finds: [] })),
);

scenario(
  'a cul-de-sac at whose end the car turned unseen',
  {
    map: `
                  D
      P-------A---B--C
              |
              |
              |
              |
              Q
    `,
    metres: 10,
    ways: { PA: lane, AB: lane, BC: lane, AQ: lane },
    shift: { D: [0, -10] },
  },
  [
    {
      it: 'thirty metres behind the last fix',
      drive: 'PABCDAQ',
      kmh: 30,
      silent: 'BD',
      sigma_m: 1,
      withSpeed: false,
      finds: [],
      route: 'PA AB BC -BC -AB AQ',
    },
  ],
);

scenario(
  'a hole in the map, and half a kilometre of streets round it',
  {
    map: `
      P---A---B   C---D---Q
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      |                   |
      R-------------------T
    `,
    metres: 25,
    ways: { PAB: street, CDQ: street, PR: street, RT: street, QT: street },
  },
  [
    { it: 'the path breaks off and goes on behind it', jump_m: 350, route: 'PAB CDQ' },
    { it: 'without a price for holes it goes round', jump_m: 10_000, route: 'PAB -PAB PR RT -QT -CDQ CDQ' },
  ].map(({ jump_m, ...drive }) => ({
    ...drive,
    drive: 'PABCDQ',
    kmh: 40,
    stop: { B: 60 },
    silent: 'AD',
    withSpeed: false,
    settings: { 'match.jump_m': jump_m },
    finds: [],
  })),
);

scenario(
  'a car that was parked for ten minutes',
  {
    map: 'A---P---B---S---C---Q---D',
    metres: 20,
    ways: { APB: street, BSC: street, CQD: street },
  },
  [
    { it: 'near where it was last seen', drive: 'APBSCQD', stop: { S: 600 }, route: 'APB BSC CQD' },
    { it: 'too far off', drive: 'APBSCQD', stop: { S: 600 }, route: 'APB CQD', settings: { 'match.gap_m': 100 } },
  ].map((drive) => ({ ...drive, kmh: 40, silent: 'PQ', finds: [] })),
);

scenario(
  'a dual carriageway with a gap in the middle',
  {
    map: `
      A----------B-----------C
      D----------E-----------F
    `,
    metres: 20,
    ways: {
      BA: { highway: 'trunk', oneway: 'yes' },
      CB: { highway: 'trunk', oneway: 'yes' },
      DE: { highway: 'trunk', oneway: 'yes' },
      EF: { highway: 'trunk', oneway: 'yes' },
      BE: street,
    },
  },
  [
    { it: 'turned round through the gap', drive: 'DEBA', kmh: 40, finds: [], route: 'DE -BE BA' },
    { it: 'past the gap', drive: 'DEF', kmh: 40, finds: [], route: 'DE EF' },
  ],
);

scenario(
  'a parking aisle behind the street',
  {
    map: `
      A-----B-----------------C-----D
            |                 |
            E-----------------F
    `,
    metres: 15,
    ways: {
      AB: street,
      BC: street,
      CD: street,
      BEFC: { highway: 'service', service: 'parking_aisle' },
    },
  },
  [
    { it: 'along the street', drive: 'ABCD', kmh: 40, finds: [], route: 'AB BC CD' },
    { it: 'through the car park', drive: 'ABEFCD', kmh: 20, finds: [], route: 'AB BEFC CD' },
  ],
);

scenario(
  'a street with no other for half a kilometre',
  {
    map: `
      A------------------B
    `,
    metres: 40,
    ways: { AB: street },
  },
  [
    {
      it: 'fixes 90 m off that say so are on it, those between the anchors too',
      drive: 'AB',
      kmh: 40,
      lateral_m: 90,
      accuracy_m: 60,
      finds: [],
      route: 'AB',
      off_road: 0,
    },
    {
      it: 'fuzz_drive: an expected error of next to nothing asks for no endless number of roads',
      drive: 'AB',
      kmh: 40,
      settings: { 'match.sigma_m': 1e-9 },
      finds: [],
      route: 'AB',
    },
  ],
);

scenario(
  'nothing is received for two minutes',
  {
    map: `
      A------B---------------------------C------D
    `,
    metres: 40,
    ways: { AB: street, BC: street, CD: street },
  },
  [{ it: 'the path goes on', drive: 'ABCD', kmh: 25, silent: 'BC', finds: [], route: 'AB BC CD' }],
);

scenario(
  'nothing is received for six minutes',
  {
    map: `
      A------B---------------------------C------D
    `,
    metres: 100,
    ways: { AB: street, BC: street, CD: street },
  },
  [{ it: 'the path ends and begins again', drive: 'ABCD', kmh: 25, silent: 'BC', finds: [], route: 'AB CD' }],
);

scenario(
  'streets 40 m apart, and positions 20 m off',
  {
    map: `
      A----B----C----D----E----F----G----H
      |    |    |    |    |    |    |    |
      I----J----K----L----M----N----O----P
      |    |    |    |    |    |    |    |
      Q----R----S----T----U----V----W----X
    `,
    metres: 20,
    ways: {
      ABCDEFGH: street,
      IJKLMNOP: street,
      QRSTUVWX: street,
      AIQ: street,
      BJR: street,
      CKS: street,
      DLT: street,
      EMU: street,
      FNV: street,
      GOW: street,
      HPX: street,
    },
    shift: Object.fromEntries(
      [...'BJRCKSDLTEMUFNVGOWHPX'].map((node, i) => [node, [300 * (1 + Math.floor(i / 3)), 0]]),
    ),
  },
  [
    {
      it: 'the middle one, by an error larger than the nearest roads show',
      drive: 'IJKLMNOP',
      kmh: 40,
      sigma_m: 20,
      finds: [],
      route: 'IJKLMNOP',
      seeds: [2, 3, 4, 5, 6, 7, 8, 10, 11, 12], // 1 and 9 begin nearer to the next street, for a minute and more
    },
  ],
);

scenario(
  'a road that climbs in hairpins, its legs 24 m apart, without a junction',
  {
    map: `
      A-----------------------B
                              |
      D-----------------------C
      |
      E-----------------------F
    `,
    metres: 12,
    ways: { ABCDEF: { highway: 'tertiary' } },
  },
  [
    { it: 'up', drive: 'ABCDEF', kmh: 45, slow: { B: 20, C: 20, D: 20, E: 20 }, finds: [], route: 'ABCDEF' },
    {
      it: 'fixes nearer to the next leg than to their own',
      drive: 'ABCDEF',
      kmh: 45,
      slow: { B: 20, C: 20, D: 20, E: 20 },
      interval_s: 5,
      sigma_m: 1,
      spike: { 7: [0, -13], 8: [0, -13], 9: [0, -13], 10: [0, -13] },
      finds: [],
      off_road: 0,
      route: 'ABCDEF',
    },
  ],
);
