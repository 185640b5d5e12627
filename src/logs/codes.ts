// SPDX-License-Identifier: MIT
// The characters of a chunk as numbers in an array: looked at one by one, they are cheaper there than in a text.
import { codesOf } from '../host/node.ts';

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
