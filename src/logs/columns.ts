// SPDX-License-Identifier: MIT
// The fixes while a log is read: columns that grow twice. Beyond a day they have room for all that may come, of
// which the machine only gives the pages that are written to: nothing is copied, and no old array waits for the
// collector. A column that a fix may lack begins with the first value.
import type { Fixes } from '../types.ts';
import type { RawFix } from './format.ts';
import { Places } from './places.ts';
import { SAID } from './validity.ts';

const FIRST = 4096;
/** A day at 1 Hz. */
const DAY = 86_400;

/** Marks of a fix: its time is a wall clock; the log may say that it is none (validity.ts). */
export const WALL = 1;
export const UNSURE = SAID.no_word | SAID.one | SAID.lost;

const OPTIONAL = ['speed_mps', 'heading_deg', 'accuracy_m'] as const;
type Optional = (typeof OPTIONAL)[number];
type Column = Float32Array | undefined;

/** Fixes as read, in the order of the log; undefined: no fix has a value. */
export interface ReadFixes extends Pick<Fixes, 'count' | 'time_ms' | 'lat' | 'lon'>, Record<Optional, Column> {
  /** Line of the file, from 1, or number of the record. */
  places: Places;
  marks: Uint8Array | undefined;
  /** Rows before each fix that were left out where the clock may have been set. */
  joins?: Float32Array | undefined;
}

type Numbers = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** The same numbers in a longer array; of fresh memory the machine gives a page when it is written to. */
function sized<T extends Numbers>(array: T, length: number): T {
  const Type = array.constructor as new (length: number) => T;
  const longer = new Type(length);
  longer.set(array as never);
  return longer;
}

export class FixColumns {
  count = 0;
  private room = FIRST;
  private readonly most: number;
  private time = new Float64Array(FIRST);
  private lat = new Float64Array(FIRST);
  private lon = new Float64Array(FIRST);
  private readonly places = new Places();
  private speed: Float32Array<ArrayBuffer> | undefined;
  private heading: Float32Array<ArrayBuffer> | undefined;
  private accuracy: Float32Array<ArrayBuffer> | undefined;
  private marks: Uint8Array<ArrayBuffer> | undefined;

  /** `most`: fixes that may come. */
  constructor(most: number) {
    this.most = most;
  }

  private resize(length: number): void {
    this.room = length;
    this.time = sized(this.time, length);
    this.lat = sized(this.lat, length);
    this.lon = sized(this.lon, length);
    if (this.speed) this.speed = sized(this.speed, length);
    if (this.heading) this.heading = sized(this.heading, length);
    if (this.accuracy) this.accuracy = sized(this.accuracy, length);
    if (this.marks) this.marks = sized(this.marks, length);
  }

  /** Keeps a fix whose values are checked: numbers, NaN where there is none of those that it may lack. */
  add(fix: RawFix, marks: number, place: number): void {
    const at = this.count++;
    if (at === this.room) this.resize(at < DAY ? DAY : Math.max(at + 1, this.most));
    this.time[at] = fix.time as number;
    this.lat[at] = fix.lat as number;
    this.lon[at] = fix.lon as number;
    this.places.add(place);
    if (marks !== 0) this.marks ??= new Uint8Array(this.room);
    if (this.marks) this.marks[at] = marks;
    const { speed, heading, accuracy } = fix;
    if (this.speed) this.speed[at] = speed;
    else if (!Number.isNaN(speed)) this.speed = this.begun(at, speed);
    if (this.heading) this.heading[at] = heading;
    else if (!Number.isNaN(heading)) this.heading = this.begun(at, heading);
    if (this.accuracy) this.accuracy[at] = accuracy;
    else if (!Number.isNaN(accuracy)) this.accuracy = this.begun(at, accuracy);
  }

  /** A column whose first value is that of fix `at`. */
  private begun(at: number, value: number): Float32Array<ArrayBuffer> {
    const column = new Float32Array(this.room).fill(Number.NaN, 0, at);
    column[at] = value;
    return column;
  }

  /** All of them, as views of the columns. */
  take(): ReadFixes {
    const n = this.count;
    return {
      count: n,
      time_ms: this.time.subarray(0, n),
      lat: this.lat.subarray(0, n),
      lon: this.lon.subarray(0, n),
      speed_mps: this.speed?.subarray(0, n),
      heading_deg: this.heading?.subarray(0, n),
      accuracy_m: this.accuracy?.subarray(0, n),
      places: this.places,
      marks: this.marks?.subarray(0, n),
    };
  }
}

/** Values of these indexes, in this order: in the same memory where the indexes rise. */
function chosen<T extends Float64Array | Float32Array | Uint8Array>(from: T, order: Uint32Array, rising: boolean): T {
  const to = (rising ? from.subarray(0, order.length) : from.slice(0, order.length)) as T;
  for (let i = 0; i < order.length; i++) to[i] = from[order[i] as number] as number;
  return to;
}

/** The fixes of these indexes, in this order; the old ones are used up. */
export function select(fixes: ReadFixes, order: Uint32Array): ReadFixes {
  const rising = order.every((index, i) => i === 0 || index > (order[i - 1] as number));
  const { speed_mps, heading_deg, accuracy_m, marks, joins } = fixes;
  return {
    count: order.length,
    time_ms: chosen(fixes.time_ms, order, rising),
    lat: chosen(fixes.lat, order, rising),
    lon: chosen(fixes.lon, order, rising),
    speed_mps: speed_mps && chosen(speed_mps, order, rising),
    heading_deg: heading_deg && chosen(heading_deg, order, rising),
    accuracy_m: accuracy_m && chosen(accuracy_m, order, rising),
    places: fixes.places.select(order),
    marks: marks && chosen(marks, order, rising),
    joins: joins && chosen(joins, order, rising),
  };
}

/** The fixes of a drive. A column without a value is made when it is asked for: few ask for all of them. */
export function finished({ count, time_ms, lat, lon, ...rest }: ReadFixes): Fixes {
  const fixes = { count, time_ms, lat, lon } as Fixes;
  for (const name of OPTIONAL) {
    const has = (value: Float32Array) =>
      Object.defineProperty(fixes, name, { value, writable: true, enumerable: true, configurable: true });
    const column = rest[name];
    if (column) has(column);
    else
      Object.defineProperty(fixes, name, {
        get: () => has(new Float32Array(count).fill(Number.NaN))[name],
        set: has,
        enumerable: true,
        configurable: true,
      });
  }
  return fixes;
}
