// SPDX-License-Identifier: MIT
// Puts the fixes of a log in the order of time. A clock that jumps costs the fixes concerned: the longest
// consistent sequence stays. Parts in the wrong order are put in order where that leaves fewer breaks.
import { AGAIN_M, chain, type Piece, pieces } from './pieces.ts';
import { breaksOf, medianStep, metres, type Track } from './track.ts';

export type Dropped = 'doubled' | 'time_falls_back' | 'time_jumps';

export interface Order {
  /** Indexes of the fixes that stay, in the order of time. */
  kept: Uint32Array;
  dropped: { index: number; why: Dropped }[];
  /** Fixes that stay and stand at another place than in the log. */
  moved: number;
  /** The rows before a kept fix, by its place among them, that were left out where the clock may have been set. */
  joins: (k: number) => number;
  /** At the same times, positions that one car cannot have. */
  twoCars: boolean;
}

/** Several fixes within this are one moment: the clock gives no finer times. */
const SAME_PLACE_M = 50;
/** Share of a log that, told twice in two places, makes it two cars. */
const OTHER_CAR = 0.2;
/** Metres within which a row tells the very fix of before once more. */
const SAME_FIX_M = 1;
/** A clock is set a few times; what is left out at more places, and this share of the fixes, is the recorder's habit. */
const SELDOM = 3;
const HABIT = 0.1;

function upTo(n: number): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(n);
  for (let i = 0; i < n; i++) all[i] = i;
  return all;
}

/** Fixes of one time in the order of the log. */
export function sortedByTime(track: Track): Uint32Array<ArrayBuffer> {
  return upTo(track.time.length).sort((a, b) => (track.time[a] as number) - (track.time[b] as number) || a - b);
}

/** Undefined where every fix is later than the one before and no step is out of the ordinary. */
export function orderOf(track: Track): Order | undefined {
  const n = track.time.length;
  const step = medianStep(track);
  const found = breaksOf(track, undefined, step);
  if (found.back + found.same + found.gaps + found.jumps === 0) return undefined;
  let order = upTo(n);
  let sorted = false;
  if (found.back > 0) {
    const byTime = sortedByTime(track);
    const then = breaksOf(track, byTime, step);
    // from the newest to the oldest, a gap is a step back
    sorted = found.back > n / 2 || (then.gaps + then.jumps <= found.gaps + found.jumps && isShorter(track, byTime));
    if (sorted) order = byTime;
  }
  const onlyGaps = found.back + found.same + found.jumps === 0;
  const { first, doubled } = onlyGaps ? { first: order, doubled: [] } : withoutDoubles(track, order);
  const parts = pieces(track, first, step);
  const stay = chain(track, parts, sorted, step);
  const { jumps } = onlyGaps ? found : breaksOf(track, first, step);
  const whole = !sorted && doubled.length === 0 && stay.every((stays) => stays);
  return whole && jumps <= manyJumps(n) ? undefined : account(track, { first, doubled, parts, stay, n, jumps });
}

/** What sums of the same metres in another order may differ by. */
const AS_LONG = 1.001;

/** Whether the way in this order is as short as in that of the log: parts in their places join. */
function isShorter(track: Track, order: Uint32Array): boolean {
  let [logged, ordered] = [0, 0];
  for (let i = 1; i < order.length; i++) {
    logged += metres(track, i - 1, i);
    ordered += metres(track, order[i - 1] as number, order[i] as number);
  }
  return ordered <= logged * AS_LONG;
}

const manyJumps = (n: number) => Math.max(3, n * OTHER_CAR);

/** Of fixes with one time that follow each other, the first. */
function withoutDoubles(track: Track, order: Uint32Array): { first: Uint32Array; doubled: number[] } {
  const first = new Uint32Array(order.length);
  const doubled: number[] = [];
  let count = 0;
  let last = Number.NaN;
  for (let i = 0; i < order.length; i++) {
    const index = order[i] as number;
    const time = track.time[index] as number;
    if (time === last) doubled.push(index);
    else first[count++] = index;
    last = time;
  }
  return { first: first.subarray(0, count), doubled };
}

interface Choice {
  first: Uint32Array;
  doubled: number[];
  parts: Piece[];
  stay: boolean[];
  n: number;
  jumps: number;
}

function account(track: Track, { first, doubled, parts, stay, n, jumps }: Choice): Order {
  const kept = new Uint32Array(parts.reduce((sum, p, i) => sum + (stay[i] ? p.to - p.from : 0), 0));
  let count = 0;
  for (const part of parts.filter((_, i) => stay[i]).sort((a, b) => a.start - b.start)) {
    kept.set(first.subarray(part.from, part.to), count);
    count += part.to - part.from;
  }
  const dropped: Order['dropped'] = doubled.map((index) => ({ index, why: 'doubled' }));
  let elsewhere = 0;
  parts.forEach((part, i) => {
    if (stay[i]) return;
    for (let k = part.from; k < part.to; k++) {
      const index = first[k] as number;
      const { why, apart } = placeIn(track, kept, index);
      dropped.push({ index, why });
      if (apart && part.foreign) elsewhere++;
    }
  });
  for (const index of doubled) {
    const jumped = index > 0 && metres(track, index - 1, index) > 4 * SAME_PLACE_M;
    if (jumped && nearest(track, kept, index) > 4 * SAME_PLACE_M) elsewhere++;
  }
  const inFile = kept.slice().sort();
  const moved = kept.reduce((sum, index, i) => sum + (index === inFile[i] ? 0 : 1), 0);
  const joins = joinsOf(track, kept, dropped);
  return { kept, dropped, moved, joins, twoCars: elsewhere > n * OTHER_CAR || jumps > manyJumps(n) };
}

/**
 * Rows of one time are told again where they are at one place. Where their times fall back, and they are not the very
 * fixes of before, the clock was set back by as much.
 */
function joinsOf(track: Track, kept: Uint32Array, dropped: Order['dropped']): Order['joins'] {
  const set = new Set<number>();
  const at = (i: number) => track.time[i] as number;
  for (const { index, why } of dropped.toSorted((a, b) => a.index - b.index)) {
    const fallsBack = set.has(index - 1) || at(index) < at(index - 1);
    // three rows of one time are of a clock without seconds
    const stands = at(index) === at(index - 1) && (at(index) === at(index - 2) || at(index) === at(index + 1));
    const isElsewhere = index > 0 && !stands && metres(track, index - 1, index) > AGAIN_M;
    const isAgain = why === 'doubled' && !isElsewhere && !(fallsBack && nearest(track, kept, index) > SAME_FIX_M);
    if (!isAgain) set.add(index);
  }
  const times = [...set].filter((index) => !set.has(index - 1)).length;
  if (times > Math.max(SELDOM, kept.length * HABIT)) return () => 0;
  return (k) => {
    const [before, fix] = [kept[k - 1] ?? Number.NaN, kept[k] as number];
    return before < fix && set.has(fix - 1) ? fix - before - 1 : 0;
  };
}

/** Index of the first kept fix that is not earlier. */
function search(track: Track, kept: Uint32Array, time: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((track.time[kept[middle] as number] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(track: Track, kept: Uint32Array, index: number): number {
  const at = Math.min(search(track, kept, track.time[index] as number), kept.length - 1);
  return at < 0 ? 0 : metres(track, index, kept[at] as number);
}

function placeIn(track: Track, kept: Uint32Array, index: number): { why: Dropped; apart: boolean } {
  const time = track.time[index] as number;
  const at = search(track, kept, time);
  const there = kept[at];
  const distance = nearest(track, kept, index);
  if (there !== undefined && track.time[there] === time && distance < SAME_PLACE_M)
    return { why: 'doubled', apart: false };
  const inside = at > 0 && at < kept.length;
  const fellBack = there !== undefined && there < index;
  return { why: fellBack ? 'time_falls_back' : 'time_jumps', apart: inside && distance > 4 * SAME_PLACE_M };
}
