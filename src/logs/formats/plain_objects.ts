// SPDX-License-Identifier: MIT
// The lines of an NDJSON log that hold numbers and plain texts under the same keys, as recorders write them by the
// million. All lines of one shape differ in these values only, so that they are found without making an object. What is
// not plain in every character is left to JSON.parse.
import { leading, leadingNumber } from '../numbers.ts';

interface Shape {
  /** Text before each value, a quote with it, and behind the last one. */
  literals: string[];
  quoted: boolean[];
}

const SHAPES = 8;
const KEY = /[ \t]*"([^"\\\p{Cc}]*)"[ \t]*:[ \t]*/uy;
const VALUE = /"[^"\\\p{Cc}]*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?=[ \t]*[,}])/uy;
const NEXT = /[ \t]*,/y;
const END = /[ \t]*\}[ \t\r]*$/y;

const [QUOTE, BACKSLASH, BLANK, MINUS, POINT, ZERO, NINE] = [34, 92, 32, 45, 46, 48, 57] as const;
const isDigit = (c: number) => c >= ZERO && c <= NINE;

/** Whether the plain number of text[from, to) is one of JSON. */
function isNumber(text: string, from: number, to: number): boolean {
  const first = text.charCodeAt(from) === MINUS ? from + 1 : from;
  if (first >= to || !isDigit(text.charCodeAt(first)) || !isDigit(text.charCodeAt(to - 1))) return false;
  return text.charCodeAt(first) !== ZERO || first + 1 === to || text.charCodeAt(first + 1) === POINT;
}

export class PlainObjects {
  /** Where the values of the line that was matched last begin and end, in the order of the keys. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  private readonly numbers: Float64Array;
  private readonly keys: readonly string[];
  private readonly shapes: Shape[] = [];
  private text = '';
  private quoted: boolean[] = [];

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.from = new Int32Array(keys.length);
    this.to = new Int32Array(keys.length);
    this.numbers = new Float64Array(keys.length);
  }

  /** Whether text[from, to) is an object of these keys and plain values; its values are asked for below. */
  match(text: string, from: number, to: number): boolean {
    const { shapes } = this;
    for (let k = 0; k < shapes.length; k++) {
      const shape = shapes[k] as Shape;
      if (!this.fits(shape, text, from, to)) continue;
      if (k > 0) shapes.unshift(...shapes.splice(k, 1));
      this.text = text;
      this.quoted = shape.quoted;
      return true;
    }
    return false;
  }

  isText(at: number): boolean {
    return this.quoted[at] === true;
  }

  /** NaN where it is a text. */
  number(at: number): number {
    return this.quoted[at] ? Number.NaN : (this.numbers[at] as number);
  }

  value(at: number): number | string {
    return this.quoted[at] ? this.text.slice(this.from[at], this.to[at]) : this.number(at);
  }

  /** Takes the shape of a line that JSON.parse read as an object of these keys. */
  learn(text: string): void {
    const shape: Shape = { literals: [], quoted: [] };
    let [at, done] = [text.startsWith('{') ? 1 : -1, 0];
    const next = (part: RegExp) => {
      part.lastIndex = at;
      const found = at < 0 ? null : part.exec(text);
      at = found ? part.lastIndex : -1;
      return found;
    };
    for (let k = 0; k < this.keys.length; k++) {
      if ((k > 0 && !next(NEXT)) || next(KEY)?.[1] !== this.keys[k]) return;
      const quote = text.charCodeAt(at) === QUOTE ? 1 : 0;
      shape.literals.push(text.slice(done, at + quote));
      shape.quoted.push(quote === 1);
      if (!next(VALUE)) return;
      done = at - quote;
    }
    if (!next(END)) return;
    shape.literals.push(text.slice(done));
    const same = (other: Shape) => other.literals.every((literal, k) => literal === shape.literals[k]);
    if (this.shapes.some(same)) return;
    this.shapes.unshift(shape);
    this.shapes.length = Math.min(this.shapes.length, SHAPES);
  }

  private fits({ literals, quoted }: Shape, text: string, from: number, to: number): boolean {
    let at = from;
    for (let k = 0; k < quoted.length; k++) {
      const literal = literals[k] as string;
      if (!text.startsWith(literal, at)) return false;
      at += literal.length;
      this.from[k] = at;
      at = quoted[k] ? endOfText(text, at) : this.endOfNumber(text, at, k);
      if (at < 0) return false;
      this.to[k] = at;
    }
    const last = literals[quoted.length] as string;
    return at + last.length === to && text.startsWith(last, at);
  }

  /** -1 for what is no number of JSON. */
  private endOfNumber(text: string, from: number, k: number): number {
    const number = leadingNumber(text, from);
    const { end } = leading;
    if (!isNumber(text, from, end)) return -1;
    this.numbers[k] = Number.isNaN(number) ? Number(text.slice(from, end)) : number; // of many digits
    return end;
  }
}

/** Where the closing quote stands; -1 where the text is not plain. */
function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at;
    if (c === BACKSLASH || c < BLANK) return -1;
  }
  return -1;
}
