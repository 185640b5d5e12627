// SPDX-License-Identifier: MIT
// Track points of GPX in a plain form, found without the parser: two attributes, elements without attributes, values of
// printable ASCII. Whatever else is well-formed, or is not, is left to the parser.

import { localName } from './xml.ts';

export type PointRole = 'speed' | 'heading' | 'accuracy';

/** An element by its name as written. */
interface Tag {
  open: string;
  close: string;
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

/** Where the parts of a point stand in the text; valid until the next one. */
export class PlainPoint {
  readonly lat = { from: 0, to: 0 };
  readonly lon = { from: 0, to: 0 };
  /** Elements that hold a value which something reads, in their order: name, whether directly in the point, place, line. */
  readonly names: string[] = [];
  readonly direct: boolean[] = [];
  readonly from = new Int32Array(ELEMENTS);
  readonly to = new Int32Array(ELEMENTS);
  readonly lines = new Int32Array(ELEMENTS);
  count = 0;
  /** Where the text after the point is. */
  line = 1;
  private readonly reads: (name: string) => boolean;
  private readonly known = new Map<string, Tag>();
  /** Elements of the point before, in their order: the next one mostly has the same. */
  private readonly before: Tag[] = [];
  private readonly stack: Tag[] = [];

  /** `reads`: whether something reads the values of elements of this local name. */
  constructor(reads: (name: string) => boolean) {
    this.reads = reads;
  }

  /** Finds the point that begins after blanks at `at`; the index after it, or -1: there is none in the plain form. */
  find(text: string, at: number, line: number): number {
    this.line = line;
    this.count = 0;
    const begin = this.blanks(text, at);
    if (!text.startsWith('<trkpt ', begin)) return -1;
    const inside = this.attributes(text, begin + 6);
    return inside < 0 ? -1 : this.elements(text, inside);
  }

  /** The first character that is no blank. */
  private blanks(text: string, at: number): number {
    let i = at;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF) this.line++;
      else if (c !== SPACE && c !== TAB && !(c === CR && text.charCodeAt(i + 1) === LF)) break;
    }
    return i;
  }

  /** Index after the `>`; -1: other attributes than one lat and one lon. */
  private attributes(text: string, at: number): number {
    let i = at;
    let seen = 0;
    for (let k = 0; k < 2; k++) {
      if (text.charCodeAt(i) !== SPACE) return -1;
      while (text.charCodeAt(i) === SPACE) i++;
      const isLat = text.startsWith('lat=', i);
      if (!isLat && !text.startsWith('lon=', i)) return -1;
      seen |= isLat ? 1 : 2;
      const quote = text.charCodeAt(i + 4);
      if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
      const from = i + 5;
      i = from;
      for (; i < text.length; i++) {
        const c = text.charCodeAt(i);
        if (c === quote || PLAIN[c] !== 1) break;
      }
      if (text.charCodeAt(i) !== quote || i - from > VALUE) return -1;
      const place = isLat ? this.lat : this.lon;
      place.from = from;
      place.to = i++;
    }
    return seen === 3 && text.charCodeAt(i) === 62 ? i + 1 : -1;
  }

  /** Index after the end tag of the point. */
  private elements(text: string, at: number): number {
    const { stack } = this;
    stack.length = 0;
    let i = at;
    for (let k = 0; ; ) {
      i = this.blanks(text, i);
      if (text.charCodeAt(i) !== LESS) return -1;
      if (text.charCodeAt(i + 1) === SLASH) {
        const open = stack.pop();
        const close = open === undefined ? '</trkpt>' : open.close;
        if (!text.startsWith(close, i)) return -1;
        i += close.length;
        if (open === undefined) return i;
        continue;
      }
      const tag = this.tag(text, i, k++);
      if (tag === undefined || k > ELEMENTS) return -1;
      i = this.element(text, i + tag.open.length, tag);
      if (i < 0) return -1;
    }
  }

  /** Index after an element with a value, or after the start tag of one with elements. */
  private element(text: string, from: number, tag: Tag): number {
    let to = from;
    while (to < text.length && PLAIN[text.charCodeAt(to)] === 1) to++;
    if (to - from > VALUE) return -1;
    if (!text.startsWith(tag.close, to)) {
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
    }
    return to + tag.close.length;
  }

  /** The start tag without attributes at `at`, element number `k` of the point. */
  private tag(text: string, at: number, k: number): Tag | undefined {
    const before = this.before[k];
    if (before !== undefined && text.startsWith(before.open, at)) return before;
    TAG.lastIndex = at;
    const written = TAG.exec(text)?.[1];
    if (written === undefined) return undefined;
    let tag = this.known.get(written);
    if (tag === undefined) {
      const name = localName(written);
      if (POINTS.includes(name)) return undefined;
      tag = { open: `<${written}>`, close: `</${written}>`, name, read: this.reads(name) };
      if (this.known.size < NAMES) this.known.set(written, tag);
    }
    if (k < ELEMENTS) this.before[k] = tag;
    return tag;
  }
}
