// SPDX-License-Identifier: MIT
// Where the simulated cars drive: extracts, seeds, how many drives of each kind. Seeds and places of training are
// not those of the test.
import { bundled, extract } from '../places.ts';

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

const KINDS = {
  lawful: 90,
  stopping: 30,
  crossing: 15,
  speeding: 20,
  'wrong-way': 30,
  'turn-ban': 30,
  closed: 15,
  timed: 20,
  'u-turn': 6,
  parking: 6,
};

const of = (share: number, kinds: readonly (keyof typeof KINDS)[] = Object.keys(KINDS) as (keyof typeof KINDS)[]) =>
  Object.fromEntries(kinds.map((k) => [k, Math.ceil(KINDS[k] * share)]));
const GERMAN = Object.keys(KINDS).filter((k) => k !== 'crossing') as (keyof typeof KINDS)[];

/** Malta is driven by the law of Japan: left-hand, and stops at level crossings, which are added. */
export function places(split: 'train' | 'test', share: number, quick = false): Spec[] {
  const seed = split === 'train' ? 100 : 300;
  const malta: Spec = {
    name: 'malta',
    extract: extract('malta'),
    ...JAPAN,
    seed: seed + 1,
    kilometres: 8,
    dress: { stops: 1500, crossings: 150, closed: 60, timed: 60, limits: 0.6 },
    drives: of(share),
  };
  const heidelberg: Spec = {
    name: 'heidelberg',
    extract: extract('heidelberg'),
    ...GERMANY,
    seed: seed + 2,
    kilometres: 8,
    dress: { stops: 800, crossings: 0, closed: 40, timed: 40, limits: 0 },
    drives: of(share, GERMAN),
  };
  const monaco: Spec = {
    name: 'monaco',
    extract: extract('monaco'),
    ...MONACO,
    seed: seed + 3,
    kilometres: 5,
    dress: { stops: 60, crossings: 0, closed: 6, timed: 6, limits: 0.5 },
    drives: of(share * 0.3, GERMAN),
  };
  const shibuya: Spec = {
    name: 'shibuya',
    extract: extract('shibuya'),
    ...JAPAN,
    seed: seed + 4,
    kilometres: 4,
    dress: { stops: 20, crossings: 6, closed: 6, timed: 6, limits: 0.3 },
    drives: of(
      share * 0.3,
      (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((k) => k !== 'turn-ban'),
    ),
  };
  const town: Spec = {
    name: 'town',
    extract: bundled(),
    ...JAPAN,
    seed: seed + 5,
    kilometres: 3,
    dress: { stops: 0, crossings: 0, closed: 0, timed: 0, limits: 0 },
    drives: of(share * 0.2, ['lawful', 'stopping', 'crossing', 'speeding', 'wrong-way', 'turn-ban']),
  };
  if (malta.extract === bundled()) {
    console.log('skip  real maps: ../shared/data is missing; the bundled town serves');
    return [town];
  }
  if (quick) {
    return [
      {
        ...malta,
        kilometres: 5,
        box: [35.88, 14.46, 35.92, 14.53],
        dress: { ...malta.dress, stops: 300, crossings: 40 },
      },
      { ...heidelberg, kilometres: 5, box: [49.38, 8.64, 49.43, 8.71], dress: { ...heidelberg.dress, stops: 200 } },
    ];
  }
  return split === 'train' ? [malta, heidelberg, monaco] : [malta, heidelberg, shibuya, town];
}
