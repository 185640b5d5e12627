// SPDX-License-Identifier: MIT
// Passages of an XML log that are read without its parser: elements of one name behind one another, of which the parser
// stands right behind a tag. It gets all other text, and stays the judge of what is well-formed.

/** Elements that may be read at once. */
export interface Plain {
  /** Local name of the element in which they stand. */
  inside: string;
  open: string;
  close: string;
  /** Characters of the longest one. */
  most: number;
  /** Reads the element that begins at text[from], on `line`, where it is like one that was read before. */
  take(text: string, from: number, line: number): Taken | undefined;
  /** As `take`, of text[from, to), a whole element; undefined where it is not plain. */
  takeNew(text: string, from: number, to: number, line: number): Taken | undefined;
}

/** Where an element that was read ends, and its line ends. */
export interface Taken {
  end: number;
  lines: number;
}

export interface Parser {
  line: number;
  feed(text: string): void;
  /** Whether the last character was the end of a tag in an element of this name. */
  behindTag(inside: string): boolean;
}

export class Passages {
  private readonly plain: Plain;
  private readonly parser: Parser;
  /** The parser stands behind a tag, where a plain element may begin. */
  private ready = false;
  private rest = '';
  /** Of the parser, and line ends behind it of what it did not get: to ask it for each element is dear. */
  private line: number;
  private skipped = 0;

  constructor(plain: Plain, parser: Parser) {
    this.plain = plain;
    this.parser = parser;
    this.line = parser.line;
  }

  push(chunk: string): void {
    // Only the element that began before is joined: a joined text is slower to look at.
    const { close } = this.plain;
    const joined = this.rest === '' ? 0 : chunk.indexOf(close) + close.length;
    const whole = joined >= close.length ? joined : 0;
    if (whole > 0) this.run(this.rest + chunk.slice(0, whole), 0);
    if (this.rest === '') this.run(chunk, whole);
    else this.run(this.rest + chunk.slice(whole), 0);
  }

  private run(text: string, begin: number): void {
    let at = begin;
    while (at < text.length) {
      const next = this.ready ? this.element(text, at) : this.approach(text, at);
      if (next === at && this.ready) break;
      at = next;
    }
    this.rest = text.slice(at);
  }

  end(): void {
    this.feed(this.rest, 0, this.rest.length);
    this.rest = '';
  }

  private feed(text: string, from: number, to: number): number {
    this.parser.line = this.line + this.skipped;
    this.skipped = 0;
    this.parser.feed(text.slice(from, to));
    this.line = this.parser.line;
    this.ready = this.parser.behindTag(this.plain.inside);
    return to;
  }

  /** Feeds the parser up to the tag before the next element. */
  private approach(text: string, at: number): number {
    const { open } = this.plain;
    const next = text.indexOf(open, at);
    if (next < 0) return this.feed(text, at, text.length);
    const behind = next === 0 ? 0 : text.lastIndexOf('>', next - 1) + 1;
    const from = behind > at ? this.feed(text, at, behind) : at;
    return this.ready ? from : this.feed(text, from, next + open.length);
  }

  /** Where the text goes on behind the next element; `at` where it is not whole yet. */
  private element(text: string, at: number): number {
    let from = at;
    let lines = 0;
    for (let c = text.charCodeAt(from); c === 32 || c === 10 || c === 9 || c === 13; c = text.charCodeAt(++from)) {
      if (c === 10) lines++;
      if (c === 13 && from + 1 < text.length && text.charCodeAt(from + 1) !== 10) return this.feed(text, at, from + 1);
    }
    const line = this.line + this.skipped + lines;
    const taken = this.plain.take(text, from, line) ?? this.other(text, at, from, line);
    if (typeof taken === 'number') return taken;
    this.skipped += lines + taken.lines;
    return taken.end;
  }

  /** An element that is like none before, part of one, or something else: the number as of `element`. */
  private other(text: string, at: number, from: number, line: number): Taken | number {
    const { open, close, most, takeNew } = this.plain;
    const short = text.length - at <= most;
    if (!text.startsWith(open, from)) {
      return short && open.startsWith(text.slice(from)) ? at : this.beyond(text, at, from);
    }
    const end = text.indexOf(close, from);
    if (end < 0) return short ? at : this.feed(text, at, text.length);
    const to = end + close.length;
    return (to - from <= most ? takeNew(text, from, to, line) : undefined) ?? this.feed(text, at, to);
  }

  /** Something else follows: it is the parser's up to its next tag. */
  private beyond(text: string, at: number, from: number): number {
    const end = text.indexOf('>', from);
    return this.feed(text, at, end < 0 ? text.length : end + 1);
  }
}
