// SPDX-License-Identifier: MIT
// What a file is when it is no log that is read, and what to do about it.

interface Foreign {
  is: (bytes: Uint8Array, text: string) => boolean;
  says: string;
}

const begins =
  (...mark: number[]) =>
  (bytes: Uint8Array) =>
    mark.every((b, i) => bytes[i] === b);
const ascii =
  (mark: string, at = 0) =>
  (bytes: Uint8Array) =>
    [...mark].every((c, i) => bytes[at + i] === c.charCodeAt(0));

const KNOWN: Foreign[] = [
  { is: ascii('%PDF'), says: 'a PDF document; export the log as CSV or GPX' },
  { is: ascii('SQLite format 3'), says: 'an SQLite database; export its table as CSV' },
  { is: begins(0xd0, 0xcf, 0x11, 0xe0), says: 'an old Excel workbook; save it as CSV UTF-8' },
  { is: ascii('ftyp', 4), says: 'an MP4 film; extract its track as GPX first' },
  { is: begins(0x89, 0x50, 0x4e, 0x47), says: 'a picture' },
  { is: begins(0xff, 0xd8, 0xff), says: 'a picture' },
  { is: (_, text) => /^\s*<(!doctype )?html/i.test(text), says: 'an HTML page; download the log itself' },
  { is: (_, text) => /^\s*\[\s*[[{\d]/.test(text), says: 'a JSON list of a kind that is not known' },
  {
    is: (bytes) => bytes.includes(0) || bytes.subarray(0, 256).some((b) => b < 9 || (b > 13 && b < 32)),
    says: 'binary data',
  },
];

export function foreign(bytes: Uint8Array, text: string, encoding: string): string | undefined {
  if (encoding.startsWith('utf-16')) return undefined;
  return KNOWN.find(({ is }) => is(bytes, text))?.says;
}
