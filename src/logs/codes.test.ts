// SPDX-License-Identifier: MIT
// A log is read from the bytes of its ASCII as from strings of it, wherever its chunks end.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ascii, partOf } from './codes.ts';
import { decoder } from './encoding.ts';
import { TRIED } from './twins.ts';

/** What `pieces` of read.ts gives: bytes where they are ASCII, strings elsewhere. */
function byPieces(chunks: readonly Uint8Array[]): string {
  const text = decoder('utf-8');
  const ascii = new Ascii(99);
  const parts = chunks.map((chunk) => (text.asIs(chunk, ascii) ? partOf(ascii, 0) : text.write(chunk)));
  return parts.join('') + text.end();
}

it('characters of several bytes, marks and NULs that chunks cut', () => {
  const piece = fc.constantFrom('a', 'é', '止', '🚗', '\ufeff', '\0', '\n', 'time,lat\n');
  const texts = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  const check = fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, size) => {
    const bytes = Buffer.from(text);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    expect(byPieces(chunks)).toBe(text.startsWith('\ufeff') ? text.slice(1) : text);
  });
  fc.assert(check, TRIED);
});

it('a piece as a string, a part of it, and where a character stands', () => {
  const ascii = new Ascii(16);
  expect(ascii.take(Buffer.from('1,2\n3,4\nrest,abc'))).toBe(true);
  expect(ascii.take(Buffer.from('5,6\n7'))).toBe(true);
  expect([ascii.length, ascii.slice(), ascii.slice(2, 3), ascii.part(2, 5)]).toEqual([5, '5,6\n7', '6', '6\n7']);
  expect([ascii.indexOf('\n'), ascii.indexOf('\n', 4), ascii.indexOf('r'), ascii.indexOf('2')]).toEqual([
    3, -1, -1, -1,
  ]);
  expect([ascii.take(Buffer.from('é')), ascii.take(Buffer.from('a\0'))]).toEqual([false, false]);
});
