// SPDX-License-Identifier: MIT
// A log cut at the steps where its clock may have jumped, and the pieces that stay: the heaviest chain of
// pieces that follow one another in time.
import { longStep, metres, type Track } from './track.ts';

export interface Piece {
  /** Range of the order it was cut from. */
  from: number;
  to: number;
  start: number;
  end: number;
  /** Indexes of its first and last fix in the log. */
  first: number;
  last: number;
  /** Metres of its first and last step, or 0. */
  firstStep: number;
  lastStep: number;
  /** It begins at another place than where the fix before it in the log was, or ends at another than the fix after it. */
  foreign: boolean;
  /** It begins where the clock of the one car was set back: not where rows are told again, or after rows that were ahead. */
  reset: boolean;
}

const HOUR = 3_600_000;
const YEAR = 365 * 86_400_000;
/** 220 km/h and the error of two positions: a faster step over what is left out is not the same drive going on. */
const TOP_MPS = 61;
const ERROR_M = 100;
const JUMP = 60;
/** A step of so many usual ones may be a jump of the clock; it is one, at a price, where the moving car came no farther. */
const CUT = 10;
const MOVING_M = 2;
const CLOCK = 40;
const WALK = 1000;
/** Of two chains of as many fixes, the one without a long step, or without a clock that was set back, stays. */
const DOUBT = 0.5;
/** Metres within which rows of one time are told again. */
export const AGAIN_M = 15;
/** More pieces are chained in the order of the log by their ends only. */
const MOST = 4000;

/** Cuts at falls and long steps; around a fall, what overlaps is cut off, so that one fix ahead is a piece of its own. */
export function pieces(track: Track, order: Uint32Array, usual: number): Piece[] {
  const n = order.length;
  const time = (i: number) => track.time[order[i] as number] as number;
  const far = (i: number) =>
    i > 0 && i < n && metres(track, order[i - 1] as number, order[i] as number) > 200 + usual / 20;
  const cuts = new Set<number>([0, n]);
  const resets = new Set<number>();
  for (let i = 1; i < n; i++) {
    const step = time(i) - time(i - 1);
    if (step > CUT * usual) cuts.add(i);
    if (step > 0) continue;
    cuts.add(i);
    let back = i - 1;
    while (back > 0 && i - back < WALK && time(back - 1) >= time(i)) back--;
    cuts.add(back);
    if (!far(i) && metres(track, order[back] as number, order[i] as number) > AGAIN_M) resets.add(i);
    let on = i;
    while (on < n && on - i < WALK && time(on) <= time(i - 1)) on++;
    cuts.add(on);
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((from, k) => {
    const to = at[k + 1] as number;
    return {
      from,
      to,
      start: time(from),
      end: time(to - 1),
      first: order[from] as number,
      firstStep: to - from > 1 ? metres(track, order[from] as number, order[from + 1] as number) : 0,
      lastStep: to - from > 1 ? metres(track, order[to - 2] as number, order[to - 1] as number) : 0,
      last: order[to - 1] as number,
      foreign: far(from) || far(to),
      reset: resets.has(from),
    };
  });
}

/**
 * What it costs to go on from one piece with another, in fixes; infinite: they do not follow each other. `reset`: the
 * clock was set back on the way.
 */
function price(track: Track, before: Piece, next: Piece, reset: boolean, moved: boolean, usual: number): number {
  const gap = next.start - before.end;
  if (gap <= 0 || gap > YEAR) return Number.POSITIVE_INFINITY;
  const skips = next.from !== before.to;
  if (skips && metres(track, before.last, next.first) > (gap * TOP_MPS) / 1000 + ERROR_M) return JUMP;
  const step = Math.min(before.lastStep, next.firstStep);
  if (!skips && gap > CUT * usual && step > MOVING_M && metres(track, before.last, next.first) < 3 * step) return CLOCK;
  if (moved && gap > longStep(usual)) return next.first === before.last + 1 ? 3 : JUMP;
  if (gap > Math.max(HOUR, 20 * usual)) return 2;
  return reset || gap > CUT * usual ? DOUBT : 0;
}

/** Which pieces stay. `moved`: they come from a log that was sorted by time. */
export function chain(track: Track, parts: readonly Piece[], moved: boolean, usual: number): boolean[] {
  const best = parts.map((p) => p.to - p.from);
  const previous = parts.map(() => -1);
  const resets = new Uint32Array(parts.length);
  parts.forEach(({ reset }, k) => {
    resets[k] = (resets[k - 1] ?? 0) + (reset ? 1 : 0);
  });
  const window = parts.length > MOST ? 50 : parts.length;
  for (let k = 1; k < parts.length; k++) {
    const part = parts[k] as Piece;
    const alone = best[k] as number;
    for (let j = Math.max(0, k - window); j < k; j++) {
      const reset = (resets[k] as number) > (resets[j] as number);
      const total = (best[j] as number) + alone - price(track, parts[j] as Piece, part, reset, moved, usual);
      if (total > (best[k] as number)) {
        best[k] = total;
        previous[k] = j;
      }
    }
  }
  const stay = parts.map(() => false);
  for (
    let k = best.reduce((top, value, k) => (value > (best[top] as number) ? k : top), 0);
    k >= 0;
    k = previous[k] ?? -1
  )
    stay[k] = true;
  return stay;
}
