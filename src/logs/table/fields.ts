// SPDX-License-Identifier: MIT
// Cuts text into rows and fields in one pass over its characters, without a copy of any field. Our own, for
// the kept parsers join ragged rows without a word (uDSV), know one kind of line end only, or take a copy
// and a step of the event loop for each row; a log needs line numbers, any line end and bounds.
import { Codes, partOf, type Text } from '../codes.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;
const COMMA = 44;
/** What `Codes` has after the last character. */
const END = 0;

/** One row: fields 0 to `count` - 1 of `text`, from `from[i]` to before `to[i]`. Valid during the call only. */
export interface Row {
  text: Text;
  /** Its characters. */
  codes: Uint16Array;
  from: Int32Array;
  to: Int32Array;
  count: number;
  /** Line of the file where the row begins, from 1. */
  line: number;
  /** A quote that does not end where its field does. */
  damaged: boolean;
  /** The log ends with this row, and no line end says that it is whole. */
  cut: boolean;
}

/** A row with room for so many columns. */
export function emptyRow(columns: number, line: number): Row {
  const ends = () => new Int32Array(columns + 1);
  const codes = new Uint16Array(1);
  return { text: '', codes, from: ends(), to: ends(), count: 0, line, damaged: false, cut: false };
}

export interface FieldLimits {
  columns: number;
  lineBytes: number;
}

export type Excess = 'LOG_WIDTH' | 'LOG_LINE_LENGTH';

export class Fields {
  readonly row: Row;
  private readonly delimiter: number;
  private readonly limits: FieldLimits;
  private readonly take: (row: Row) => void;
  private readonly exceed: (what: Excess, line: number) => Error;
  private readonly codes = new Codes();
  private rest = '';
  private line: number;

  /** `line`: that of the first row. `take` gets each row; `exceed` makes the error of a row beyond the limits. */
  constructor(
    delimiter: string,
    line: number,
    limits: FieldLimits,
    take: (row: Row) => void,
    exceed: (what: Excess, line: number) => Error,
  ) {
    this.delimiter = delimiter.charCodeAt(0);
    this.line = line;
    this.limits = limits;
    this.take = take;
    this.exceed = exceed;
    this.row = emptyRow(limits.columns, line);
  }

  push(chunk: Text): void {
    // Only the row that began before is joined: a copy of every chunk is what the collector would have most of.
    const joined = this.rest === '' ? 0 : chunk.indexOf('\n') + 1;
    if (joined > 0) this.some(this.rest + partOf(chunk, 0, joined));
    if (this.rest === '') this.some(chunk, joined);
    else if (joined > 0 || chunk.indexOf('\r') >= 0) this.some(this.rest + partOf(chunk, joined));
    else this.rest += partOf(chunk, 0);
    if (this.rest.length > this.limits.lineBytes) throw this.exceed('LOG_LINE_LENGTH', this.line);
  }

  private some(text: Text, begin = 0): void {
    const done = this.rows(text, begin, false);
    this.rest = done === text.length ? '' : partOf(text, done);
  }

  end(): void {
    if (this.rest !== '') this.rows(this.rest, 0, true);
    this.rest = '';
  }

  /** Hands out the whole rows of `text`; where the rest begins. */
  private rows(text: Text, from: number, last: boolean): number {
    const { row } = this;
    row.text = text;
    row.codes = this.codes.of(text);
    let begin = from;
    for (;;) {
      const next = this.one(text, begin, last);
      if (next < 0) return begin;
      if (next - begin > this.limits.lineBytes) throw this.exceed('LOG_LINE_LENGTH', row.line);
      if (row.count > 1 || row.to[0] !== row.from[0]) this.take(row);
      begin = next;
      if (begin >= text.length) return begin;
    }
  }

  /** Cuts one row; where the next begins, or -1 where this one is not whole yet. */
  private one(text: Text, begin: number, last: boolean): number {
    const { row, delimiter } = this;
    const { codes, from, to } = row;
    const most = this.limits.columns;
    const n = text.length;
    let field = 0;
    const line = this.line;
    row.line = line;
    row.damaged = false;
    row.cut = false;
    for (let start = begin, i = begin; ; i++) {
      let c = codes[i] as number;
      while (c > COMMA && c !== delimiter) c = codes[++i] as number;
      if (c === QUOTE && i === start) {
        i = this.quoted(text, i, field);
        if (i < 0) return last ? this.unclosed(text, start, field) : this.again(line);
        if (i === n && !last) return this.again(line);
      } else if (c !== delimiter && c !== LF && c !== CR && c !== END) {
        continue;
      } else {
        from[field] = start;
        to[field] = i;
      }
      const end = codes[i];
      if (end === delimiter) {
        if (++field > most) throw this.exceed('LOG_WIDTH', line);
        start = i + 1;
        continue;
      }
      if (end === END && !last) return this.again(line);
      if (end === CR && i + 1 === n && !last) return this.again(line);
      row.count = field + 1;
      row.cut = end === END;
      this.line++;
      return end === CR && codes[i + 1] === LF ? i + 2 : i + 1;
    }
  }

  /** The row is not whole yet: lines within its quotes are counted anew with the next chunk. */
  private again(line: number): number {
    this.line = line;
    return -1;
  }

  /** Index after a quoted field, at its delimiter or line end; -1 where the quote does not close. */
  private quoted(text: Text, open: number, field: number): number {
    const { codes } = this.row;
    let close = open;
    for (;;) {
      close = text.indexOf('"', close + 1);
      if (close < 0) return -1;
      if (codes[close + 1] !== QUOTE) break;
      close++;
    }
    this.row.from[field] = open + 1;
    this.row.to[field] = close;
    for (let at = text.indexOf('\n', open); at >= 0 && at < close; at = text.indexOf('\n', at + 1)) this.line++;
    let i = close + 1;
    for (; i < text.length; i++) {
      const c = codes[i];
      if (c === this.delimiter || c === LF || c === CR) return i;
      if (c !== 32) this.row.damaged = true;
    }
    return i;
  }

  private unclosed(text: Text, start: number, field: number): number {
    this.row.from[field] = start;
    this.row.to[field] = text.length;
    this.row.count = field + 1;
    this.row.damaged = true;
    this.row.cut = true;
    return text.length;
  }
}

/** What spreadsheets put around a text so that it stays one: ="35.1", '35.1; and quotes that are no doubled ones. */
const KEPT_AS_TEXT = /^(?:="(.*)"|'(.*?)'?)$/;

/** Whether a field that begins so may be one that a spreadsheet keeps as text. */
export const keptAsText = (first: number): boolean => first === 61 || first === 39;

/** A field without the blanks around it; doubled quotes are one. */
export function fieldText({ text, from, to, count }: Row, i: number): string {
  if (i < 0 || i >= count) return '';
  const field = text.slice(from[i] as number, to[i] as number).trim();
  const plain = field.includes('""') ? field.replaceAll('""', '"') : field;
  if (!keptAsText(plain.charCodeAt(0))) return plain;
  const [all, formula, apostrophe] = KEPT_AS_TEXT.exec(plain) ?? [];
  return all === undefined ? plain : (formula ?? apostrophe ?? '').trim();
}
