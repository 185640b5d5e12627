// SPDX-License-Identifier: MIT
// Times as texts: ISO 8601 in its forms, RFC 2822, what Java, C and spreadsheets print, and numbers. One
// reader serves one column: it remembers the day and whether day or month comes first.

import type { Text } from '../codes.ts';
import { LONGEST_VALUE, narrow, plainNumber, shortCodes } from '../numbers.ts';
import { dayMs, splitDate } from './dates.ts';
import { type EpochHint, readEpoch } from './epoch.ts';
import { bracketZone, offsetOf } from './names.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** As java.time has it. */
const MOST_OFFSET = 18 * HOUR;

/** Two digits at `at`; NaN where they are none. */
function two(codes: Uint16Array, at: number): number {
  const a = (codes[at] as number) - 48;
  const b = (codes[at + 1] as number) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : Number.NaN;
}

/** Halves of the day: Japanese, Chinese, Korean, Greek, Arabic, Turkish, Vietnamese. */
const FIRST_HALF = '午前|上午|오전|π\\.?μ\\.?|ص|öö|sa';
const SECOND_HALF = '午後|下午|오후|μ\\.?μ\\.?|م|ös|ch';
const HALF = `${FIRST_HALF}|${SECOND_HALF}`;
const IS_SECOND = new RegExp(`^(?:p|${SECOND_HALF})`, 'i');

/** What stands between the date and the clock: a weekday, a word, and the half of the day where it comes first. */
const REST = new RegExp(
  `^(?:\\([^()\\d]{1,9}\\)|[一二三四五六日月火水木金土]曜日?|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일]요일` +
    `|(?:at|klo|kl\\.?|um)(?=\\s)|[T,_@]|\\s|-(?=\\d))*(${HALF})?\\s*(.*)$`,
  'i',
);

const CLOCK = [
  /^(\d{1,2})時(\d{1,2})分(?:(\d{1,2})(?:[.,](\d+))?秒)?()/,
  new RegExp(
    `^(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,:](\\d+))?)?(?:\\s*([ap](?=\\.?\\s?m\\b)|(?:${HALF})(?!\\p{L}))(?:\\.?\\s?m\\b\\.?)?)?`,
    'iu',
  ),
  /^(\d{1,2})[.-](\d{2})[.-](\d{2})(?:[.,:](\d+))?(?!\d)()/,
  /^(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?(?!\d)()/,
];

/** What stands before a date or around a number, of programs: a day of the week, @, /Date(…)/. */
const AROUND = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?=\d{4}-)|@(?=\d)|\/Date\((?=\d{9,}(?:\)|[+-])))/i;
/** A clock before its date. */
const CLOCK_FIRST =
  /^(\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?),?\s+(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/;

/** The form of a time that the rest reads. */
function plain(typed: string): string {
  const text = narrow(typed);
  const [, clock, date] = CLOCK_FIRST.exec(text) ?? [];
  if (clock !== undefined) return `${date} ${clock}`;
  const bare = text.replace(AROUND, '');
  return bare === text ? text : bare.replace(/(?<=^\d+)(?:[+-]\d{4})?\)\/$/, '');
}

/** A number with an exponent and so many digits that a moment is exact to the second. */
const EXACT = /^\d[.,]\d{9,}e\+?\d{1,2}$/i;

export class TimeText {
  /** The last time read was a wall clock without a zone. */
  local = false;
  /** The last time that `iso` read, Unix milliseconds or those of the wall clock: a field, for what a call gives back is an object. */
  ms = Number.NaN;
  /** The last time read had no seconds. */
  noSeconds = false;
  /** Why the last text is no time, in words for a message. */
  fault = '';
  private readonly hint: EpochHint | undefined;
  private dayKey = -1;
  private day = Number.NaN;
  private dayFirst: boolean | undefined;
  private readonly told: boolean | undefined;

  /** `dayFirst`: in dates of which both may come first, as the user says. */
  constructor(hint?: EpochHint, dayFirst?: boolean) {
    this.hint = hint;
    this.dayFirst = this.told = dayFirst;
  }

  /** Unix milliseconds, or those of the wall clock where `local`; NaN with a `fault`. */
  read(text: string): number {
    if (text.length <= LONGEST_VALUE) return this.readIn(text, shortCodes(text), 0, text.length);
    this.noSeconds = false;
    this.fault = '';
    return this.any(text.trim());
  }

  /** As `read`, of text[from, to) whose characters are at hand; it is copied only where its form is none of the usual ones. */
  readIn(text: Text, codes: Uint16Array, from: number, to: number): number {
    this.local = false;
    this.noSeconds = false;
    this.fault = '';
    if (this.iso(codes, from, to)) return this.ms;
    const count = this.count(codes, from, to);
    return count === undefined ? this.any(text.slice(from, to).trim()) : this.number(count);
  }

  /** A plain number whose whole part has as many digits as s and ms since 1970 have, and no date or time of day has. */
  private count(codes: Uint16Array, from: number, to: number): number | undefined {
    let at = from;
    while (at < to && (codes[at] as number) >= 48 && (codes[at] as number) <= 57) at++;
    if (at - from < 9 || at - from > 13) return undefined;
    const value = plainNumber(codes, from, to);
    return Number.isNaN(value) ? undefined : value;
  }

  number(value: number): number {
    this.noSeconds = false;
    this.local = this.hint === 'spreadsheet';
    const ms = readEpoch(value, this.hint);
    if (typeof ms === 'number') return ms;
    this.fault = ms;
    return Number.NaN;
  }

  /** Reads YYYY-MM-DD?HH:MM:SS with a fraction, and Z, an offset or nothing, by its characters; false: another form. */
  iso(codes: Uint16Array, from: number, to: number): boolean {
    if (to - from < 19 || codes[from + 13] !== 58 || codes[from + 16] !== 58) return false;
    const between = codes[from + 10];
    if (codes[from + 4] !== 45 || codes[from + 7] !== 45 || (between !== 84 && between !== 32)) return false;
    const year = two(codes, from) * 100 + two(codes, from + 2);
    const month = two(codes, from + 5);
    const date = two(codes, from + 8);
    const hour = two(codes, from + 11);
    const minute = two(codes, from + 14);
    const second = two(codes, from + 17);
    if (!(hour < 24 && minute < 60 && second <= 60)) return false;
    let at = from + 19;
    let ms = 0;
    if (at < to && (codes[at] === 46 || codes[at] === 44)) {
      let scale = 100;
      for (at++; at < to; at++, scale /= 10) {
        const digit = (codes[at] as number) - 48;
        if (digit < 0 || digit > 9) break;
        ms += digit * scale;
      }
    }
    const offset = this.zone(codes, at, to);
    this.ms = this.midnight(year, month, date) + hour * HOUR + minute * MINUTE + second * 1000 + ms - offset;
    return !Number.isNaN(this.ms);
  }

  private midnight(year: number, month: number, date: number): number {
    const key = year * 10_000 + month * 100 + date;
    if (key !== this.dayKey) {
      this.day = dayMs(year, month, date);
      this.dayKey = key;
    }
    return this.day;
  }

  /** Milliseconds east of UTC; NaN when this is not the plain form. */
  private zone(codes: Uint16Array, at: number, to: number): number {
    if (at === to) {
      this.local = true;
      return 0;
    }
    const sign = codes[at];
    if (sign === 90 && at + 1 === to) return 0;
    if (sign !== 43 && sign !== 45) return Number.NaN;
    const minutes = to - at === 3 ? 0 : to - at === 6 && codes[at + 3] === 58 ? two(codes, at + 4) : Number.NaN;
    const ms = two(codes, at + 1) * HOUR + minutes * MINUTE;
    if (ms > MOST_OFFSET || minutes > 59) return Number.NaN;
    return sign === 45 ? -ms : ms;
  }

  private any(typed: string): number {
    this.local = false;
    if (typed.length > LONGEST_VALUE) return this.fail('');
    const text = plain(typed);
    const digits = /^[+-]?\d+(?:[.,]\d+)?$/.test(text) ? text.replace(',', '.') : '';
    if (EXACT.test(text)) return this.number(Number(text.replace(',', '.')));
    if (/^(19|20)\d{12}(?:\d{3}|\.\d+)?$/.test(digits)) {
      return this.parts(`${digits.slice(0, 8)}T${digits.slice(8, 14)}.${digits.slice(14).replace('.', '') || '0'}`);
    }
    if (digits !== '') {
      if (/^[0-2]\d[0-5]\d[0-5]\d(\.\d+)?$/.test(digits)) return this.fail('HHMMSS, a time of day without a date');
      return this.number(Number(digits));
    }
    return this.parts(text);
  }

  /** What a text without a date is, where its form shows it. */
  private undated(text: string): string {
    if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) return 'a number that a spreadsheet has cut short; export the log again';
    if (/^\d{1,3}:\d{2}[.,]\d$/.test(text))
      return 'minutes and seconds, as a spreadsheet shows a time whose date is lost; export the log again';
    if (/^\d{1,2}:\d{2}(?::\d{2}(?:[.,:]\d+)?)?$/.test(text)) return 'a time of day without a date';
    if (/^\d{1,3}\/\d{1,2}\/\d{1,2}\s|^0\d{3}-/.test(text) && !/^\d{1,2}\//.test(text))
      return 'a year of another calendar; write the year of the Western calendar';
    return /^\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3})[-/. ]\d{2}(?!\d)/i.test(text) ? 'a date with a year of two digits' : '';
  }

  private parts(text: string): number {
    const date = splitDate(text, this.dayFirst);
    if (typeof date === 'string') return this.fail(date || this.undated(text));
    if (this.told !== undefined && (date.dayFirst ?? this.told) !== this.told)
      return this.fail('a date whose day and month do not stand in the order that --columns gives');
    this.dayFirst = date.dayFirst ?? this.dayFirst;
    const [, before = '', rest = ''] = REST.exec(date.rest) ?? [];
    if (rest === '') return this.fail('a date without a time of day');
    const clock = CLOCK.reduce<RegExpExecArray | null>((found, shape) => found ?? shape.exec(rest), null);
    if (!clock) return this.fail('');
    const [all, h = '', m = '', s, f = '', behind = ''] = clock;
    const half = before || behind;
    const hour = half === '' ? Number(h) : (Number(h) % 12) + (IS_SECOND.test(half) ? 12 : 0);
    if (hour > 23 || Number(m) > 59 || Number(s ?? 0) > 60) return this.fail('a time of day that no clock shows');
    this.noSeconds = s === undefined;
    const wall = date.ms + hour * HOUR + Number(m) * MINUTE + Number(s ?? 0) * 1000 + Number(`0.${f || 0}`) * 1000;
    return this.withZone(wall, rest.slice(all.length).trim());
  }

  private withZone(wall: number, zone: string): number {
    if (zone === '') {
      this.local = true;
      return wall;
    }
    const offset = offsetOf(zone);
    if (offset !== undefined) return wall - offset;
    const named = bracketZone(zone, wall);
    return named ?? this.fail('a time with a zone that is not known');
  }

  private fail(fault: string): number {
    this.fault = fault;
    return Number.NaN;
  }
}
