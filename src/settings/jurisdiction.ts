// SPDX-License-Identifier: MIT
// Which law and which clock hold where: those of the place where a car drives, unless an option names others.
import { Temporal } from 'temporal-polyfill';
import type { DriveLaw, PlaceLaw } from '../abi/drive_block.ts';
import type { Fixes, MapPlace, Vehicle } from '../types.ts';
import { lawOf, permitsOf } from './law.ts';
import type { Profile } from './profile.ts';
import type { Settings } from './settings.ts';
import { AUTO } from './zones.ts';

/** One country's law everywhere, or the law by country ("" where none is known); left out: what the map says alone. */
export type ProfileChoice = Profile | ((country: string) => Profile) | undefined;

export interface Jurisdiction {
  zone: string;
  profile: Profile | undefined;
}

/** Of a place; without one, that of the first place of the map, for a map without any UTC. */
export function jurisdictionOf(
  place: Pick<MapPlace, 'country' | 'zone'> | undefined,
  settings: Settings,
  profile: ProfileChoice,
): Jurisdiction {
  const { time_zone } = settings.output;
  return {
    zone: time_zone === AUTO ? (place?.zone ?? 'UTC') : time_zone,
    profile: typeof profile === 'function' ? profile(place?.country ?? '') : profile,
  };
}

/** The year 2500: a later time is none. */
const END_MS = 16_725_225_600_000;

/** First and last time of the log; a log without a good time is refused by the core. */
function span({ time_ms, count }: Fixes): { from_ms: number; to_ms: number } {
  let [from_ms, to_ms] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < count; i++) {
    const time = time_ms[i] as number;
    if (!(time >= 0 && time < END_MS)) continue;
    if (time < from_ms) from_ms = time;
    if (time > to_ms) to_ms = time;
  }
  return Number.isFinite(from_ms) ? { from_ms, to_ms } : { from_ms: 0, to_ms: 0 };
}

const MARGIN = 0.3; // degrees: as far as a road between two fixes may lead away from both

/** The drive's box. */
function boxOf({ lat, lon, count }: Fixes): MapPlace['bounds'] {
  const box = { min_lat: 90, min_lon: 180, max_lat: -90, max_lon: -180 };
  for (let i = 0; i < count; i++) {
    const [y, x] = [lat[i] ?? Number.NaN, lon[i] ?? Number.NaN];
    if (y < box.min_lat) box.min_lat = y;
    if (y > box.max_lat) box.max_lat = y;
    if (x < box.min_lon) box.min_lon = x;
    if (x > box.max_lon) box.max_lon = x;
  }
  return box;
}

function near(a: MapPlace['bounds'], b: MapPlace['bounds']): boolean {
  return (
    a.max_lat >= b.min_lat - MARGIN &&
    a.min_lat <= b.max_lat + MARGIN &&
    a.max_lon >= b.min_lon - MARGIN &&
    a.min_lon <= b.max_lon + MARGIN
  );
}

/** The law of each place of the map near the drive: equal ones once. */
export function driveLaw(
  fixes: Fixes,
  settings: Settings,
  vehicle: Vehicle,
  profile: ProfileChoice,
  places: readonly MapPlace[],
): DriveLaw {
  const times = span(fixes);
  const [laws, keys]: [PlaceLaw[], Jurisdiction[]] = [[], []];
  const add = (place: MapPlace | undefined): number => {
    const own = jurisdictionOf(place, settings, profile);
    const found = keys.findIndex((key) => key.zone === own.zone && key.profile === own.profile);
    if (found >= 0) return found;
    keys.push(own);
    return laws.push(lawOf({ settings, vehicle, ...own, ...times })) - 1;
  };
  const box = boxOf(fixes);
  const here = places.map((place) => near(place.bounds, box));
  const first = places[Math.max(0, here.indexOf(true))];
  add(first);
  const lawOfPlace = places.map((place, i) => (here[i] ? add(place) : 0));
  const { zone } = jurisdictionOf(first, settings, profile);
  return { laws, lawOfPlace, ...permitsOf(settings.permits ?? [], vehicle, zone) };
}

const offsetAt = (zone: string, ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offset;

/** Where an option names the law or the clock of another place than the drive's, as sentences. */
export function contradictions(
  places: readonly MapPlace[],
  { zone }: Jurisdiction,
  { profile, settings, fixes }: { profile: ProfileChoice; settings: Settings; fixes: Fixes },
): string[] {
  const found: string[] = [];
  const countries = [...new Set(places.map((place) => place.country).filter((country) => country !== ''))];
  const law = typeof profile === 'object' ? profile.country : '';
  if (/^[a-z]{2}$/.test(law) && countries.length > 0 && !countries.includes(law.toUpperCase())) {
    found.push(
      `the profile "${law}" is not of the country of the drive (${countries.join(', ')}); leave --profile out`,
    );
  }
  const { from_ms } = span(fixes);
  const offset = offsetAt(zone, from_ms);
  if (settings.output.time_zone !== AUTO && places.length > 0) {
    if (places.every((place) => offsetAt(place.zone, from_ms) !== offset)) {
      const zones = [...new Set(places.map((place) => place.zone))].join(', ');
      found.push(`the time zone ${zone} (${offset}) is not that of the drive (${zones}); leave --tz out`);
    }
  }
  return found;
}
