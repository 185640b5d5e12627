// SPDX-License-Identifier: MIT
// The characters of a chunk as numbers in an array: looked at one by one, they are cheaper there than in a text.
import { asciiCodes, asciiText, codesOf } from '../host/node.ts';

const FIRST = 16_384;

/** A piece of the log's text: a string, or the bytes of one. It holds until the next is asked for. */
export interface Text {
  readonly length: number;
  slice(from?: number, to?: number): string;
  indexOf(character: string, from?: number): number;
}

/**
 * Bytes of ASCII: a string is made only of what somebody asks for. Of a plain log that is next to nothing, and V8 lets its
 * young generation grow as strings come and go.
 */
export class Ascii implements Text {
  length = 0;
  readonly codes: Uint16Array;
  private bytes: Uint8Array = new Uint8Array(0);
  private text: string | undefined;

  /** `most`: bytes of a piece. */
  constructor(most: number) {
    this.codes = new Uint16Array(most + 1);
  }

  /** Takes the bytes; false: they are no ASCII. */
  take(bytes: Uint8Array): boolean {
    if (!asciiCodes(bytes, this.codes)) return false;
    this.codes[bytes.length] = 0;
    this.length = bytes.length;
    this.bytes = bytes;
    this.text = undefined;
    return true;
  }

  /** Out of a string of the whole: many are asked for where any is. */
  slice(from = 0, to = this.length): string {
    this.text ??= asciiText(this.bytes);
    return this.text.slice(from, to);
  }

  /** As `slice`, of one part alone. */
  part(from: number, to: number): string {
    return asciiText(this.bytes.subarray(from, to));
  }

  indexOf(character: string, from = 0): number {
    const at = this.codes.indexOf(character.charCodeAt(0), from);
    return at < this.length ? at : -1;
  }
}

/** What one chunk leaves to the next. */
export const partOf = (text: Text, from: number, to = text.length): string =>
  text instanceof Ascii ? text.part(from, to) : text.slice(from, to);

/** The chunk at hand; after its last character stands a 0, which no text has. */
export class Codes {
  private room = new Uint16Array(FIRST + 1);
  private last = '';

  of(text: Text): Uint16Array {
    if (typeof text !== 'string') return (text as Ascii).codes;
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
