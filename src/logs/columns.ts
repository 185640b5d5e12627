// SPDX-License-Identifier: MIT
// The fixes while a log is read: columns that grow twice. Beyond a day they have room for all that may come, of
// which the machine only gives the pages that are written to: nothing is copied, and no old array waits for the
// collector.
import type { Fixes } from '../types.ts';
import { SAID } from './validity.ts';

const FIRST = 4096;
/** A day at 1 Hz. */
const DAY = 86_400;

/** Marks of a fix: its time is a wall clock; the log may say that it is none (validity.ts). */
export const WALL = 1;
export const UNSURE = SAID.no_word | SAID.one;

/** Fixes as read, in the order of the log. */
export interface ReadFixes extends Fixes {
  /** Line of the file, from 1, or number of the record. */
  place: Uint32Array;
  marks: Uint8Array;
}

type Numbers =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

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
  private speed = new Float32Array(FIRST);
  private heading = new Float32Array(FIRST);
  private accuracy = new Float32Array(FIRST);
  private place = new Uint32Array(FIRST);
  private marks = new Uint8Array(FIRST);

  /** `most`: fixes that may come. */
  constructor(most: number) {
    this.most = most;
  }

  private resize(length: number): void {
    this.room = length;
    this.time = sized(this.time, length);
    this.lat = sized(this.lat, length);
    this.lon = sized(this.lon, length);
    this.speed = sized(this.speed, length);
    this.heading = sized(this.heading, length);
    this.accuracy = sized(this.accuracy, length);
    this.place = sized(this.place, length);
    this.marks = sized(this.marks, length);
  }

  add(time: number, marks: number, lat: number, lon: number, place: number): void {
    const at = this.count++;
    if (at === this.room) this.resize(at < DAY ? DAY : Math.max(at + 1, this.most));
    this.time[at] = time;
    this.marks[at] = marks;
    this.lat[at] = lat;
    this.lon[at] = lon;
    this.place[at] = place;
  }

  /** Of the fix added last. */
  measured(speed: number, heading: number, accuracy: number): void {
    const at = this.count - 1;
    this.speed[at] = speed;
    this.heading[at] = heading;
    this.accuracy[at] = accuracy;
  }

  /** All of them, as views of the columns. */
  take(): ReadFixes {
    const n = this.count;
    return {
      count: n,
      time_ms: this.time.subarray(0, n),
      lat: this.lat.subarray(0, n),
      lon: this.lon.subarray(0, n),
      speed_mps: this.speed.subarray(0, n),
      heading_deg: this.heading.subarray(0, n),
      accuracy_m: this.accuracy.subarray(0, n),
      place: this.place.subarray(0, n),
      marks: this.marks.subarray(0, n),
    };
  }
}

function chosen<T extends Float64Array | Float32Array | Uint32Array | Uint8Array>(from: T, order: Uint32Array): T {
  const to = from.slice(0, order.length) as T;
  for (let i = 0; i < order.length; i++) to[i] = from[order[i] as number] as number;
  return to;
}

/** The fixes of these indexes, in this order. */
export function select(fixes: ReadFixes, order: Uint32Array): ReadFixes {
  return {
    count: order.length,
    time_ms: chosen(fixes.time_ms, order),
    lat: chosen(fixes.lat, order),
    lon: chosen(fixes.lon, order),
    speed_mps: chosen(fixes.speed_mps, order),
    heading_deg: chosen(fixes.heading_deg, order),
    accuracy_m: chosen(fixes.accuracy_m, order),
    place: chosen(fixes.place, order),
    marks: chosen(fixes.marks, order),
  };
}
