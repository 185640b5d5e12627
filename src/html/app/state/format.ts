// SPDX-License-Identifier: MIT
// Numbers and times as the reader of the page expects them.
import { sureText } from '../../../report/sure.ts';
import type { Lang } from '../../model.ts';

const LOCALE = { en: 'en-GB', ja: 'ja-JP' } as const;

export interface Formats {
  time(ms: number, zone: string): string;
  clock(ms: number, zone: string): string;
  number(value: number, digits?: number): string;
  percent(share: number): string;
  sure(confidence: number): string;
  money(amount: number, currency: string): string;
}

/** `anonymous`: weekday and hour in place of date and minute. */
export function formatsOf(lang: Lang, anonymous: boolean): Formats {
  const locale = LOCALE[lang];
  const cache = new Map<string, Intl.DateTimeFormat>();
  const of = (zone: string, kind: 'time' | 'clock') => {
    const key = `${kind} ${zone}`;
    const made = cache.get(key) ?? make(zone, kind);
    cache.set(key, made);
    return made;
  };
  const make = (timeZone: string, kind: 'time' | 'clock') => {
    if (anonymous) return new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', hour: 'numeric' });
    if (kind === 'clock') return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium' });
    return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'medium' });
  };
  const numbers = new Map<number, Intl.NumberFormat>();
  const numberOf = (digits: number) => {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const made = numbers.get(digits) ?? new Intl.NumberFormat(locale, options);
    numbers.set(digits, made);
    return made;
  };
  return {
    time: (ms, zone) => of(zone, 'time').format(ms),
    clock: (ms, zone) => of(zone, 'clock').format(ms),
    number: (value, digits = 0) => numberOf(digits).format(value),
    percent: (share) => `${numberOf(0).format(Math.round(100 * share))} %`,
    sure: sureText,
    money: (amount, currency) =>
      amount.toLocaleString(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 0,
      }),
  };
}
