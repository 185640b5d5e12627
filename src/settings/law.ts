// SPDX-License-Identifier: MIT
// What the core must know of the law and the place for one drive: offsets from UTC, public holidays,
// default limits in force, what is known of the vehicle, permits. The core has no clock and no tables.
import holidayJp from '@holiday-jp/holiday_jp';
import { Temporal } from 'temporal-polyfill';
import type { DefaultLimit, DriveLaw, PlaceLaw } from '../abi/drive_block.ts';
import { LIMITS, QUANTITIES, ROAD_CLASSES, ROW_NEEDS, VEHICLES, ZONES } from '../layout.ts';
import type { Vehicle } from '../types.ts';
import type { LimitRow, Profile } from './profile.ts';
import type { Permit, Settings } from './settings.ts';

const DAY_MS = 86_400_000;
const FOREVER = 253_402_300_799_000; // the end of the year 9999

function offsets(zone: string, from_ms: number, to_ms: number): PlaceLaw['offsets'] {
  const start = from_ms - 2 * DAY_MS;
  let at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  const found = [{ from_ms: start, minutes: Math.round(at.offsetNanoseconds / 6e10) }];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to_ms + 2 * DAY_MS) return found;
    found.push({ from_ms: next.epochMilliseconds, minutes: Math.round(next.offsetNanoseconds / 6e10) });
    at = next;
  }
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
/** With the days that a list covers: the whole years of its dates. */
function listOf(dates: readonly string[]): HolidayList {
  const sorted = [...dates].sort();
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  return { days: sorted.map(dayOf), from: dayOf(`${first.slice(0, 4)}-01-01`), to: dayOf(`${last.slice(0, 4)}-12-31`) };
}
const LISTS: Record<'JP', HolidayList> = { JP: listOf(Object.keys(holidayJp.holidays)) };

export interface HolidayList {
  days: number[];
  /** Days that the list covers, both inclusive; none when to < from. */
  from: number;
  to: number;
}

/** Public holidays of the days around a drive, as far as the country's list reaches. */
export function holidaysBetween(country: keyof typeof LISTS, firstDay: number, lastDay: number): HolidayList {
  const list = LISTS[country];
  const from = Math.max(firstDay, list.from);
  const to = Math.min(lastDay, list.to);
  return { days: list.days.filter((day) => day >= from && day <= to), from, to };
}

function mask(names: readonly string[] | undefined, all: readonly string[]): number {
  return (names ?? []).reduce((bits, name) => bits | (1 << all.indexOf(name)), 0);
}

/** Start of a day of the law in the zone of the place. */
function startOf(date: string | undefined, zone: string, otherwise: number): number {
  return date === undefined ? otherwise : Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

export function limitOf(row: LimitRow, zone: string): DefaultLimit {
  const [low, high] =
    row.kmh === 'none'
      ? [LIMITS.unlimited, LIMITS.unlimited]
      : (Array.isArray(row.kmh) ? row.kmh : [row.kmh, row.kmh]).map((kmh) => Math.round(kmh * 10));
  const need = (value: 'yes' | 'no' | undefined) => ROW_NEEDS.indexOf(value ?? 'any');
  return {
    from_ms: startOf(row.from, zone, 0),
    until_ms: startOf(row.until, zone, FOREVER),
    classes: mask(row.roads, ROAD_CLASSES),
    zones: mask(row.zones, ZONES),
    low: low ?? 0,
    high: high ?? 0,
    vehicles: mask(row.vehicles, VEHICLES),
    link: need(row.link),
    motorroad: need(row.motorroad),
    oneway: need(row.oneway),
    marked: need(row.marked),
    divided: need(row.divided),
    expressway: need(row.expressway),
    multilane: need(row.multilane),
  };
}

/** The settings' own figures; where they have none, the bounds of the vehicle's class. */
function known(settings: Settings, profile: Profile | undefined, vehicle: Vehicle): PlaceLaw['vehicle'] {
  const own = settings.vehicle ?? {};
  const bounds = profile?.vehicles?.[vehicle] ?? {};
  return QUANTITIES.map((name) => {
    const exact = name === '' ? undefined : own[name];
    if (exact !== undefined) return { low: exact, high: exact };
    const below = name === '' ? undefined : bounds[name];
    return below === undefined ? { low: 0, high: -1 } : { low: 0, high: below };
  });
}

export function permitsOf(
  permits: readonly Permit[],
  vehicle: Vehicle,
  zone: string,
): Pick<DriveLaw, 'permits' | 'areas'> {
  const valid = permits
    .filter((p) => p.vehicles === undefined || p.vehicles.includes(vehicle))
    .map((p) => ({ ...p, from_ms: startOf(p.from, zone, 0), until_ms: startOf(p.until, zone, FOREVER) }));
  return {
    permits: valid.flatMap(({ ways, from_ms, until_ms }) => (ways ?? []).map((way) => ({ way, from_ms, until_ms }))),
    areas: valid.flatMap(({ circle, polygon, from_ms, until_ms }) => {
      const positions = circle ? [circle] : (polygon ?? []).map(([lat, lon]) => ({ lat, lon }));
      return positions.length === 0 ? [] : [{ positions, radius_m: circle?.radius_m ?? 0, from_ms, until_ms }];
    }),
  };
}

/** What one place's law is made of. Without a profile: the zone, and nothing of a country. */
export interface LawBasis {
  settings: Settings;
  profile?: Profile | undefined;
  zone: string;
  vehicle: Vehicle;
  /** Of the drive. */
  from_ms: number;
  to_ms: number;
}

export function lawOf({ settings, profile, zone, vehicle, from_ms, to_ms }: LawBasis): PlaceLaw {
  const first = Math.floor(from_ms / DAY_MS) - 3;
  const last = Math.floor(to_ms / DAY_MS) + 3;
  const listed = profile?.holidays;
  const holidays =
    listed === undefined ? { days: [], from: first, to: first - 1 } : holidaysBetween(listed, first, last);
  return {
    offsets: offsets(zone, from_ms, to_ms),
    limits: (profile?.limits ?? [])
      .filter((row) => row.vehicles.includes(vehicle))
      .map((row) => limitOf(row, zone))
      .filter((row) => row.from_ms <= to_ms && row.until_ms > from_ms),
    holidays: holidays.days,
    holidays_from: holidays.from,
    holidays_to: holidays.to,
    level_crossing_stop: profile?.level_crossing_stop ?? false,
    all_way_stop: profile?.all_way_stop ?? true,
    drives_on: profile?.drives_on,
    country: profile?.country.length === 2 ? profile.country.toUpperCase() : '',
    vehicle: known(settings, profile, vehicle),
  };
}
