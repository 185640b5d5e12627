// SPDX-License-Identifier: MIT
// Lines of JSON: cut out of chunks, and how deep their values nest.

/** Cuts a text that comes in chunks into lines. */
export class Lines {
  private rest = '';
  line = 0;
  private readonly limit: number;
  private readonly tooLong: (line: number) => Error;
  private readonly take: (text: string, from: number, to: number) => void;

  /** `take`: gets a line as text[from, to): few need a copy of it. */
  constructor(limit: number, take: Lines['take'], tooLong: (line: number) => Error) {
    this.limit = limit;
    this.take = take;
    this.tooLong = tooLong;
  }

  push(chunk: string): void {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', from)) {
      if (this.rest === '') this.hand(chunk, from, at);
      else this.handRest(chunk.slice(from, at));
      from = at + 1;
    }
    this.rest += chunk.slice(from);
    this.check(this.rest.length);
  }

  end(): void {
    if (this.rest !== '') this.handRest('');
  }

  private handRest(end: string): void {
    const line = this.rest + end;
    this.rest = '';
    this.hand(line, 0, line.length);
  }

  private hand(text: string, from: number, to: number): void {
    this.line++;
    this.check(to - from);
    this.take(text, from, to);
  }

  private check(length: number): void {
    if (length <= this.limit) return;
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
