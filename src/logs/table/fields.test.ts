// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { Ascii, type Text } from '../codes.ts';
import { Fields } from './fields.ts';

test('rows are the same however their text is cut', () => {
  const text = 'a,b\r\n1,"two\nlines"\r3,4\n\n"5""6",7\n8,"open\n9';
  const ascii = new Ascii(text.length);
  const bytesOf = (piece: string): Text => {
    expect(ascii.take(Buffer.from(piece))).toBe(true);
    return ascii;
  };
  const rows = (size: number, pieceOf: (piece: string) => Text = (piece) => piece) => {
    const found: string[] = [];
    const take = (row: Fields['row']) => {
      const cells = Array.from({ length: row.count }, (_, i) => row.text.slice(row.from[i], row.to[i]));
      found.push(`${row.line} ${row.damaged} ${row.cut} ${cells.join('|')}`);
    };
    const limits = { columns: 9, lineBytes: 99 };
    const fields = new Fields(',', 1, limits, take, (what) => new Error(what));
    for (let at = 0; at < text.length; at += size) fields.push(pieceOf(text.slice(at, at + size)));
    fields.end();
    return found;
  };
  const whole = rows(text.length);
  expect(whole).toHaveLength(5);
  for (let size = 1; size < text.length; size++) {
    expect(rows(size)).toEqual(whole);
    expect(rows(size, bytesOf)).toEqual(whole);
  }
});
