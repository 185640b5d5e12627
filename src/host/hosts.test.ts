// SPDX-License-Identifier: MIT
// Both hosts answer alike: what the browser's does is held to what Node's does, on the same inputs.
import { createHash, randomBytes } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import * as browser from './browser.ts';
import { hexOf, nameOf } from './host.ts';
import * as node from './node.ts';

/** The names of node.ts, each of the same type: a call that one host lacks does not compile. */
const HOSTS: [string, typeof node][] = [
  ['node', node],
  ['browser', browser],
];
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk.slice());
  return Buffer.concat(all);
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'it worked',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

const words = Buffer.from('止まれ stop '.repeat(20_000));

describe.each(HOSTS)('the host of %s', (name, host) => {
  it('SHA-256 of pieces and of text', () => {
    const bytes = randomBytes(100_000);
    const sum = host.sha256().update(bytes.subarray(0, 7)).update(bytes.subarray(7));
    expect(hexOf(sum.digest())).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(hexOf(host.sha256().update('止まれ').digest())).toBe(createHash('sha256').update('止まれ').digest('hex'));
  });

  it.each([1, 13, 4096, 1 << 20])('gzip of several members, %i bytes at a time', async (size) => {
    const packed = Buffer.concat([gzipSync(words), gzipSync('second'), gzipSync('')]);
    expect(text(await whole(host.gunzip(pieces(packed, size))))).toBe(`${text(words)}second`);
  });

  it('gzip that is followed by zeros, cut short, or damaged', async () => {
    const packed = gzipSync(randomBytes(5000));
    const damaged = Buffer.from(packed);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 1; // its checksum
    expect((await whole(host.gunzip(pieces(Buffer.concat([packed, Buffer.alloc(9)]), 100)))).length).toBe(5000);
    expect(await failure(whole(host.gunzip(pieces(packed.subarray(0, 4000), 100))))).toBe('Z_BUF_ERROR');
    expect(await failure(whole(host.gunzip(pieces(damaged, 100))))).toBe('Z_DATA_ERROR');
  });

  it('zlib data, of the size that it states, and not of more', async () => {
    const packed = deflateSync(words);
    expect(text(await host.inflate(packed, words.length, 1 << 20))).toBe(text(words));
    await expect(host.inflate(packed, 100, 100)).rejects.toThrow();
    await expect(host.inflate(packed.subarray(0, 100), words.length, 1 << 20)).rejects.toThrow();
  });

  it('a block of gzip within its bound', () => {
    expect(text(host.INFLATE.GZIP?.(gzipSync(words), words.length) ?? new Uint8Array())).toBe(text(words));
    expect(() => host.INFLATE.GZIP?.(gzipSync(words), 100)).toThrow();
  });

  it('characters that are cut by the pieces, and the mark at the beginning', () => {
    const bytes = Buffer.from('\ufeff止まれ');
    const stream = host.utf8();
    const got = [...bytes].map((byte) => stream.write(Uint8Array.of(byte))).join('') + stream.end();
    expect(got).toBe('\ufeff止まれ');
  });

  it('bytes of ASCII as characters, and no others', () => {
    const codes = new Uint16Array(8);
    const takes = (given: string) => host.asciiCodes(Buffer.from(given), codes);
    expect([takes('a\0'), takes('\0'), takes('\x7f'), takes('\x80'), takes(''), takes('lat,1\n')]).toEqual([
      false,
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(String.fromCharCode(...codes.subarray(0, 6))).toBe('lat,1\n');
    expect(host.asciiText(Buffer.from('time,lat').subarray(5))).toBe('lat');
  });

  it('a zip: entries, bytes, checksum', async () => {
    const writer = new ZipWriter(new Uint8ArrayWriter());
    await writer.add('a/drive.csv', new Uint8ArrayReader(words), { useWebWorkers: false });
    await writer.add('b.txt', new Uint8ArrayReader(Buffer.from('stored')), { level: 0, useWebWorkers: false });
    const bytes = await writer.close();
    const open = async (zip: Uint8Array) => {
      const file = await host.openZip(zip);
      const read: [string, number, number][] = [];
      for await (const entry of file.entries()) {
        read.push([entry.fileName, entry.uncompressedSize, (await whole(file.read(entry))).length]);
      }
      file.close();
      return read;
    };
    expect(await open(bytes)).toEqual([
      ['a/drive.csv', words.length, words.length],
      ['b.txt', 6, 6],
    ]);
    const damaged = Buffer.from(bytes);
    damaged[damaged.indexOf('stored')] = 0x53;
    expect(await failure(open(damaged))).toMatch(/checksum/);
    await expect(open(Buffer.from('PK\x03\x04 and nothing more'))).rejects.toThrow();
  });

  it('bytes as a file, read at any place', () => {
    const file = host.openFile(words);
    expect([file.size, text(file.read(3, 6)), file.read(words.length - 2, 10).length]).toEqual([
      words.length,
      text(words.subarray(3, 9)),
      2,
    ]);
  });

  it('the last part of a path', () => {
    expect(['a/b.csv', 'b.csv', 'a/b/'].map(host.baseName)).toEqual(['b.csv', 'b.csv', 'b']);
  });

  it('what it cannot do is said', () => {
    const blob = new Blob(['x']);
    expect(() => host.openFile(blob)).toThrow(name === 'node' ? /a path or bytes/ : /a worker/);
    if (name === 'browser')
      for (const call of [host.openFile, host.streamOf]) expect(() => call('a')).toThrow(/no paths/);
  });
});

it('a file is named by its path, by the name of a File, or by what it is', () => {
  expect([nameOf('a/b'), nameOf(new File([], 'c.osm')), nameOf(new Blob([]))]).toEqual([
    'a/b',
    'c.osm',
    'the bytes given',
  ]);
});
