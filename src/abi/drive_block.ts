// SPDX-License-Identifier: MIT
// The drive block of wasm/abi.h: fixes, settings and law as the core takes them.

import { CONSTANTS, STRUCTS, VEHICLES } from '../layout.ts';
import type { Fixes, Vehicle } from '../types.ts';

/** What the core must know of one drive. */
export interface Drive {
  fixes: Fixes;
  vehicle: Vehicle;
  /** Whether the result has the matched route. */
  route: boolean;
  /** By SETTINGS. */
  settings: readonly number[];
  law: DriveLaw;
}

/** Law and clock of one place. */
export interface PlaceLaw {
  /** Local time is UTC plus `minutes` from `from_ms` on, ascending. */
  offsets: { from_ms: number; minutes: number }[];
  limits: DefaultLimit[];
  /** Days since 1970-01-01, ascending; they cover holidays_from to holidays_to. */
  holidays: number[];
  holidays_from: number;
  holidays_to: number;
  level_crossing_stop: boolean;
  /** Whether the country has junctions where every approach stops. */
  all_way_stop: boolean;
  drives_on: 'left' | 'right' | undefined;
  /** ISO 3166-1 alpha-2, upper case; empty: of no country. */
  country: string;
  /** By QUANTITIES, tonnes and metres; a high below 0: nothing is known. */
  vehicle: { low: number; high: number }[];
}

/** The laws of the places that a drive may come to, and what its vehicle is permitted anywhere. */
export interface DriveLaw {
  /** The first also holds where no place is known. */
  laws: PlaceLaw[];
  /** By the map's number of the place; what is missing has the first. */
  lawOfPlace: number[];
  permits: { way: number; from_ms: number; until_ms: number }[];
  areas: PermitArea[];
}

/** One position and a radius, or the corners of a polygon. */
export interface PermitArea {
  positions: { lat: number; lon: number }[];
  radius_m: number;
  from_ms: number;
  until_ms: number;
}

/** As tm_default_limit. */
export interface DefaultLimit {
  from_ms: number;
  until_ms: number;
  classes: number;
  zones: number;
  low: number;
  high: number;
  vehicles: number;
  link: number;
  motorroad: number;
  oneway: number;
  marked: number;
  divided: number;
  expressway: number;
  multilane: number;
}

const positionsOf = (law: DriveLaw) => law.areas.reduce((count, area) => count + area.positions.length, 0);
const sum = (law: DriveLaw, part: 'offsets' | 'limits' | 'holidays') =>
  law.laws.reduce((count, one) => count + one[part].length, 0);

const eight = (n: number) => Math.ceil(n / 8) * 8;

/** Where each array of the block begins, and the block's size. */
function places(count: number, settings: number, law: DriveLaw) {
  let at = STRUCTS.tm_drive.size as number;
  const array = (bytes: number, n: number) => {
    const here = eight(at);
    at = here + bytes * n;
    return here;
  };
  return {
    fixes: array(28, count),
    settings: array(8, settings),
    laws: array(STRUCTS.tm_law.size, law.laws.length),
    lawOfPlace: array(4, law.lawOfPlace.length),
    offsets: array(STRUCTS.tm_utc_offset.size, sum(law, 'offsets')),
    limits: array(STRUCTS.tm_default_limit.size, sum(law, 'limits')),
    permits: array(STRUCTS.tm_permit.size, law.permits.length),
    areas: array(STRUCTS.tm_permit_area.size, law.areas.length),
    positions: array(STRUCTS.tm_area_position.size, positionsOf(law)),
    holidays: array(4, sum(law, 'holidays')),
    size: at,
  };
}

function putFixes(buffer: ArrayBuffer, at: number, fixes: Fixes): void {
  const n = fixes.count;
  const times = new BigInt64Array(buffer, at, n);
  const words = new Int32Array(buffer, at, 2 * n);
  const lats = new Int32Array(buffer, at + n * 8, n);
  const lons = new Int32Array(buffer, at + n * 12, n);
  for (let i = 0; i < n; i++) {
    const time = Math.round(fixes.time_ms[i] ?? Number.NaN);
    if (Number.isSafeInteger(time)) {
      words[2 * i] = time; // modulo 2^32
      words[2 * i + 1] = Math.floor(time / 2 ** 32);
    } else times[i] = BigInt(time);
    lats[i] = Math.round((fixes.lat[i] ?? Number.NaN) * 1e7);
    lons[i] = Math.round((fixes.lon[i] ?? Number.NaN) * 1e7);
  }
  new Float32Array(buffer, at + n * 16, n).set(fixes.speed_mps.subarray(0, n));
  new Float32Array(buffer, at + n * 20, n).set(fixes.heading_deg.subarray(0, n));
  new Float32Array(buffer, at + n * 24, n).set(fixes.accuracy_m.subarray(0, n));
}

function flagsOf(law: PlaceLaw): number {
  const c = CONSTANTS;
  let flags = 0;
  if (law.level_crossing_stop) flags |= c.TM_LEVEL_CROSSING_STOP;
  if (!law.all_way_stop) flags |= c.TM_NO_ALL_WAY_STOP;
  if (law.drives_on) flags |= law.drives_on === 'left' ? c.TM_DRIVES_LEFT : c.TM_DRIVES_RIGHT;
  return flags;
}

function putHead(view: DataView, { fixes, settings, vehicle, route, law }: Drive) {
  const s = STRUCTS.tm_drive;
  view.setUint32(s.count, fixes.count, true);
  view.setUint32(s.vehicle, VEHICLES.indexOf(vehicle), true);
  view.setUint32(s.settings, settings.length, true);
  const open = fixes.speed_unit_open === true ? CONSTANTS.TM_SPEED_UNIT_OPEN : 0;
  view.setUint32(s.flags, (route ? CONSTANTS.TM_WITH_ROUTE : 0) | open, true);
  view.setUint32(s.law_count, law.laws.length, true);
  view.setUint32(s.place_count, law.lawOfPlace.length, true);
  view.setUint32(s.offset_count, sum(law, 'offsets'), true);
  view.setUint32(s.limit_count, sum(law, 'limits'), true);
  view.setUint32(s.permit_count, law.permits.length, true);
  view.setUint32(s.area_count, law.areas.length, true);
  view.setUint32(s.area_position_count, positionsOf(law), true);
  view.setUint32(s.holiday_count, sum(law, 'holidays'), true);
}

/** The records of each law, one law's after the other's, and where they begin. */
function putLaws(view: DataView, at: ReturnType<typeof places>, law: DriveLaw): void {
  const [s, o] = [STRUCTS.tm_law, STRUCTS.tm_utc_offset];
  const first = { offset: 0, limit: 0, holiday: 0 };
  for (const [i, one] of law.laws.entries()) {
    const here = at.laws + i * s.size;
    view.setUint32(here + s.first_offset, first.offset, true);
    view.setUint32(here + s.offset_count, one.offsets.length, true);
    view.setUint32(here + s.first_limit, first.limit, true);
    view.setUint32(here + s.limit_count, one.limits.length, true);
    view.setUint32(here + s.first_holiday, first.holiday, true);
    view.setUint32(here + s.holiday_count, one.holidays.length, true);
    view.setInt32(here + s.holidays_from, one.holidays_from, true);
    view.setInt32(here + s.holidays_to, one.holidays_to, true);
    view.setUint32(here + s.flags, flagsOf(one), true);
    if (one.country.length === 2) {
      view.setUint32(here + s.country, one.country.charCodeAt(0) | (one.country.charCodeAt(1) << 8), true);
    }
    for (const [q, { low, high }] of one.vehicle.entries()) {
      view.setFloat64(here + s.vehicle_low + 8 * q, low, true);
      view.setFloat64(here + s.vehicle_high + 8 * q, high, true);
    }
    for (const { from_ms, minutes } of one.offsets) {
      const record = at.offsets + first.offset++ * o.size;
      view.setBigInt64(record + o.from_ms, BigInt(from_ms), true);
      view.setBigInt64(record + o.minutes, BigInt(minutes), true);
    }
    for (const row of one.limits) putLimit(view, at.limits + first.limit++ * STRUCTS.tm_default_limit.size, row);
    for (const day of one.holidays) view.setInt32(at.holidays + 4 * first.holiday++, day, true);
  }
  for (const [i, number] of law.lawOfPlace.entries()) view.setUint32(at.lawOfPlace + 4 * i, number, true);
}

function putLimit(view: DataView, at: number, row: DefaultLimit): void {
  const s = STRUCTS.tm_default_limit;
  view.setBigInt64(at + s.from_ms, BigInt(row.from_ms), true);
  view.setBigInt64(at + s.until_ms, BigInt(row.until_ms), true);
  view.setUint32(at + s.classes, row.classes, true);
  for (const key of ['zones', 'low', 'high'] as const) view.setUint16(at + s[key], row[key], true);
  const needs = ['vehicles', 'link', 'motorroad', 'oneway', 'marked', 'divided', 'expressway', 'multilane'] as const;
  for (const key of needs) view.setUint8(at + s[key], row[key]);
}

function putAreas(view: DataView, at: { areas: number; positions: number }, law: DriveLaw): void {
  const [s, p] = [STRUCTS.tm_permit_area, STRUCTS.tm_area_position];
  let position = 0;
  for (const [i, area] of law.areas.entries()) {
    const here = at.areas + i * s.size;
    view.setBigInt64(here + s.from_ms, BigInt(area.from_ms), true);
    view.setBigInt64(here + s.until_ms, BigInt(area.until_ms), true);
    view.setUint32(here + s.first_position, position, true);
    view.setUint32(here + s.position_count, area.positions.length, true);
    view.setUint32(here + s.radius_cm, Math.round(area.radius_m * 100), true);
    for (const { lat, lon } of area.positions) {
      const corner = at.positions + position++ * p.size;
      view.setInt32(corner + p.lat_e7, Math.round(lat * 1e7), true);
      view.setInt32(corner + p.lon_e7, Math.round(lon * 1e7), true);
    }
  }
}

/** The block; the core checks its values. */
export function packDrive(drive: Drive): Uint8Array {
  const { fixes, settings, law } = drive;
  const place = places(fixes.count, settings.length, law);
  const block = new Uint8Array(place.size);
  const view = new DataView(block.buffer);
  putHead(view, drive);
  putFixes(block.buffer, place.fixes, fixes);
  new Float64Array(block.buffer, place.settings, settings.length).set(settings);
  putLaws(view, place, law);
  law.permits.forEach((permit, i) => {
    const at = place.permits + i * STRUCTS.tm_permit.size;
    view.setBigInt64(at + STRUCTS.tm_permit.way, BigInt(permit.way), true);
    view.setBigInt64(at + STRUCTS.tm_permit.from_ms, BigInt(permit.from_ms), true);
    view.setBigInt64(at + STRUCTS.tm_permit.until_ms, BigInt(permit.until_ms), true);
  });
  putAreas(view, place, law);
  return block;
}
