// SPDX-License-Identifier: MIT
// Track points of GPX in a plain form, found without the parser: two attributes, elements without attributes, values of
// printable ASCII. Whatever else is well-formed, or is not, is left to the parser.

import { isAt, literal, type Text } from '../codes.ts';
import { readNumber } from '../numbers.ts';
import { isOfAnother } from '../table/dotted.ts';
import { localName } from './xml.ts';

/** Values of a point that are measured. */
export type Measure = 'speed' | 'heading' | 'accuracy';
/** What the text of an element says of its point. */
export type PointRole = Measure | 'time' | 'fix' | 'otherSpeed' | 'unused';
/** What a value of a point is read for; undefined: nothing. */
export type ValueRole = PointRole | 'lat' | 'lon' | undefined;

/** Of several directions in one point: that of movement, before those of a phone's compass or to a goal. */
const COURSES: readonly string[] = ['course', 'bearing', 'heading'];
export const courseRank = (name: string): number => COURSES.indexOf(name.toLowerCase());

/** An element by its name as written. */
interface Tag {
  open: Uint16Array;
  close: Uint16Array;
  /** Its local name. */
  name: string;
  /** An element that is read has no elements of its own. */
  role: PointRole | undefined;
  /** What is in it is not of the car. */
  ofAnother: boolean;
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
/** Elements of a point and how deep they nest, at most. */
const ELEMENTS = 64;
export const LEVELS = 4;
const ATTRIBUTES = 2;
/** Names that are kept, at most. */
const NAMES = 256;

/** Characters that stand for themselves in values: printable ASCII without `&`, `<`, `>` and `]`. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, c) =>
  Number(c >= SPACE && c < 127 && !'&<>]'.includes(String.fromCharCode(c))),
);

/** Index after the value of an element that begins at `at`; -1: it is too long. */
export function valueEnd(codes: Uint16Array, at: number): number {
  let to = at;
  while (PLAIN[codes[to] as number] === 1) to++;
  return to - at > VALUE ? -1 : to;
}

const BEGIN = literal('<trkpt ');
const END = literal('</trkpt>');
const LAT = literal('lat=');
const LON = literal('lon=');

/** The values of a point by where they stand in the text; valid until the next one. */
export class PlainPoint {
  /** Attributes and elements without elements, in their order: role, local name, place, line. */
  readonly roles: ValueRole[] = [];
  readonly names: string[] = [];
  readonly from = new Int32Array(ATTRIBUTES + ELEMENTS);
  readonly to = new Int32Array(ATTRIBUTES + ELEMENTS);
  readonly lines = new Int32Array(ATTRIBUTES + ELEMENTS);
  /** Their numbers where they are read as plain ones, else NaN. */
  readonly values = new Float64Array(ATTRIBUTES + ELEMENTS);
  count = 0;
  /** Where the text after the point is. */
  line = 1;
  private readonly roleOf: (name: string) => PointRole | undefined;
  private readonly known = new Map<string, Tag>();
  /** Elements of the point before, in their order: the next one mostly has the same. */
  private readonly before: Tag[] = [];
  private readonly stack: Tag[] = [];

  /** `roleOf`: what elements of this local name are read for. */
  constructor(roleOf: (name: string) => PointRole | undefined) {
    this.roleOf = roleOf;
  }

  /** Finds the point that begins after blanks at `at`; the index after it, or -1: there is none in the plain form. */
  find(text: Text, codes: Uint16Array, at: number, line: number): number {
    this.line = line;
    this.count = 0;
    const begin = this.blanks(codes, at);
    if (!isAt(codes, begin, BEGIN)) return -1;
    const inside = this.attributes(codes, begin + BEGIN.length - 1);
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
  private attributes(codes: Uint16Array, at: number): number {
    let i = at;
    let seen = 0;
    for (let k = 0; k < ATTRIBUTES; k++) {
      if (codes[i] !== SPACE) return -1;
      while (codes[i] === SPACE) i++;
      const isLat = isAt(codes, i, LAT);
      if (!isLat && !isAt(codes, i, LON)) return -1;
      seen |= isLat ? 1 : 2;
      i = this.quoted(codes, i + LAT.length, isLat ? 'lat' : 'lon');
      if (i < 0) return -1;
    }
    return seen === 3 && codes[i] === GREATER ? i + 1 : -1;
  }

  /** Index after the value that begins with the quote at `at`. */
  private quoted(codes: Uint16Array, at: number, name: 'lat' | 'lon'): number {
    const quote = codes[at];
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    const from = at + 1;
    let to = readNumber(codes, from, this.values, this.count);
    if (to < 0 || codes[to] !== quote) {
      to = from;
      while (PLAIN[codes[to] as number] === 1 && codes[to] !== quote) to++;
      if (codes[to] !== quote || to - from >= VALUE) return -1;
      this.values[this.count] = Number.NaN;
    }
    this.keep(name, name, from, to);
    return to + 1;
  }

  private keep(role: ValueRole, name: string, from: number, to: number): void {
    const k = this.count++;
    this.roles[k] = role;
    this.names[k] = name;
    this.from[k] = from;
    this.to[k] = to;
    this.lines[k] = this.line;
  }

  /** Index after the end tag of the point. */
  private elements(text: Text, codes: Uint16Array, at: number): number {
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
    const { role } = tag;
    const isNumber = role !== undefined && role !== 'time' && role !== 'fix' && role !== 'unused';
    let to = isNumber ? readNumber(codes, from, this.values, this.count) : -1;
    if (to < 0 || codes[to] !== LESS) {
      to = valueEnd(codes, from);
      if (to < 0) return -1;
      this.values[this.count] = Number.NaN;
    }
    if (!isAt(codes, to, tag.close)) {
      if (role !== undefined || this.stack.length + 3 > LEVELS) return -1;
      this.stack.push(tag);
      return from; // blanks follow, and an element
    }
    // an extension may have a time of its own, and speak of another thing
    const isOther =
      role !== undefined && this.stack.length > 0 && (role === 'time' || this.stack.some(({ ofAnother }) => ofAnother));
    this.keep(isOther ? undefined : role, tag.name, from, to);
    return to + tag.close.length;
  }

  /** The start tag without attributes at `at`, element number `k` of the point. */
  private tag(text: Text, at: number, k: number): Tag | undefined {
    TAG.lastIndex = at;
    const written = TAG.exec(text.slice())?.[1];
    if (written === undefined) return undefined;
    let tag = this.known.get(written);
    if (tag === undefined) {
      const name = localName(written);
      if (POINTS.includes(name)) return undefined;
      tag = {
        open: literal(`<${written}>`),
        close: literal(`</${written}>`),
        name,
        role: this.roleOf(name),
        ofAnother: isOfAnother([name, '']),
      };
      if (this.known.size < NAMES) this.known.set(written, tag);
    }
    if (k < ELEMENTS) this.before[k] = tag;
    return tag;
  }
}
