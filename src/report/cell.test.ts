// SPDX-License-Identifier: MIT
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, guarded } from './cell.ts';

/** What a spreadsheet takes for a formula, once it has cut a line into cells. */
const COMPUTED = /^[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠]/;
const hostile = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n;,"\' |a1＝＋－＠　') });

describe('cells of CSV', () => {
  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+81 90', "'+81 90"],
    ['-5', "'-5"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', '"\'\r\'=1"'],
    [' =1', "' =1"],
    ['a;=1', "a;'=1"],
    ['＝1', "'＝1"],
    ['a=b-c', 'a=b-c'],
    ['国道1号, 上り', '"国道1号, 上り"'],
  ])('%j', (text, cell) => expect(csvCell(text)).toBe(cell));

  it('numbers stay numbers', () =>
    expect([-1.5, 0, true, null, undefined].map(csvCell)).toEqual(['-1.5', '0', 'true', '', '']));

  it('no cell of any separator begins as a formula does', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const part of guarded(text).split(/[;\t\r\n]/))
          expect(part).not.toMatch(/^[ \u00a0\u3000]*[=+\-@＝＋－＠]/);
        expect(guarded(text)).not.toMatch(COMPUTED);
      }),
    );
  });

  it('a reader of CSV gets the guarded text back', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 2, maxLength: 5 }), (texts) => {
        const line = `${texts.map(csvCell).join(',')}\n`;
        expect(parse(line, { relax_column_count: true, record_delimiter: '\n' })).toEqual([texts.map(guarded)]);
      }),
    );
  });
});
