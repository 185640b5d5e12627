// SPDX-License-Identifier: MIT
// Wall clocks to UTC in the zone of a place, through the nights of change.
import { Temporal } from 'temporal-polyfill';

const DAY = 86_400_000;

interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/** The stretches of constant offset between two wall clocks, with two days around them. */
function stretches(zone: string, first: number, last: number): Stretch[] {
  let at = Temporal.Instant.fromEpochMilliseconds(Math.floor(first) - 2 * DAY).toZonedDateTimeISO(zone);
  const found: Stretch[] = [];
  for (let from = Number.NEGATIVE_INFINITY; ; ) {
    const next = at.getTimeZoneTransition('next');
    const until = next?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    found.push({ from, until, offset: at.offsetNanoseconds / 1e6 });
    if (next === null || until > last + 2 * DAY) return found;
    from = until;
    at = next;
  }
}

/**
 * Replaces the wall clocks of `times` by Unix milliseconds. An hour that a night has twice is the first, unless
 * the fix before was later; an hour that a night leaves out keeps the offset before it. Gives whether there are
 * fixes of such an hour.
 */
export function wallToUtc(times: Float64Array, isWall: (i: number) => boolean, zone: string): boolean {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    if (!isWall(i)) continue;
    first = Math.min(first, times[i] as number);
    last = Math.max(last, times[i] as number);
  }
  if (first > last) return false;
  const all = stretches(zone, first, last);
  const isLeftOut = all.some(({ from, offset }, k) => {
    const begin = from + (all[k - 1]?.offset ?? offset);
    const within = (wall: number, i: number) => isWall(i) && wall >= begin && wall < from + offset;
    return begin <= last && from + offset > first && times.some(within);
  });
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    if (isWall(i)) times[i] = utc(times[i] as number, all, before);
    before = times[i] as number;
  }
  return isLeftOut;
}

function utc(wall: number, all: readonly Stretch[], before: number): number {
  let found = Number.NaN;
  let skipped = Number.NaN;
  for (const { from, until, offset } of all) {
    const time = wall - offset;
    if (time >= from && time < until) {
      if (Number.isNaN(found) || (found < before && time >= before && before - found < DAY)) found = time;
    } else if (time >= until) {
      skipped = time;
    }
  }
  return Number.isNaN(found) ? skipped : found;
}
