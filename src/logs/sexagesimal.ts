// SPDX-License-Identifier: MIT
// Degrees, minutes and seconds in one number: 35.4123 for 35°41′23″, as pocket calculators and surveyors write them.
// Read as decimal degrees they are another place, at a third of the pace, with a leap at each full minute.
import type { ReadFixes } from './columns.ts';

/** Seconds of arc behind the degrees of D.MMSS, as it is written: MM times 100 and SS. */
const written = (value: number) => {
  const all = Math.abs(value);
  return Number(((all - Math.trunc(all)) * 10_000).toFixed(6));
};

/** D.MMSS to degrees. */
export function ofSeconds(value: number): number {
  const rest = written(value);
  const minutes = Math.trunc(rest / 100);
  return Math.sign(value) * (Math.trunc(Math.abs(value)) + minutes / 60 + (rest - minutes * 100) / 3600);
}

/** D.MMmmmm to degrees. */
export const ofMinutes = (value: number): number => Math.trunc(value) + ((value - Math.trunc(value)) * 100) / 60;

/** Whether the digits behind the point may be minutes and seconds: neither pair is beyond 60, to which some round up. */
export function isSexagesimal(value: number): boolean {
  const rest = written(value);
  return rest <= 6000 && rest % 100 <= 60;
}

type Track = Pick<ReadFixes, 'count' | 'lat' | 'lon'>;
type Timed = Track & Pick<ReadFixes, 'time_ms'>;

/** Whether all positions may be of a form. */
export function packed({ count, lat, lon }: Track, may: (value: number) => boolean): boolean {
  for (let i = 0; i < count; i++) if (!may(lat[i] as number) || !may(lon[i] as number)) return false;
  return true;
}

/** Whether the digits behind the point may begin with minutes. */
export const beginsWithMinutes = (value: number): boolean => written(value) < 6000;

/** Fewer positions may have such digits by chance; of so many, which leave a few out too, steps of any pace count. */
const LEAST = 30;
const MANY = 100;
const MANY_LEAPS = 3;
/** A full minute leaves out the digits from 60 to 99: so many degrees, and as many times the step in minutes and seconds. */
const GAP = 0.004;
const LEAP = 3;
/** No car goes through the gap, 445 m of latitude, in less than this. */
const GAP_MS = 6000;
/** Steps that pass a full minute, where decimal degrees leap over the digits from 60 to 99; and those in no time. */
function leaps({ count, time_ms: time }: Timed, values: Float64Array) {
  const found = { all: 0, fast: 0 };
  for (let i = 1; i < count; i++) {
    const [from, to] = [values[i - 1] as number, values[i] as number];
    const step = Math.abs(to - from);
    if (step < GAP || step < LEAP * Math.abs(ofSeconds(to) - ofSeconds(from))) continue;
    found.all++;
    if ((time[i] as number) - (time[i - 1] as number) < GAP_MS) found.fast++;
  }
  return found;
}

/** Whether the positions are surely degrees, minutes and seconds: the digits of none reach 60, and steps pass full minutes. */
export function isOfSeconds(fixes: Timed): boolean {
  const { count, lat, lon } = fixes;
  if (count < LEAST || !packed(fixes, isSexagesimal)) return false;
  const [north, east] = [leaps(fixes, lat), leaps(fixes, lon)];
  return north.fast + east.fast > 0 || (count >= MANY && north.all + east.all >= MANY_LEAPS);
}
