// SPDX-License-Identifier: MIT
// Points of GPX that are as one before but for their values: its tags and blanks are compared as they stand. What is
// found is a plain point, and any other is left to points.ts.

import { TimeText } from '../clock/text.ts';
import { readNumber } from '../numbers.ts';
import { type PlainPoint, type ValueRole, valueEnd } from './points.ts';

const LF = 10;

const NUMBER = 0;
const TIME = 1;
const UNREAD = 2;
const kindOf = (role: ValueRole) => (role === undefined ? UNREAD : role === 'time' ? TIME : NUMBER);

type ReadRole = Exclude<ValueRole, 'fix' | undefined>;

export class Shape {
  /** Of the point found last: degrees, milliseconds and what is measured; NaN beyond all. */
  readonly values: Float64Array;
  /** Numbers of the values by what they are read for, the last of each; the one beyond all where there is none. */
  readonly slots: Record<ReadRole, number>;
  /** Line feeds of the point and the blanks before it. */
  readonly lines: number;
  /** Whether its points have a time, and none that says that there was no fix. */
  readonly timed: boolean;
  readonly valid: boolean;
  private readonly clock = new TimeText();
  /** The characters around the values, where those before each value end, and the kinds of the values. */
  private readonly written: Uint16Array;
  private readonly ends: Uint32Array;
  private readonly kinds: Uint8Array;

  /** Of codes[from, to), in which `point` was found. */
  constructor(point: PlainPoint, codes: Uint16Array, from: number, to: number, valid: boolean) {
    const { roles, count } = point;
    // a kind of fix is mostly the same: it counts as written
    const values = Array.from({ length: count }, (_, k) => k).filter((k) => roles[k] !== 'fix');
    const none = values.length;
    this.slots = { lat: none, lon: none, time: none, speed: none, heading: none, accuracy: none };
    this.values = new Float64Array(none + 1).fill(Number.NaN);
    this.kinds = Uint8Array.from(values, (k) => kindOf(roles[k]));
    this.ends = new Uint32Array(none);
    const written: number[] = [];
    let at = from;
    for (const [slot, k] of values.entries()) {
      written.push(...codes.subarray(at, point.from[k]));
      this.ends[slot] = written.length;
      at = point.to[k] as number;
      const role = roles[k] as ReadRole | undefined;
      if (role !== undefined) this.slots[role] = slot;
    }
    written.push(...codes.subarray(at, to));
    this.written = Uint16Array.from(written);
    this.lines = written.filter((c) => c === LF).length;
    this.timed = this.slots.time < none;
    this.valid = valid;
  }

  /** Index after the point that begins at `at`, or -1: it is of another shape. */
  find(codes: Uint16Array, at: number): number {
    const { written, ends } = this;
    let i = at;
    let w = 0;
    for (let k = 0; k < ends.length; k++) {
      for (const end = ends[k] as number; w < end; w++, i++) if (codes[i] !== written[w]) return -1;
      i = this.value(codes, i, k);
      if (i < 0) return -1;
    }
    for (; w < written.length; w++, i++) if (codes[i] !== written[w]) return -1;
    return i;
  }

  /** Index after the value at `at`, or -1: it is not plain. */
  private value(codes: Uint16Array, at: number, k: number): number {
    const kind = this.kinds[k];
    if (kind === NUMBER) return readNumber(codes, at, this.values, k);
    const to = valueEnd(codes, at);
    if (kind === UNREAD || to < 0) return to;
    const ms = this.clock.iso(codes, at, to);
    this.values[k] = ms;
    return Number.isNaN(ms) ? -1 : to;
  }
}

/** Points found by a shape that speak for it, at most, and others after which a shape in vain is given up, at most. */
const MOST_FOUND = 16;
const MOST_VAIN = 64;

/** The shape that most points have at the moment. */
export class UsualShape {
  shape: Shape | undefined;
  /** Others that may come before the shape of one is taken. */
  private left = 0;
  private patience = 1;
  private served = false;

  find(codes: Uint16Array, at: number): number {
    const to = this.shape === undefined ? -1 : this.shape.find(codes, at);
    if (to < 0) return to;
    this.served = true;
    if (this.left < MOST_FOUND) this.left++;
    return to;
  }

  /** Codes[from, to) hold a point of another shape. */
  other(point: PlainPoint, codes: Uint16Array, from: number, to: number, valid: boolean): void {
    if (--this.left >= 0) return;
    this.patience = this.served ? 1 : Math.min(2 * this.patience, MOST_VAIN);
    this.left = this.patience;
    this.served = false;
    this.shape = new Shape(point, codes, from, to, valid);
  }
}
