// SPDX-License-Identifier: MIT
// Bare numbers as times. The unit follows from the magnitude, and only where no other count has the same
// magnitude today: everything else is refused by its name, unless the header says what it is.

/** What a header says about the numbers of its column. */
export type EpochHint = 's' | 'ms' | 'us' | 'ns' | 'gps' | 'fit' | 'apple' | 'spreadsheet' | 'elapsed';

const S_2000 = 946_684_800;
const S_2065 = 3_000_000_000;
const DAY_MS = 86_400_000;
/** 1980-01-06, and the leap seconds by which GPS time runs ahead of UTC since 2017. */
export const GPS_EPOCH_MS = Date.UTC(1980, 0, 6);
export const GPS_LEAP_MS = 18_000;
/** 1989-12-31, in UTC. */
const FIT_EPOCH_MS = Date.UTC(1989, 11, 31);
const WEEK_MS = 7 * DAY_MS;
const APPLE_EPOCH_MS = Date.UTC(2001, 0, 1);
/** Day 0 of spreadsheets, with their 29 February 1900. */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
/** Ticks of 100 ns since year 1 (.NET) and since 1601 (Windows), to 1970. */
const NET_TICKS = 621_355_968_000_000_000;
const WINDOWS_TICKS = 116_444_736_000_000_000;

const MS_PER: Record<'s' | 'ms' | 'us' | 'ns', number> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };
const within = (value: number, unit: number) => value >= S_2000 * unit && value < S_2065 * unit;

/** Unix milliseconds of a GPS week and the time in it; NaN where the week has none such. */
export const gpsWeekMs = (week: number, ms: number): number =>
  week > 0 && ms >= 0 && ms <= WEEK_MS ? GPS_EPOCH_MS + week * WEEK_MS + ms - GPS_LEAP_MS : Number.NaN;

/** Unix milliseconds, or the name of what the number is instead. A spreadsheet's day is a wall clock. */
export function readEpoch(value: number, hint?: EpochHint): number | string {
  if (hint === 'gps') return GPS_EPOCH_MS + value * 1000 - GPS_LEAP_MS;
  if (hint === 'fit') return FIT_EPOCH_MS + value * 1000;
  if (hint === 'apple') return APPLE_EPOCH_MS + value * 1000;
  if (hint === 'spreadsheet') return SPREADSHEET_EPOCH_MS + value * DAY_MS;
  if (within(value, 1)) return value * 1000;
  if (within(value, 1e3)) return value;
  if (within(value, 1e6)) return value / 1e3;
  if (within(value, 1e9)) return value / 1e6;
  if (within((value - NET_TICKS) / 1e7, 1)) return (value - NET_TICKS) / 1e4;
  if (within((value - WINDOWS_TICKS) / 1e7, 1)) return (value - WINDOWS_TICKS) / 1e4;
  if (hint !== undefined && hint !== 'elapsed' && value * MS_PER[hint] >= S_2000 * 500) return value * MS_PER[hint];
  return otherCount(value);
}

function otherCount(value: number): string {
  if (value < 20_000) return 'an elapsed time or a counter';
  if (value < 80_000) return 'a day number of a spreadsheet or seconds of a day';
  if (value < 700_000_000) return 'an elapsed time, a counter or a time of day without a date';
  if (value < S_2000) return 'seconds since 2001 (Apple) or a clock before the year 2000';
  if (value < 1e10) return 'seconds since 1904 or a clock after the year 2065';
  if (value < S_2000 * 1000) return 'yymmddhhmmss or another count than seconds or milliseconds since 1970';
  return 'another count than seconds, ms, µs or ns since 1970';
}

/** Whether a value, a number or its text, is taken as seconds since 1970 for its magnitude alone. */
export const isBareSeconds = (value: unknown, hint: EpochHint | undefined): boolean =>
  (hint === undefined || hint === 's') && /^\d{9,10}(?:\.\d+)?$/.test(String(value).trim());
