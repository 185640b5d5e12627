// SPDX-License-Identifier: MIT
// Decimal numbers straight from a text, exactly as Number() has them.

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Digits that a double holds exactly. */
const DIGITS = 15;

/**
 * The number in text[from, to), or NaN where it is not plain: digits, one point, a minus sign. Both steps of
 * the division are exact, so that its rounding is that of Number().
 */
export function plainNumber(text: string, from: number, to: number): number {
  let i = from;
  while (i < to && text.charCodeAt(i) === 32) i++;
  let end = to;
  while (end > i && text.charCodeAt(end - 1) === 32) end--;
  const negative = text.charCodeAt(i) === 45;
  if (negative) i++;
  let digits = 0;
  let value = 0;
  let point = -1;
  for (; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) {
      value = value * 10 + (c - 48);
      digits++;
    } else if (c === 46 && point < 0) {
      point = digits;
    } else {
      return Number.NaN;
    }
  }
  if (digits === 0 || digits > DIGITS) return Number.NaN;
  if (point >= 0) value /= POWERS[digits - point] as number;
  return negative ? -value : value;
}
