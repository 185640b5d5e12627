// SPDX-License-Identifier: MIT
// The zone at the end of a time: Z, an offset, a word, or an IANA name in brackets.
import { Temporal } from 'temporal-polyfill';
import { LONGEST_VALUE } from '../numbers.ts';
import { GPS_LEAP_MS } from './epoch.ts';

/** Hours east of UTC, of words that mean one zone: CST and CDT are China's and Cuba's too, BST and IST of several. */
const WORDS: Record<string, number> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  jst: 9,
  kst: 9,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  wet: 0,
  west: 1,
  msk: 3,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  est: -5,
  edt: -4,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  gpst: GPS_LEAP_MS / 3_600_000,
};
/** A word, an offset, and what repeats the offset: a zone in brackets, or a word and a running clock as Go prints them. */
const OFFSET =
  /^([a-z]*)\s*(?:([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?(?:\s[A-Z]{2,5}(?:\sm=\S+)?)?)?(?:\s*[[(].*[\])])?$/i;

/** The zone of Japan in its own words. */
const JAPAN = /^[（(]?(?:日本標準時|日本時間)[）)]?$/;

/** Milliseconds east of UTC; undefined where the text gives none. An offset wins over a name in brackets. */
export function offsetOf(zone: string): number | undefined {
  const m = OFFSET.exec(/^\(([A-Z]+\s?(?:[+-][\d:]+)?)\)$/i.exec(zone)?.[1] ?? (JAPAN.test(zone) ? 'jst' : zone));
  if (!m) return undefined;
  const [, word = '', sign, h = '0', min = '0', s = '0'] = m;
  const hours = word === '' ? 0 : WORDS[word.toLowerCase()];
  if (hours === undefined || (word === '' && sign === undefined)) return undefined;
  const extra = (Number(h) * 3600 + Number(min) * 60 + Number(s)) * 1000;
  if (Number(h) > 18 || Number(min) > 59) return undefined;
  return hours * 3_600_000 + (sign === '-' ? -extra : extra);
}

/** Unix milliseconds of a wall clock in the zone that brackets name. */
export function bracketZone(zone: string, wall: number): number | undefined {
  const name = /^\[!?([A-Za-z][\w+/-]*)\]/.exec(zone)?.[1] ?? /^([A-Z]\w+\/[\w+/-]+)$/.exec(zone)?.[1];
  if (name === undefined) return undefined;
  try {
    const plain = Temporal.Instant.fromEpochMilliseconds(Math.floor(wall)).toZonedDateTimeISO('UTC').toPlainDateTime();
    return plain.toZonedDateTime(name).epochMilliseconds + (wall - Math.floor(wall));
  } catch {
    return undefined;
  }
}

/** Unix milliseconds of a wall clock in a zone as a column, a header or a line gives it: an offset, a word, a name, or hours. */
export function inZone(zone: string, wall: number): number | undefined {
  const text = zone.trim();
  if (text.length > LONGEST_VALUE) return undefined;
  const hours = /^[+-]?\d{1,2}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  // -540 is minutes or five hours and forty minutes, and of either sign: nobody knows.
  const offset = Math.abs(hours) <= 14 ? hours * 3_600_000 : /^[+-]?\d{3}$/.test(text) ? undefined : offsetOf(text);
  return offset === undefined ? bracketZone(`[${text}]`, wall) : wall - offset;
}
