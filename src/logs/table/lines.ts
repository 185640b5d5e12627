// SPDX-License-Identifier: MIT
// Lines of JSON: cut out of chunks, and how deep their values nest.
import { partOf, type Text } from '../codes.ts';

/** Cuts a text that comes in chunks into lines. */
export class Lines {
  private rest = '';
  line = 0;
  private readonly limit: number;
  private readonly tooLong: (line: number) => Error;
  private readonly take: (line: string) => void;
  private readonly ahead: ((chunk: Text, from: number) => number) | undefined;

  /** `ahead`: reads a line where it stands, with its end; the index after it, or -1: it is to be taken as the others. */
  constructor(
    limit: number,
    take: (line: string) => void,
    tooLong: (line: number) => Error,
    ahead?: (chunk: Text, from: number) => number,
  ) {
    this.limit = limit;
    this.take = take;
    this.tooLong = tooLong;
    this.ahead = ahead;
  }

  push(chunk: Text): void {
    let from = 0;
    for (;;) {
      if (this.rest === '' && this.ahead !== undefined) from = this.some(chunk, from, this.ahead);
      const at = chunk.indexOf('\n', from);
      if (at < 0) break;
      this.hand(this.rest === '' ? chunk.slice(from, at) : this.rest + partOf(chunk, from, at));
      this.rest = '';
      from = at + 1;
    }
    this.rest += partOf(chunk, from);
    this.check(this.rest);
  }

  /** Where the first line begins that is not read where it stands. */
  private some(chunk: Text, begin: number, ahead: (chunk: Text, from: number) => number): number {
    for (let from = begin; ; this.line++) {
      const next = ahead(chunk, from);
      if (next < 0) return from;
      from = next;
    }
  }

  end(): void {
    if (this.rest !== '') this.hand(this.rest);
  }

  private hand(line: string): void {
    this.line++;
    this.check(line);
    this.take(line);
  }

  private check(line: string): void {
    if (line.length <= this.limit) return;
    throw this.tooLong(this.line);
  }
}

/** Whether a JSON text nests deeper than the limit; brackets in its strings do not count. */
export function deeper(text: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) i += c === '\\' ? 1 : 0;
    else if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
    if (depth > limit) return true;
  }
  return false;
}
