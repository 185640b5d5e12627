// SPDX-License-Identifier: MIT
// The characters of a chunk as numbers in an array: looked at one by one, they are cheaper there than in a text.
import { codesOf } from '../host/node.ts';
import { DIGITS, POWERS } from './numbers.ts';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const FIRST = 16_384;

/** The chunk at hand; after its last character stands a 0, which no text has. */
export class Codes {
  private room = new Uint16Array(FIRST + 1);
  private last = '';

  of(text: string): Uint16Array {
    if (text === this.last) return this.room;
    if (text.length >= this.room.length) this.room = new Uint16Array(2 * text.length);
    codesOf(text, this.room);
    this.room[text.length] = 0;
    this.last = text;
    return this.room;
  }
}

export const literal = (text: string): Uint16Array => Uint16Array.from(text, (c) => c.charCodeAt(0));

/** Whether these characters stand at `at`. */
export function isAt(codes: Uint16Array, at: number, wanted: Uint16Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (codes[at + i] !== wanted[i]) return false;
  return true;
}

/** The first character from `at` on that is no digit. */
function afterDigits(codes: Uint16Array, at: number): number {
  let i = at;
  while ((codes[i] as number) >= ZERO && (codes[i] as number) <= NINE) i++;
  return i;
}

/**
 * Reads a number as JSON writes one without an exponent, into `values[k]`; the index after it. -1: it is none, or has more
 * digits than a double holds. The value is that of Number(), as of `plainNumber`.
 */
export function readNumber(codes: Uint16Array, at: number, values: Float64Array, k: number): number {
  const whole = codes[at] === MINUS ? at + 1 : at;
  const point = afterDigits(codes, whole);
  if (point === whole || (point - whole > 1 && codes[whole] === ZERO)) return -1;
  const end = codes[point] === POINT ? afterDigits(codes, point + 1) : point;
  if (end === point + 1 || end - whole > DIGITS) return -1;
  let value = 0;
  for (let i = whole; i < end; i++) if (i !== point) value = value * 10 + ((codes[i] as number) - ZERO);
  if (end > point) value /= POWERS[end - point - 1] as number;
  values[k] = whole > at ? -value : value;
  return end;
}
