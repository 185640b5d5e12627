// SPDX-License-Identifier: MIT
// Points of GPX that are as one before but for their values: its tags and blanks are compared as they stand. What is
// found is a plain point, and any other is left to points.ts.

import { TimeText } from '../clock/text.ts';
import { readNumber } from '../numbers.ts';
import { courseRank, type PlainPoint, type ValueRole, valueEnd } from './points.ts';

const LF = 10;
const LESS = 60;

const NUMBER = 0;
const TIME = 1;
const UNREAD = 2;
const kindOf = (role: ValueRole) =>
  role === undefined || role === 'unused' ? UNREAD : role === 'time' ? TIME : NUMBER;

type ReadRole = Exclude<ValueRole, 'fix' | 'otherSpeed' | 'unused' | undefined>;

export class Shape {
  /** Of the point found last: degrees, milliseconds and what is measured; NaN beyond all. */
  readonly values: Float64Array;
  /** Numbers of the values by what they are read for, the last of each, of directions the first in rank; the one beyond all where there is none. */
  readonly slots: Record<ReadRole, number>;
  /** Line feeds of the point and the blanks before it. */
  readonly lines: number;
  /** Whether its points have a time, and none that says that there was no fix. */
  readonly timed: boolean;
  readonly valid: boolean;
  private readonly clock = new TimeText();
  private timeLength = 0;
  /** The characters around the values, where those before each value end, and the kinds of the values. */
  private readonly written: Uint16Array;
  private readonly ends: Uint32Array;
  private readonly kinds: Uint8Array;

  /** Of codes[from, to), in which `point` was found. */
  constructor(point: PlainPoint, codes: Uint16Array, from: number, to: number, valid: boolean) {
    const { roles, names, count } = point;
    // a kind of fix is mostly the same: it counts as written
    const values = Array.from({ length: count }, (_, k) => k).filter((k) => roles[k] !== 'fix');
    const none = values.length;
    this.slots = { lat: none, lon: none, time: none, speed: none, heading: none, accuracy: none };
    this.values = new Float64Array(none + 1).fill(Number.NaN);
    this.kinds = Uint8Array.from(values, (k) => kindOf(roles[k]));
    this.ends = new Uint32Array(none);
    const written = new Uint16Array(to - from);
    let length = 0;
    let at = from;
    let course = '';
    for (const [slot, k] of values.entries()) {
      written.set(codes.subarray(at, point.from[k]), length);
      length += (point.from[k] as number) - at;
      this.ends[slot] = length;
      at = point.to[k] as number;
      const role = roles[k] as ReadRole | 'unused' | undefined;
      if (role === undefined || role === 'unused') continue;
      if (role === 'heading') {
        const name = names[k] as string;
        if (this.slots.heading < none && courseRank(name) > courseRank(course)) continue;
        course = name;
      }
      this.slots[role] = slot;
    }
    written.set(codes.subarray(at, to), length);
    this.written = written.subarray(0, length + to - at);
    this.lines = this.written.filter((c) => c === LF).length;
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
    // a time as long as the one before holds no `<` where it is read, and its end need not be looked for
    const usual = at + this.timeLength;
    const again = kind === TIME && codes[usual] === LESS && this.clock.iso(codes, at, usual);
    const to = again ? usual : valueEnd(codes, at);
    if (kind === UNREAD || to < 0) return to;
    if (!again && !this.clock.iso(codes, at, to)) return -1;
    this.timeLength = to - at;
    this.values[k] = this.clock.ms;
    return to;
  }
}

/** Points of other shapes that a new shape outlives, and an old one that found most points. */
const TRIED = 4;
const TRUSTED = 16;
/** Points without a shape after one in vain, at most; twice as many each time. */
const MOST_VAIN = 1000;

/** The shape that most points have at the moment, where there is one. */
export class UsualShape {
  shape: Shape | undefined;
  /** Points of other shapes until it is given up; without a shape, points until one is taken. */
  private left = 0;
  private vain = 0;
  private trusted = false;

  /** Index after the point of the shape that begins at `at`, or -1. */
  find(codes: Uint16Array, at: number): number {
    const to = this.shape === undefined ? -1 : this.shape.find(codes, at);
    if (to < 0) return to;
    if (this.left < TRUSTED) this.left++;
    else this.trusted = true;
    return to;
  }

  /** Codes[from, to) hold a point of another shape. */
  other(point: PlainPoint, codes: Uint16Array, from: number, to: number, valid: boolean): void {
    if (--this.left >= 0) return;
    if (this.shape !== undefined) {
      this.shape = undefined;
      this.vain = this.trusted ? 0 : Math.min(2 * this.vain + 1, MOST_VAIN);
      this.left = this.vain;
      if (this.left > 0) return;
    }
    this.shape = new Shape(point, codes, from, to, valid);
    this.left = TRIED;
    this.trusted = false;
  }
}
