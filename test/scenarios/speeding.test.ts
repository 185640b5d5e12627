// SPDX-License-Identifier: MIT
// Speeding against signed limits: by direction, at their edges, between stacked and parallel roads.
import { type Drive, scenario } from './scene.ts';

const road = (tags: Record<string, string>) => ({
  map: `
      A-----------------------B
    `,
  metres: 30,
  ways: { AB: { highway: 'secondary', ...tags } },
});

scenario('a road signed 40', road({ maxspeed: '40' }), [
  { it: 'at 38', drive: 'AB', kmh: 38, finds: [] },
  { it: 'at 60', drive: 'AB', kmh: 60, finds: ['speeding violated AB'] },
  { it: 'at 60 the other way', drive: 'BA', kmh: 60, finds: ['speeding violated -AB'] },
  { it: 'at 60, positions only', drive: 'AB', kmh: 60, withSpeed: false, finds: ['speeding violated AB'] },
  { it: 'at 38, positions only', drive: 'AB', kmh: 38, withSpeed: false, finds: [] },
  {
    it: 'a little over, which positions alone cannot tell',
    drive: 'AB',
    kmh: 48,
    withSpeed: false,
    finds: ['speeding undetermined AB: no_speed'],
  },
  { it: 'a little over, by logged speeds', drive: 'AB', kmh: 49, finds: ['speeding violated AB'] },
  { it: 'at 60, a fix every 10 s', drive: 'AB', kmh: 60, interval_s: 10, finds: ['speeding violated AB'] },
  { it: 'at 44: within the tolerance, though a noisy fix is not', drive: 'AB', kmh: 44, finds: [] },
  {
    it: 'at 38 with a jump of 60 m, positions only',
    drive: 'AB',
    kmh: 38,
    spike: { 20: [60, 0] },
    withSpeed: false,
    finds: [],
    route: 'AB',
  },
  {
    it: 'at 38 with a position that jumps once',
    drive: 'AB',
    kmh: 38,
    spike: { 20: [150, 80] },
    finds: [],
    route: 'AB',
  },
]);

const positions = { drive: 'ACDB', withSpeed: false, seeds: [1, 2, 3, 4, 5, 6] };
const burst = { ...positions, kmh: { A: 38, C: 70, D: 38 }, accuses: ['speeding violated ACDB'] };
scenario(
  'positions alone on a road signed 40',
  {
    map: `
      A--------C-------------D--------B
    `,
    metres: 30,
    ways: { ACDB: { highway: 'secondary', maxspeed: '40' } },
  },
  [
    { it: 'at 39, off by 20 m', ...positions, kmh: 39, sigma_m: 20, accuses: [] },
    { it: 'at 39, off by 20 m, a fix every 5 s', ...positions, kmh: 39, sigma_m: 20, interval_s: 5, accuses: [] },
    { it: 'at 39, off by 20 m, a fix every 10 s', ...positions, kmh: 39, sigma_m: 20, interval_s: 10, accuses: [] },
    { it: '20 s at 70, off by 5 m', ...burst, sigma_m: 5 },
    { it: '20 s at 70, off by 5 m, a fix every 5 s', ...burst, sigma_m: 5, interval_s: 5 },
    { it: '20 s at 70, off by 5 m, a fix every 10 s', ...burst, sigma_m: 5, interval_s: 10 },
  ],
);

/** At 55 where 40 is allowed, but for bends at 35: each spell is too short for an event, and no bend takes five seconds. */
const bends: Drive = {
  it: 'nowhere for long',
  drive: 'ADEFGHIB',
  kmh: { A: 30, D: 55, I: 30 },
  slow: { E: 35, F: 35, G: 35, H: 35 },
  accuses: [],
};
scenario(
  'spells above the limit with bends between',
  {
    map: 'A---D---E---F---G---H---I---------------B',
    metres: 16,
    ways: { ADEFGHIB: { highway: 'residential', maxspeed: '40' } },
  },
  [
    bends,
    { ...bends, it: 'nowhere for long, the other way', drive: 'BIHGFEDA', kmh: { B: 30, I: 55, D: 30 } },
    { ...bends, it: 'nowhere for long, a fix every 5 s', interval_s: 5 },
    { ...bends, it: 'nowhere for long, positions only', withSpeed: false },
    {
      ...bends,
      it: 'and then for long: one event',
      kmh: { A: 30, D: 55 },
      accuses: ['speeding violated ADEFGHIB'],
    },
  ],
);

scenario('no limit in the map', road({}), [{ it: 'at 90', drive: 'AB', kmh: 90, finds: [] }]);
scenario('maxspeed=none', road({ maxspeed: 'none' }), [{ it: 'at 150', drive: 'AB', kmh: 150, finds: [] }]);
scenario('a variable limit', road({ maxspeed: 'signals' }), [{ it: 'at 120', drive: 'AB', kmh: 120, finds: [] }]);
scenario('an advisory limit', road({ 'maxspeed:advisory': '30' }), [{ it: 'at 60', drive: 'AB', kmh: 60, finds: [] }]);

scenario('a limit in miles', road({ maxspeed: '30 mph' }), [
  { it: 'at 50 km/h', drive: 'AB', kmh: 50, finds: [] },
  { it: 'at 65 km/h', drive: 'AB', kmh: 65, finds: ['speeding violated AB'] },
]);

scenario('limits by direction', road({ 'maxspeed:forward': '50', 'maxspeed:backward': '30' }), [
  { it: 'forward at 48', drive: 'AB', kmh: 48, finds: [] },
  { it: 'backward at 48', drive: 'BA', kmh: 48, finds: ['speeding violated -AB'] },
]);

scenario('limits by vehicle', road({ maxspeed: '60', 'maxspeed:hgv': '40' }), [
  { it: 'a car at 58', drive: 'AB', kmh: 58, finds: [] },
  { it: 'a large goods vehicle at 58', drive: 'AB', kmh: 58, vehicle: 'large_goods', finds: ['speeding violated AB'] },
]);

scenario('limits by lane: the lane is not known', road({ 'maxspeed:lanes': '50|80', lanes: '2' }), [
  { it: 'between them', drive: 'AB', kmh: 70, finds: ['speeding undetermined AB: limit_interval'] },
  { it: 'above both', drive: 'AB', kmh: 100, finds: ['speeding violated AB'] },
  { it: 'below both', drive: 'AB', kmh: 48, finds: [] },
]);

scenario('a limit by the hour', road({ maxspeed: '40', 'maxspeed:conditional': '60 @ (20:00-06:00)' }), [
  { it: 'at 58 by day', drive: 'AB', kmh: 58, finds: ['speeding violated AB'] },
  { it: 'at 58 at night', drive: 'AB', kmh: 58, start: '2026-10-05T13:30:00Z', finds: [] },
]);

scenario(
  'from 60 to 30',
  {
    map: `
      A-------------B-------------C
    `,
    metres: 30,
    ways: { AB: { highway: 'secondary', maxspeed: '60' }, BC: { highway: 'secondary', maxspeed: '30' } },
  },
  [
    { it: 'braked at the sign', drive: 'ABC', kmh: { A: 58, B: 29 }, finds: [], route: 'AB BC' },
    { it: 'sped up at the sign', drive: 'CBA', kmh: { C: 29, B: 58 }, finds: [] },
    { it: 'went on at 58', drive: 'ABC', kmh: 58, finds: ['speeding violated BC'] },
    { it: 'sped up 200 m too early', drive: 'CBA', kmh: 58, finds: ['speeding violated -BC'] },
  ],
);

scenario(
  'a link of 20 m whose limit differs',
  {
    map: `
      A-----------BC-----------D
    `,
    metres: 20,
    ways: {
      AB: { highway: 'secondary', maxspeed: '60' },
      BC: { highway: 'secondary', maxspeed: '30' },
      CD: { highway: 'secondary', maxspeed: '60' },
    },
  },
  [{ it: 'over it at 58', drive: 'ABCD', kmh: 58, finds: [] }],
);

scenario(
  'an expressway on a viaduct 12 m beside the road below',
  {
    map: `
          P                          Q
      E---+--------------------------+----F
      A---B--------------------------C----D
    `,
    metres: 12,
    ways: {
      EF: { highway: 'motorway', oneway: 'yes', maxspeed: '80', bridge: 'yes', layer: '1' },
      AB: { highway: 'secondary' },
      BC: { highway: 'secondary', maxspeed: '40' },
      CD: { highway: 'secondary' },
      PB: { highway: 'residential' },
      QC: { highway: 'residential' },
    },
    shift: { P: [0, 60], Q: [0, 60] },
  },
  [
    { it: 'on the viaduct at 78', drive: 'EF', kmh: 78, finds: [], route: 'EF' },
    { it: 'below it at 38', drive: 'ABCD', kmh: 38, finds: [], route: 'AB BC CD' },
    { it: 'below it at 65', drive: 'ABCD', kmh: 65, finds: ['speeding violated BC'] },
  ],
);

scenario(
  'a service road signed 20 beside the road',
  {
    map: `
      E-----A------------------------B-----F
             C----------------------D
    `,
    metres: 15,
    ways: {
      EA: { highway: 'secondary', maxspeed: '60' },
      AB: { highway: 'secondary', maxspeed: '60' },
      BF: { highway: 'secondary', maxspeed: '60' },
      ACDB: { highway: 'service', maxspeed: '20' },
    },
  },
  [
    { it: 'on the road at 58', drive: 'EABF', kmh: 58, finds: [], route: 'EA AB BF' },
    {
      it: 'on the service road at 40',
      drive: 'EACDBF',
      kmh: { E: 50, A: 40, B: 50 },
      finds: ['speeding violated ACDB'],
    },
  ],
);

scenario(
  'above the limit for a moment',
  {
    map: `
      A---------P-Q---------B
    `,
    metres: 30,
    ways: { APQB: { highway: 'secondary', maxspeed: '40' } },
  },
  [{ it: 'two or three seconds', drive: 'APQB', kmh: { A: 38, P: 60, Q: 38 }, finds: [] }],
);

scenario(
  'a tunnel of 400 m',
  {
    map: `
      A----B-------------------C----D
    `,
    metres: 20,
    ways: {
      AB: { highway: 'secondary', maxspeed: '50' },
      BC: { highway: 'secondary', maxspeed: '50', tunnel: 'yes', layer: '-1' },
      CD: { highway: 'secondary', maxspeed: '50' },
    },
  },
  [{ it: 'nothing received inside, at 48', drive: 'ABCD', kmh: 48, silent: 'BC', finds: [], route: 'AB BC CD' }],
);
