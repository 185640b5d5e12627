// SPDX-License-Identifier: MIT
// Times of logs: ISO 8601 (a zone, or that of the settings), epoch seconds or milliseconds.
import { Temporal } from 'temporal-polyfill';

const FAST = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** The last millisecond that a Date can hold. */
const LAST_DATE = 8.64e15;

/** Unix milliseconds, NaN when the value is no time (a log may hold any JSON value). */
export function parseTime(text: unknown, timeZone: string): number {
  if (typeof text === 'number') return epoch(text);
  if (typeof text !== 'string') return Number.NaN;
  const trimmed = text.trim();
  const utc = FAST.exec(trimmed);
  if (utc) {
    const [, y, mo, d, h, mi, s, f = ''] = utc;
    const ms = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
    const valid = Number(mo) <= 12 && Number(d) <= 31 && Number(h) < 24 && Number(mi) < 60 && Number(s) <= 60;
    return valid ? ms + Number(`0.${f || 0}`) * 1000 : Number.NaN;
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return epoch(Number(trimmed));
  const iso = trimmed.replace(/^(\d{4}-\d\d-\d\d) (\d\d:)/, '$1T$2');
  try {
    if (/(Z|[+-]\d\d:?\d\d)$/i.test(iso)) return Temporal.Instant.from(iso).epochMilliseconds;
    return Temporal.PlainDateTime.from(iso).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}

/** Seconds up to the year 5138; larger numbers are milliseconds. */
function epoch(value: number): number {
  if (Math.abs(value) > LAST_DATE) return Number.NaN;
  return Math.abs(value) < 1e11 ? value * 1000 : value;
}

/** ISO 8601 with the zone's offset; milliseconds only where they are not zero. */
export function formatTime(ms: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(timeZone);
  return zoned.toString({
    timeZoneName: 'never',
    calendarName: 'never',
    smallestUnit: zoned.millisecond === 0 ? 'second' : 'millisecond',
  });
}
