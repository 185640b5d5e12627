// SPDX-License-Identifier: MIT
// Where the simulated cars drive: extracts, seeds, how many drives of each kind. Seeds and places of training are
// not those of the test.
import { join } from 'node:path';
import { ROOT } from '../natives.ts';

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

const extract = (name: string) => join(ROOT, '..', 'shared', 'data', 'maps', `${name}.osm.pbf`);

const JAPAN = { lefthand: true, duties: true, profile: 'jp', time_zone: 'Asia/Tokyo', zone: 540 };
const GERMANY = { lefthand: false, duties: false, profile: 'de', time_zone: 'Europe/Berlin', zone: 120 };

const KINDS = {
  lawful: 90,
  stopping: 25,
  crossing: 12,
  speeding: 20,
  'wrong-way': 25,
  'turn-ban': 25,
  closed: 12,
  timed: 16,
  'u-turn': 6,
  parking: 6,
};

const scaled = (kinds: Record<string, number>, by: number) =>
  Object.fromEntries(Object.entries(kinds).map(([k, n]) => [k, Math.ceil(n * by)]));

const { crossing: _, ...WITHOUT_CROSSINGS } = KINDS;

/** Malta is driven by the law of Japan: left-hand, and stops at level crossings, which are added. */
export function places(split: 'train' | 'test', share: number): Spec[] {
  const seed = split === 'train' ? 100 : 200;
  const malta: Spec = {
    name: 'malta',
    extract: extract('malta'),
    ...JAPAN,
    seed: seed + 1,
    kilometres: 9,
    dress: { stops: 1500, crossings: 150, closed: 60, timed: 60, limits: 0.6 },
    drives: scaled(KINDS, share),
  };
  const heidelberg: Spec = {
    name: 'heidelberg',
    extract: extract('heidelberg'),
    ...GERMANY,
    seed: seed + 2,
    kilometres: 9,
    dress: { stops: 800, crossings: 0, closed: 40, timed: 40, limits: 0 },
    drives: scaled(WITHOUT_CROSSINGS, share),
  };
  return [malta, heidelberg];
}
