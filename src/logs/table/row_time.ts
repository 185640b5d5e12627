// SPDX-License-Identifier: MIT
// Times that a row has in another way than as one or two texts.
import { dayMs } from '../clock/dates.ts';
import { gpsWeekMs } from '../clock/epoch.ts';
import type { TimeText } from '../clock/text.ts';
import { plainNumber } from '../numbers.ts';
import type { Row } from './fields.ts';
import type { Header, WeekColumns } from './header.ts';

/** Unix milliseconds, or those of the wall clock with `clock.local` set; NaN where the row has no time. */
export type RowTime = (row: Row, clock: TimeText) => number;

const DAY_MS = 86_400_000;
/** VED counts days from 1 November 2017, which is day 1, in the local time of Ann Arbor. */
const VED_DAY_0 = Date.UTC(2017, 10, 1) - DAY_MS;

const PARTS = [
  ['year', '年'],
  ['month', '月'],
  ['day', '日'],
  ['hour', '時'],
  ['minute', 'min', '分'],
  ['second', 'sec', '秒'],
];

/** A column for each part of the time; years of two digits are of this century. */
function fromParts(names: readonly string[]): RowTime | undefined {
  const plain = names.map((name) => name.toLowerCase().replace(/^(?:gps|utc|gmt)[ _]?|s$/g, ''));
  const at = PARTS.map((part) => part.map((name) => plain.indexOf(name)).find((i) => i >= 0) ?? -1);
  if (at.slice(0, 5).some((i) => i < 0)) return undefined;
  const utc = names.some((name) => /^(?:utc|gmt)[ _]?hour/i.test(name));
  return (row, clock) => {
    const [year = Number.NaN, month = 0, day = 0, hour = 0, minute = 0, second = 0] = at.map((i) =>
      i < 0 ? 0 : plainNumber(row.codes, row.from[i] as number, row.to[i] as number),
    );
    clock.local = !utc;
    clock.noSeconds = (at[5] ?? -1) < 0;
    return dayMs(year < 100 ? 2000 + year : year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  };
}

const SECONDS = /(?:^|[ ._])(?:tv_)?secs?$/i;
const FINER: [RegExp, number][] = [
  [/(?:^|[ ._])(?:tv_)?n(?:ano)?secs?$/i, 1e-6],
  [/(?:^|[ ._])(?:tv_)?usecs?$/i, 1e-3],
];

/** Whole seconds since 1970 with the rest of each in a column of its own, as ROS writes its stamps. */
export function inTwoParts({ names, times }: Header): RowTime | undefined {
  const seconds = times[0]?.index ?? -1;
  if (times[0]?.hint !== undefined || !SECONDS.test(names[seconds] ?? '')) return undefined;
  const found = FINER.map(([shape, ms]) => ({ at: names.findIndex((name) => shape.test(name)), ms }));
  const { at, ms } = found.find((one) => one.at >= 0) ?? { at: -1, ms: 0 };
  if (at < 0) return undefined;
  return (row, clock) => {
    const number = (i: number) => plainNumber(row.codes, row.from[i] as number, row.to[i] as number);
    const whole = clock.number(number(seconds));
    return whole + number(at) * ms;
  };
}

/** Weeks of GPS and the time in each. */
function inWeeks({ week, inWeek, ms }: WeekColumns): RowTime {
  return (row, clock) => {
    const number = (i: number) => plainNumber(row.codes, row.from[i] as number, row.to[i] as number);
    clock.local = clock.noSeconds = false;
    return gpsWeekMs(number(week), number(inWeek) * (ms ? 1 : 1000));
  };
}

export function rowTimes(header: Header): RowTime | undefined {
  const { preset, names, times, week } = header;
  if (week !== undefined) return inWeeks(week);
  if (preset?.rows !== 'ved') return times.length === 0 ? fromParts(names) : inTwoParts(header);
  const at = (name: string) => names.findIndex((n) => n.toLowerCase() === name);
  const [day, ms] = [at('daynum'), at('timestamp(ms)')];
  return (row, clock) => {
    const number = (i: number) => plainNumber(row.codes, row.from[i] as number, row.to[i] as number);
    clock.local = true;
    clock.noSeconds = false;
    return VED_DAY_0 + Math.round(number(day) * 86_400) * 1000 + number(ms);
  };
}

/** A date of six digits as ISO 8601: yymmdd as Columbus writes it, ddmmyy is not taken for it. */
export function dateText(text: string, yearFirst: boolean): string {
  const m = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  return m && yearFirst ? `20${m[1]}-${m[2]}-${m[3]}` : text;
}
