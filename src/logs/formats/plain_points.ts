// SPDX-License-Identifier: MIT
// The points of a GPX log that are plain XML: numbers and words in elements without attributes, as recorders write them
// by the million. All points of one shape differ in these values only, so that they are found without a parser. What is
// not plain in every character is the parser's, which knows what is wrong with it.
import { TimeText } from '../clock/text.ts';
import { leading, leadingNumber } from '../numbers.ts';
import { localName } from './xml.ts';

export type PointRole = 'lat' | 'lon' | 'time' | 'fix' | 'speed' | 'heading' | 'accuracy' | 'other';

export interface Slot {
  role: PointRole;
  /** Local name of the element. */
  name: string;
  /** Lines from the point's first line to the end of the value. */
  line: number;
}

export interface Shape {
  /** Text before each value, and behind the last one, as character codes. */
  literals: Uint16Array[];
  slots: Slot[];
  /** Line ends in all of it. */
  lines: number;
}

/** Characters of a longer point are the parser's, and shapes that are kept. */
export const LONGEST_POINT = 4096;
const SHAPES = 8;
/** Elements within elements of a point. */
const LEVELS = 8;

const NAME = '((?:[A-Za-z_][\\w-]*:)?[A-Za-z_][\\w-]*)';
const VALUE = "([ !#-%'-;=?-\\\\^-~]*)";
const OPEN = new RegExp(`<trkpt[ \\t\\r\\n]+(lat|lon)="${VALUE}"[ \\t\\r\\n]+(lat|lon)="${VALUE}"[ \\t\\r\\n]*>`, 'dy');
const LEAF = new RegExp(`<${NAME}>${VALUE}</\\1>`, 'dy');
const BEGIN = new RegExp(`<${NAME}>`, 'y');
const END = new RegExp(`</${NAME}>`, 'y');
const BLANKS = /[ \t\r\n]*/y;
const LONE_RETURN = /\r(?!\n)/;
const NO_CHILD = new Set(['trkpt', 'wpt', 'rtept']);

/** Of an ISO 8601 time with a fraction and a zone. */
const LONGEST_TIME = 40;

/** Whether a character may stand in a value: ASCII without marks of XML. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, c) => Number(new RegExp(`^${VALUE}$`).test(String.fromCharCode(c))));

const codesOf = (text: string) => Uint16Array.from(text, (c) => c.charCodeAt(0));

/** As startsWith, which is no match for a loop where it is called for a dozen characters at a time. */
function standsAt(text: string, at: number, codes: Uint16Array): boolean {
  for (let i = 0; i < codes.length; i++) if (text.charCodeAt(at + i) !== codes[i]) return false;
  return true;
}

const linesIn = (text: string) => text.split('\n').length - 1;

/** Cuts a point into the text of its shape and its values. */
class Cutter {
  private readonly literals: Uint16Array[] = [];
  private readonly slots: Slot[] = [];
  private readonly text: string;
  private readonly roleOf: (name: string) => PointRole;
  private at = 0;
  private done = 0;
  private lines = 0;

  constructor(text: string, roleOf: (name: string) => PointRole) {
    this.text = text;
    this.roleOf = roleOf;
  }

  private next(shape: RegExp): RegExpExecArray | null {
    shape.lastIndex = this.at;
    const found = shape.exec(this.text);
    if (found) this.at = shape.lastIndex;
    return found;
  }

  private slot(role: PointRole, name: string, [from, to]: [number, number] = [0, 0]): void {
    const literal = this.text.slice(this.done, from);
    this.literals.push(codesOf(literal));
    this.lines += linesIn(literal);
    this.slots.push({ role, name, line: this.lines });
    this.done = to;
  }

  shape(): Shape | undefined {
    const open = LONE_RETURN.test(this.text) ? null : this.next(OPEN);
    const [, first, , second] = open ?? [];
    if (!open || first === second) return undefined;
    this.slot(first as PointRole, first as string, open.indices?.[2]);
    this.slot(second as PointRole, second as string, open.indices?.[4]);
    if (!this.children() || this.at !== this.text.length) return undefined;
    const literal = this.text.slice(this.done);
    return { literals: [...this.literals, codesOf(literal)], slots: this.slots, lines: this.lines + linesIn(literal) };
  }

  /** Up to and with the end of the point. */
  private children(): boolean {
    const within: string[] = [];
    for (;;) {
      this.next(BLANKS);
      const leaf = this.next(LEAF);
      const begun = leaf ?? this.next(BEGIN);
      if (begun === null) {
        const name = this.next(END)?.[1];
        if (within.length === 0) return name === 'trkpt';
        if (name !== within.pop()) return false;
        continue;
      }
      const name = localName(begun[1] as string);
      const role = name === 'time' && within.length > 0 ? 'other' : this.roleOf(name);
      if (NO_CHILD.has(name) || (leaf === null && (role !== 'other' || within.length === LEVELS))) return false;
      if (leaf) this.slot(role, name, leaf.indices?.[2]);
      else within.push(begun[1] as string);
    }
  }
}

/** Finds the values of points. */
export class PlainPoints {
  /** Of the point that was found last: where its values begin and end, and where it ends itself. */
  readonly from = new Int32Array(LONGEST_POINT);
  readonly to = new Int32Array(LONGEST_POINT);
  end = 0;
  /** The value as a number, or of the time; NaN where it is neither. */
  readonly value = new Float64Array(LONGEST_POINT);
  private readonly clock = new TimeText();
  private readonly shapes: Shape[] = [];
  private readonly roleOf: (name: string) => PointRole;

  constructor(roleOf: (name: string) => PointRole) {
    this.roleOf = roleOf;
  }

  /** The shape of the point at text[from], if it is one that is known. */
  find(text: string, from: number): Shape | undefined {
    const { shapes } = this;
    for (let k = 0; k < shapes.length; k++) {
      const shape = shapes[k] as Shape;
      if (!this.fits(shape, text, from)) continue;
      if (k > 0) shapes.unshift(...shapes.splice(k, 1));
      return shape;
    }
    return undefined;
  }

  /** The new shape of the point in text[from, to); undefined where it is not plain. */
  learn(text: string, from: number, to: number): Shape | undefined {
    const shape = new Cutter(text.slice(from, to), this.roleOf).shape();
    if (shape === undefined || !this.fits(shape, text, from)) return undefined;
    this.shapes.unshift(shape);
    this.shapes.length = Math.min(this.shapes.length, SHAPES);
    return shape;
  }

  private fits({ literals, slots }: Shape, text: string, from: number): boolean {
    let at = from;
    for (let k = 0; k < slots.length; k++) {
      const literal = literals[k] as Uint16Array;
      if (!standsAt(text, at, literal)) return false;
      at += literal.length;
      this.from[k] = at;
      at = this.read(text, at, k, (slots[k] as Slot).role);
      this.to[k] = at;
    }
    const last = literals[slots.length] as Uint16Array;
    this.end = at + last.length;
    return standsAt(text, at, last);
  }

  /** Where value `k` ends that begins at text[from]: the first character that may not stand in one. */
  private read(text: string, from: number, k: number, role: PointRole): number {
    let to = from;
    this.value[k] = Number.NaN;
    if (role === 'time') {
      to = text.indexOf('<', from);
      if (to - from <= LONGEST_TIME) this.value[k] = this.clock.iso(text, from, to);
      if (!Number.isNaN(this.value[k])) return to;
    } else if (role !== 'other') {
      const number = leadingNumber(text, from);
      to = leading.end;
      if (PLAIN[text.charCodeAt(to)] !== 1) {
        this.value[k] = number;
        return to;
      }
    }
    for (to = from; PLAIN[text.charCodeAt(to)] === 1; ) to++;
    return to;
  }
}
