// SPDX-License-Identifier: MIT
// Two cars in one log. Columns may tell them apart, but need not: trip_id, id, name, driver. One car may have many trips;
// two cars are in a log whose positions jump whenever the value changes, and go on from where the same value stood before.
import { sortedByTime } from './clock/order.ts';
import { isJump, medianStep, metres, surelyWithin, type Track } from './clock/track.ts';

/** More values than these are numbers of rows. */
const VALUES = 500;
/** A car's clock may be this much finer than its times. */
const LEAST_S = 0.1;
/** Positions beside each other of two receivers in one car. */
const BESIDE_M = 30;
/** Between two cars a step is so many times as fast as nine of ten steps of each. */
const FASTER = 2;
const SLOW_MPS = 3;
/** In more time one car may go to and fro between two places. */
const TURNED_S = 20;
/** Fewer changes back to a value are chance. */
const LEAST = 3;
/** The first fixes of a trip may be where the last one ended. */
const STALE = 5;
/** After a longer silence, in usual steps, a car may be anywhere. */
const SILENCE = 60;

/** Recorders begin a segment where the positions jump: one car may have a short one elsewhere. */
const LEAST_OF_SEGMENT = 30;

/** The values of one column, as runs of fixes with the same one. */
export class Turns {
  readonly column: string;
  /** The values are parts of one track, not tracks of their own. */
  private readonly ofParts: boolean;
  private readonly numbers = new Map<string, number>();
  private readonly starts: number[] = [];
  private readonly values: number[] = [];
  private last = '';

  constructor(column: string, ofParts: boolean) {
    this.column = column;
    this.ofParts = ofParts;
  }

  /** `at`: the fix to which the value belongs; false where the values are numbers of rows. */
  take(value: string, at: number): boolean {
    if (value === this.last || value === '') return true;
    this.last = value;
    const number = this.numbers.get(value) ?? this.numbers.size;
    this.numbers.set(value, number);
    if (this.starts.at(-1) === at) {
      this.starts.pop();
      this.values.pop();
    }
    this.starts.push(at);
    this.values.push(number);
    return this.numbers.size <= VALUES;
  }

  /** Whether the fixes are those of several cars by this column. */
  areCars(track: Track): boolean {
    if (this.numbers.size < 2 || this.numbers.size > VALUES) return false;
    const of = this.expanded(track.time.length);
    const order = sortedByTime(track);
    return takeTurns(track, order, of) || standApart(track, order, of, this.ofParts ? LEAST_OF_SEGMENT : 0);
  }

  private expanded(n: number): Uint16Array {
    const of = new Uint16Array(n);
    this.starts.forEach((start, k) => {
      of.fill(this.values[k] as number, start, this.starts[k + 1] ?? n);
    });
    return of;
  }
}

const seconds = ({ time }: Track, a: number, b: number) =>
  Math.max(LEAST_S, ((time[b] as number) - (time[a] as number)) / 1000);

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor((sorted.length - 1) * q)] ?? 0;

/** Whether row by row the log is in two places, and comes back: two cars that no column tells apart. */
export function zigzags(track: Track): boolean {
  const n = track.time.length;
  let turned = 0;
  for (let i = 2; i < n; i++) {
    if (surelyWithin(track, i - 1, i, BESIDE_M) || seconds(track, i - 2, i) > TURNED_S) continue;
    const [there, back, on] = [metres(track, i - 2, i - 1), metres(track, i - 1, i), metres(track, i - 2, i)];
    const least = Math.min(there, back);
    if (least > BESIDE_M && on * FASTER < least) turned++;
  }
  return turned > LEAST && turned * 2 > n;
}

/** Values come back again and again, each where it was, and the step from one to the other is faster than any of theirs. */
function takeTurns(track: Track, order: Uint32Array, of: Uint16Array): boolean {
  const before = new Map<number, number>();
  const [apart, fast, own]: [number[], number[], number[]] = [[], [], []];
  order.forEach((now, k) => {
    const mine = before.get(of[now] as number);
    before.set(of[now] as number, now);
    if (mine === undefined) return;
    own.push(metres(track, mine, now) / seconds(track, mine, now));
    const prior = order[k - 1] as number;
    if (prior === mine) return;
    apart.push(metres(track, prior, now));
    fast.push((apart.at(-1) as number) / seconds(track, prior, now));
  });
  if (fast.length < LEAST) return false;
  for (const list of [apart, fast, own]) list.sort((a, b) => a - b);
  const usual = Math.max(SLOW_MPS, quantile(own, 0.9));
  return quantile(apart, 0.5) > BESIDE_M && quantile(fast, 0.5) > FASTER * usual;
}

/** At half of the changes without a silence the next car is where the one before cannot be; both have so many fixes at least. */
function standApart(track: Track, order: Uint32Array, of: Uint16Array, least: number): boolean {
  const fixes = new Uint32Array(VALUES);
  for (const value of of) fixes[value] = (fixes[value] as number) + 1;
  const isShort = (i: number) => (fixes[of[i] as number] as number) < least;
  const silence = SILENCE * medianStep(track);
  let [changes, far] = [0, 0];
  for (let k = 1; k < order.length; k++) {
    const [prior, first, later] = [order[k - 1], order[k], order[k + STALE]] as [number, number, number | undefined];
    if (of[prior] === of[first] || (track.time[first] as number) - (track.time[prior] as number) > silence) continue;
    if (isShort(prior) || isShort(first)) continue;
    changes++;
    if (later === undefined || of[later] !== of[first]) continue;
    if (isJump(track, prior, first) && isJump(track, prior, later)) far++;
  }
  return far > 0 && far * 2 > changes;
}
