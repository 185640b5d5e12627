// SPDX-License-Identifier: MIT
// The encoding of a text by its bytes, and its decoding: UTF-8, UTF-16, Shift_JIS, EUC-JP, windows-1252.
import { utf8 } from '../host/node.ts';
import type { Ascii } from './codes.ts';

const MARKS: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Whole characters only: a head may end within one. */
function decodes(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark: every other byte of its beginning is zero, for its first line is of ASCII. */
function wide(bytes: Uint8Array): string | undefined {
  const n = Math.min(bytes.length, 64) & ~1;
  if (n < 8) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < n; i++) if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  if (zeros[1] === n / 2 && zeros[0] === 0) return 'utf-16le';
  return zeros[0] === n / 2 && zeros[1] === 0 ? 'utf-16be' : undefined;
}

/** Kana and common kanji weigh for an encoding, half-width kana and rare signs against it. */
function likeJapanese(text: string): number {
  let score = 0;
  for (const c of text) {
    if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(c)) score++;
    else if (/[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f]/.test(c)) score -= 2;
  }
  return score;
}

/** Letters of Western Europe stand alone between others; Japanese characters have two bytes, or bytes below 0xa0. */
function likeWestern(bytes: Uint8Array): boolean {
  let runs = 0;
  let alone = 0;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) < 0x80) continue;
    const from = i;
    for (; (bytes[i] ?? 0) >= 0x80; i++) if ((bytes[i] as number) < 0xa0) return false;
    runs++;
    if (i - from === 1) alone++;
  }
  return alone > runs / 2;
}

/** WHATWG label of the bytes' encoding. */
export function encodingOf(bytes: Uint8Array): string {
  const marked = MARKS.find(([mark]) => mark.every((b, i) => bytes[i] === b));
  if (marked) return marked[1];
  const utf16 = wide(bytes);
  if (utf16 !== undefined) return utf16;
  if (decodes(bytes, 'utf-8') !== undefined) return 'utf-8';
  if (likeWestern(bytes)) return 'windows-1252';
  const found = ['shift_jis', 'euc-jp'].flatMap((label) => {
    const text = decodes(bytes, label);
    return text === undefined ? [] : [{ label, score: likeJapanese(text) }];
  });
  const best = found.sort((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score > 0 ? best.label : bytes.some((b) => b === 0) ? 'utf-8' : 'windows-1252';
}

interface Decoder {
  write(chunk: Uint8Array): string;
  /** Takes a chunk as it is, in place of `write`; false: it is no ASCII, or goes on with a character. */
  asIs(chunk: Uint8Array, into: Ascii): boolean;
  end(): string;
}

/** Chunks of bytes to chunks of text, without the mark. */
export function decoder(label: string): Decoder {
  if (label !== 'utf-8') {
    const other = new TextDecoder(label);
    return {
      write: (chunk) => other.decode(chunk, { stream: true }),
      asIs: () => false,
      end: () => other.decode(),
    };
  }
  const plain = utf8();
  let first = true;
  let last = 0;
  return {
    write(chunk) {
      last = chunk.at(-1) ?? last;
      const text = plain.write(chunk);
      if (!first || text === '') return text;
      first = false;
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    },
    asIs(chunk, into) {
      if (last >= 0x80 || !into.take(chunk)) return false;
      first = false;
      return true;
    },
    end: () => plain.end(),
  };
}
