// SPDX-License-Identifier: MIT
// Numbers as logs write them, the words for nothing, and faults in words that repeat no value.
import type { Fault } from './format.ts';

const NOTHING = /^(?:null|nil|none|nan|n\/?a|#n\/a|\\n|unknown|undefined|-{1,3}|\?|\.)$/i;

/** Characters of the longest number, time or zone: patterns over longer texts would take minutes. */
export const LONGEST_VALUE = 256;

/** Blank, or a word that means that there is no value. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'number') return Number.isNaN(value);
  if (typeof value !== 'string') return false;
  const text = value.trim();
  return text === '' || NOTHING.test(text);
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

const NOT_ASCII = /[^\x20-\x7e]/;
/** Marks of the direction of writing, and blanks without a width. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Noughts of the scripts with digits of their own: Arabic, Persian, Indian ones, Thai, Lao, Tibetan, Burmese, Khmer. */
const NOUGHTS = '٠۰०০੦૦୦௦౦೦൦๐໐༠၀០';
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/** A digit of any script, and the decimal sign of Arabic ones. */
function digit(sign: string): string {
  const code = sign.charCodeAt(0);
  const nought = [...NOUGHTS].find((zero) => code >= zero.charCodeAt(0) && code <= zero.charCodeAt(0) + 9);
  return nought === undefined ? sign : String(code - nought.charCodeAt(0));
}

/** Digits of any script, signs of East Asian width, narrow blanks and the minus of typography as ASCII, without what is not seen. */
export const narrow = (text: string): string =>
  NOT_ASCII.test(text)
    ? text
        .replace(UNSEEN, '')
        .normalize('NFKC')
        .replace(OTHER_DIGIT, digit)
        .replaceAll('٫', '.')
        .replaceAll('،', ',')
        .replaceAll('\u2212', '-')
        .trim()
    : text.trim();

/** A decimal number, its comma or minus sign as typography has them; NaN for anything else (0x23, 1_000, Infinity). */
export function decimal(text: string): number {
  if (text.length > LONGEST_VALUE && text.trim().length > LONGEST_VALUE) return Number.NaN;
  const plain = narrow(text);
  if (DECIMAL.test(plain)) return Number(plain);
  if (/^[+-]?\d*,\d+$/.test(plain)) return Number(plain.replace(',', '.'));
  return Number.NaN;
}

/** A value of any type as a number; NaN where it is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  const plain = value.length > LONGEST_VALUE ? Number.NaN : plainNumber(shortCodes(value), 0, value.length);
  return Number.isNaN(plain) ? decimal(value) : plain;
}

/** What a value is, in words that do not repeat it. */
export function kindOf(value: unknown): string {
  if (typeof value === 'object') return 'an object or a list';
  const text = String(value).trim();
  if (/^[+-]?nan$/i.test(text)) return 'NaN';
  if (/^[+-]?inf(inity)?$/i.test(text)) return 'infinite';
  return typeof value === 'boolean' ? 'true or false' : `a text of ${text.length} characters`;
}

const TIMES = 'ISO 8601, RFC 2822, or s, ms, µs or ns since 1970 are expected';

/** Why a time cannot be used: what it is instead, where that is known. */
export const timeFault = (kind: string, instead: string): Fault => ({
  what: `time is ${instead === '' ? kind : instead}; ${TIMES}`,
  error: 'LOG_TIME',
});

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Digits that a double holds exactly. */
const DIGITS = 15;
const SPACE = 32;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/**
 * Reads a plain number at `at` into `values[k]`: digits, at most one point among them, a minus sign before them. The index
 * after it; -1: there is none, or it has more digits than a double holds. Both steps of the division are exact, so that its
 * rounding is that of Number().
 */
export function readNumber(codes: Uint16Array, at: number, values: Float64Array, k: number): number {
  const first = codes[at] === MINUS ? at + 1 : at;
  let point = -1;
  let value = 0;
  let i = first;
  for (; ; i++) {
    const digit = (codes[i] as number) - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === POINT - ZERO && point < 0) point = i;
    else break;
  }
  const digits = i - first - (point < 0 ? 0 : 1);
  if (digits === 0 || digits > DIGITS) return -1;
  if (point >= 0) value /= POWERS[i - point - 1] as number;
  values[k] = first > at ? -value : value;
  return i;
}

const value = new Float64Array(1);

/** The number in codes[from, to), or NaN where it is not plain but for blanks around it. */
export function plainNumber(codes: Uint16Array, from: number, to: number): number {
  let begin = from;
  while (begin < to && codes[begin] === SPACE) begin++;
  let end = to;
  while (end > begin && codes[end - 1] === SPACE) end--;
  return readNumber(codes, begin, value, 0) === end ? (value[0] as number) : Number.NaN;
}

const short = new Uint16Array(LONGEST_VALUE + 1);

/** The characters of a text no longer than LONGEST_VALUE, and a 0 after them; they hold until the next call. */
export function shortCodes(text: string): Uint16Array {
  for (let i = 0; i < text.length; i++) short[i] = text.charCodeAt(i);
  short[text.length] = 0;
  return short;
}
