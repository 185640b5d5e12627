// SPDX-License-Identifier: MIT
// Track points of GPX in a plain form, found without the parser: two attributes, elements without attributes, values of
// printable ASCII. Whatever else is well-formed, or is not, is left to the parser.

import { Codes, isAt, literal } from '../codes.ts';
import { readNumber } from '../numbers.ts';
import { localName } from './xml.ts';

export type PointRole = 'speed' | 'heading' | 'accuracy';

/** An element by its name as written. */
interface Tag {
  open: Uint16Array;
  close: Uint16Array;
  /** Its local name. */
  name: string;
  /** Something reads it: it has no elements of its own. */
  read: boolean;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const LESS = 60;
const GREATER = 62;
const TAG = /<([A-Za-z_][\w.-]{0,63}(?::[A-Za-z_][\w.-]{0,63})?)>/y;
/** Points, of which none stands within another. */
const POINTS: readonly string[] = ['trkpt', 'wpt', 'rtept'];
/** Longer values are texts, which the parser reads. */
const VALUE = 64;
/** Elements of a point, its values, and how deep they nest, at most. */
const ELEMENTS = 64;
export const LEVELS = 4;
/** Names that are kept, at most. */
const NAMES = 256;

/** Characters that stand for themselves in values: printable ASCII without `&`, `<`, `>` and `]`. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, c) =>
  Number(c >= SPACE && c < 127 && !'&<>]'.includes(String.fromCharCode(c))),
);

const BEGIN = literal('<trkpt ');
const END = literal('</trkpt>');
const LAT = literal('lat=');
const LON = literal('lon=');

/** Where the parts of a point stand in the text; valid until the next one. */
export class PlainPoint {
  /** Degrees: a number where the text is a plain one, else the text. */
  lat: number | string = Number.NaN;
  lon: number | string = Number.NaN;
  /** Elements that hold a value which something reads, in their order: name, whether directly in the point, place, line. */
  readonly names: string[] = [];
  readonly direct: boolean[] = [];
  readonly from = new Int32Array(ELEMENTS);
  readonly to = new Int32Array(ELEMENTS);
  readonly lines = new Int32Array(ELEMENTS);
  /** Their numbers where they are plain ones, else NaN. */
  readonly values = new Float64Array(ELEMENTS);
  count = 0;
  /** The characters of the text. */
  codes: Uint16Array = new Uint16Array(0);
  /** Where the text after the point is. */
  line = 1;
  private readonly reads: (name: string) => boolean;
  private readonly known = new Map<string, Tag>();
  /** Elements of the point before, in their order: the next one mostly has the same. */
  private readonly before: Tag[] = [];
  private readonly stack: Tag[] = [];
  private readonly chunk = new Codes();
  private readonly degrees = new Float64Array(1);

  /** `reads`: whether something reads the values of elements of this local name. */
  constructor(reads: (name: string) => boolean) {
    this.reads = reads;
  }

  /** Finds the point that begins after blanks at `at`; the index after it, or -1: there is none in the plain form. */
  find(text: string, at: number, line: number): number {
    const codes = this.chunk.of(text);
    this.codes = codes;
    this.line = line;
    this.count = 0;
    const begin = this.blanks(codes, at);
    if (!isAt(codes, begin, BEGIN)) return -1;
    const inside = this.attributes(text, codes, begin + BEGIN.length - 1);
    return inside < 0 ? -1 : this.elements(text, codes, inside);
  }

  /** The first character that is no blank. */
  private blanks(codes: Uint16Array, at: number): number {
    for (let i = at; ; i++) {
      const c = codes[i] as number;
      if (c === LF) this.line++;
      else if (c !== SPACE && c !== TAB && !(c === CR && codes[i + 1] === LF)) return i;
    }
  }

  /** Index after the `>`; -1: other attributes than one lat and one lon. */
  private attributes(text: string, codes: Uint16Array, at: number): number {
    let i = at;
    let seen = 0;
    for (let k = 0; k < 2; k++) {
      if (codes[i] !== SPACE) return -1;
      while (codes[i] === SPACE) i++;
      const isLat = isAt(codes, i, LAT);
      if (!isLat && !isAt(codes, i, LON)) return -1;
      seen |= isLat ? 1 : 2;
      i = this.quoted(text, codes, i + LAT.length, isLat);
      if (i < 0) return -1;
    }
    return seen === 3 && codes[i] === GREATER ? i + 1 : -1;
  }

  /** Index after the value that begins with the quote at `at`. */
  private quoted(text: string, codes: Uint16Array, at: number, isLat: boolean): number {
    const quote = codes[at];
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    const { degrees } = this;
    let to = readNumber(codes, at + 1, degrees, 0);
    let value: number | string = degrees[0] as number;
    if (to < 0 || codes[to] !== quote) {
      to = at + 1;
      while (PLAIN[codes[to] as number] === 1 && codes[to] !== quote) to++;
      if (codes[to] !== quote || to - at > VALUE) return -1;
      value = text.slice(at + 1, to);
    }
    if (isLat) this.lat = value;
    else this.lon = value;
    return to + 1;
  }

  /** Index after the end tag of the point. */
  private elements(text: string, codes: Uint16Array, at: number): number {
    const { stack } = this;
    stack.length = 0;
    let i = at;
    for (let k = 0; ; ) {
      i = this.blanks(codes, i);
      if (codes[i] !== LESS) return -1;
      if (codes[i + 1] === SLASH) {
        const open = stack.pop();
        const close = open === undefined ? END : open.close;
        if (!isAt(codes, i, close)) return -1;
        i += close.length;
        if (open === undefined) return i;
        continue;
      }
      const before = this.before[k];
      const tag = before !== undefined && isAt(codes, i, before.open) ? before : this.tag(text, i, k);
      if (tag === undefined || ++k > ELEMENTS) return -1;
      i = this.element(codes, i + tag.open.length, tag);
      if (i < 0) return -1;
    }
  }

  /** Index after an element with a value, or after the start tag of one with elements. */
  private element(codes: Uint16Array, from: number, tag: Tag): number {
    let to = from;
    while (PLAIN[codes[to] as number] === 1) to++;
    if (to - from > VALUE) return -1;
    if (!isAt(codes, to, tag.close)) {
      if (tag.read || this.stack.length + 3 > LEVELS) return -1;
      this.stack.push(tag);
      return from; // blanks follow, and an element
    }
    if (tag.read) {
      const at = this.count++;
      this.names[at] = tag.name;
      this.direct[at] = this.stack.length === 0;
      this.from[at] = from;
      this.to[at] = to;
      this.lines[at] = this.line;
      if (readNumber(codes, from, this.values, at) !== to) this.values[at] = Number.NaN;
    }
    return to + tag.close.length;
  }

  /** The start tag without attributes at `at`, element number `k` of the point. */
  private tag(text: string, at: number, k: number): Tag | undefined {
    TAG.lastIndex = at;
    const written = TAG.exec(text)?.[1];
    if (written === undefined) return undefined;
    let tag = this.known.get(written);
    if (tag === undefined) {
      const name = localName(written);
      if (POINTS.includes(name)) return undefined;
      tag = { open: literal(`<${written}>`), close: literal(`</${written}>`), name, read: this.reads(name) };
      if (this.known.size < NAMES) this.known.set(written, tag);
    }
    if (k < ELEMENTS) this.before[k] = tag;
    return tag;
  }
}
