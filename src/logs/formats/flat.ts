// SPDX-License-Identifier: MIT
// The values of an object with the keys of the one before, in the same order. Those of a flat line of NDJSON, numbers
// without an exponent, texts without escapes, and words, are read where they stand; any other line is parsed.

import type { TimeText } from '../clock/text.ts';
import { Codes, isAt, literal, type Text } from '../codes.ts';
import { readNumber } from '../numbers.ts';
import { PLAIN } from './block.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

const NUMBER = 0;
/** A text that stands in the line. */
const TEXT = 1;
const GIVEN = 2;
const WORDS = [null, true, false];
const WRITTEN = WORDS.map((word) => literal(String(word)));

/** Whether JSON has a plain number of this form: digits before and behind the point, and no zero before others. */
function isJson(codes: Uint16Array, at: number, end: number): boolean {
  const first = codes[at] === MINUS ? at + 1 : at;
  const second = codes[first + 1] as number;
  if (codes[first] === POINT || codes[end - 1] === POINT) return false;
  return codes[first] !== ZERO || second < ZERO || second > NINE;
}

export class FlatLine {
  /** The chunk that has the line. */
  private text: Text = '';
  private readonly codes = new Codes();
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly values: Float64Array;
  private readonly kinds: Uint8Array;
  /** What is neither a number nor a text that stands in the line. */
  private readonly given: unknown[];
  private readonly names: readonly string[];
  private readonly keys: Uint16Array[];
  private readonly most: number;

  /** `most`: characters of a line. */
  constructor(keys: readonly string[], most: number) {
    this.names = keys;
    this.keys = keys.map((key) => literal(`${JSON.stringify(key)}:`));
    this.from = new Int32Array(keys.length);
    this.to = new Int32Array(keys.length);
    this.values = new Float64Array(keys.length);
    this.kinds = new Uint8Array(keys.length);
    this.given = keys.map(() => undefined);
    this.most = Math.min(most, PLAIN);
  }

  /** Takes the values of an object that was parsed. */
  take(row: Record<string, unknown>): void {
    const { names } = this;
    for (let k = 0; k < names.length; k++) {
      const value = row[names[k] as string];
      const isNumber = typeof value === 'number';
      this.kinds[k] = isNumber ? NUMBER : GIVEN;
      if (isNumber) this.values[k] = value;
      else this.given[k] = value;
    }
  }

  /** Finds the values of the line that begins at `begin`; where the next one begins, or -1: it is of another form, or not whole. */
  find(text: Text, begin: number): number {
    this.text = text;
    const codes = this.codes.of(text);
    const { keys } = this;
    if (codes[begin] !== OPEN) return -1;
    let i = begin + 1;
    for (let k = 0; k < keys.length; k++) {
      if (k > 0) {
        if (codes[i] !== COMMA) return -1;
        i = codes[i + 1] === SPACE ? i + 2 : i + 1;
      }
      const key = keys[k] as Uint16Array;
      if (!isAt(codes, i, key)) return -1;
      i += key.length;
      i = this.value(codes, codes[i] === SPACE ? i + 1 : i, k);
      if (i < 0) return -1;
    }
    if (codes[i++] !== CLOSE) return -1;
    if (codes[i] === CR) i++;
    return codes[i] === LF && i - begin <= this.most ? i + 1 : -1;
  }

  /** Where the value that begins at `at` ends; -1: not plain. */
  private value(codes: Uint16Array, at: number, k: number): number {
    if (codes[at] === QUOTE) return this.quoted(codes, at + 1, k);
    const end = readNumber(codes, at, this.values, k);
    if (end > 0 && isJson(codes, at, end)) {
      this.kinds[k] = NUMBER;
      return end; // an exponent is neither a comma nor a brace
    }
    for (let word = 0; word < WRITTEN.length; word++) {
      const written = WRITTEN[word] as Uint16Array;
      if (!isAt(codes, at, written)) continue;
      this.kinds[k] = GIVEN;
      this.given[k] = WORDS[word];
      return at + written.length;
    }
    return -1;
  }

  private quoted(codes: Uint16Array, begin: number, k: number): number {
    let i = begin;
    for (; codes[i] !== QUOTE; i++) if (codes[i] === BACKSLASH || (codes[i] as number) < SPACE) return -1;
    this.kinds[k] = TEXT;
    this.from[k] = begin;
    this.to[k] = i;
    return i + 1;
  }

  /** A value as a number; NaN: it is none. What `at` gives back is an object on the heap where it is a number. */
  number(index: number): number {
    return this.kinds[index] === NUMBER ? (this.values[index] as number) : Number.NaN;
  }

  isText(index: number): boolean {
    const kind = this.kinds[index];
    return kind === TEXT || (kind === GIVEN && typeof this.given[index] === 'string');
  }

  /** Unix milliseconds, read without a copy of a text; NaN: none. */
  time(index: number, clock: TimeText): number {
    const kind = this.kinds[index];
    if (kind === NUMBER) return clock.number(this.values[index] as number);
    const { text, codes, from, to, given } = this;
    if (kind === TEXT) return clock.readIn(text, codes.of(text), from[index] as number, to[index] as number);
    const value = given[index];
    return typeof value === 'string' ? clock.read(value) : Number.NaN;
  }

  at(index: number): unknown {
    const kind = this.kinds[index];
    if (kind === NUMBER) return this.values[index];
    return kind === TEXT ? this.text.slice(this.from[index], this.to[index]) : this.given[index];
  }
}
