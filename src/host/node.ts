// SPDX-License-Identifier: MIT
// The engine's host on Node. browser.ts has the same names.
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import { WASI } from 'node:wasi';
import * as zlib from 'node:zlib';
import type { Entry, ZipFile as YauzlFile } from 'yauzl';
import { WholeFile } from '../files.ts';
import { packageFile } from '../package_files.ts';
import {
  type Checksum,
  ChecksumError,
  type FileSource,
  type Inflate,
  type NewFile,
  type OpenFile,
  type TextStream,
  type ZipEntry,
  type ZipFile,
} from './host.ts';

/** Of the first chunk, which formats look at, and of the others: each costs a way to a thread of the pool and back. */
const FIRST_BYTES = 64 << 10;
const CHUNK_BYTES = 256 << 10;

/** Bytes of a file of the package, by its path inside it. */
export const packageBytes = (path: string): Uint8Array<ArrayBuffer> => readFileSync(packageFile(path));
export const packageText = (path: string): string => readFileSync(packageFile(path), 'utf8');
/** Names of the files in a folder of the package. */
export const packageNames = (folder: string): string[] => readdirSync(packageFile(folder));

export function sha256(): Checksum {
  const hash = createHash('sha256');
  const sum: Checksum = {
    update(bytes) {
      hash.update(bytes);
      return sum;
    },
    digest: () => hash.digest(),
  };
  return sum;
}

/** What a path leads to. */
export function kindOf(path: string): 'file' | 'other' | 'nothing' {
  try {
    return statSync(path).isFile() ? 'file' : 'other';
  } catch {
    return 'nothing';
  }
}

/** Bytes in memory as an open file. */
function ofBytes(bytes: Uint8Array): OpenFile {
  return { size: bytes.byteLength, read: (at, size) => bytes.subarray(at, at + size), close: () => undefined };
}

const fault = (code: string) => Object.assign(new Error(code), { code });

/** @throws Error with the system's `code` */
export function openFile(source: FileSource): OpenFile {
  if (source instanceof Uint8Array) return ofBytes(source);
  if (typeof source !== 'string') throw fault('on Node give a path or bytes instead of a Blob');
  const fd = openSync(source, 'r');
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw fault('it is not a file');
  }
  return {
    size: stat.size,
    read(at, size) {
      const buffer = Buffer.allocUnsafe(size);
      return buffer.subarray(0, readSync(fd, buffer, 0, size, at));
    },
    close: () => closeSync(fd),
  };
}

/** One buffer for all chunks: fresh ones wait for the collector, which sees only how small their handles are. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let size = FIRST_BYTES; ; size = CHUNK_BYTES) {
      const { bytesRead } = await file.read(buffer, 0, size, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The bytes of a file in the order of the file, "-" for standard input; `close` lets it go before its end. A chunk holds
 * until the next is asked for: who keeps it copies it.
 */
export function streamOf(source: FileSource): { chunks: AsyncIterable<Uint8Array>; close(): void } {
  if (typeof source !== 'string') {
    const blob = source instanceof Uint8Array ? new Blob([source as Uint8Array<ArrayBuffer>]) : (source as Blob);
    return { chunks: blob.stream() as unknown as AsyncIterable<Uint8Array>, close: () => undefined };
  }
  if (source === '-') return { chunks: process.stdin, close: () => void process.stdin.destroy() };
  const chunks = chunksOf(source);
  return { chunks, close: () => void chunks.return(undefined) };
}

export const readText = (path: string): string => readFileSync(path, 'utf8');
export const readBytes = (path: string): Uint8Array => readFileSync(path);

/** `say`: is told, in one line, of each unfinished file of the same output that lies beside it. */
export const newFile = (path: string, say?: (line: string) => void): NewFile => new WholeFile(path, say);

/** The last part of a path. */
export const baseName = (path: string): string => basename(path);

const inflateSoon = promisify(zlib.inflate);
const MIN_CHUNK = 64;

/** Inflates zlib data that says how long it will be; zlib works on Node's own threads. @throws Error beyond `most` bytes */
export async function inflate(bytes: Uint8Array, size: number, most: number): Promise<Uint8Array> {
  // one chunk of the size that is stated: by zlib's own of 16 KiB each blob goes to its threads and back often
  const chunkSize = Math.min(Math.max(size, MIN_CHUNK), most);
  return inflateSoon(bytes, { chunkSize, maxOutputLength: most });
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}

/** gzip, of several members too. @throws Error whose `code` begins with Z_ for data that is damaged, Z_BUF_ERROR cut short */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = zlib.createGunzip();
  // zlib reads a chunk in a thread of its own, also while the next is asked for
  pipeline(copies(chunks), stream).catch(() => undefined); // seen by the loop below
  for await (const chunk of stream) yield chunk as Buffer;
}

/** Inflating of whole blocks, by the names of Parquet. */
export const INFLATE: Readonly<Record<'GZIP' | 'BROTLI' | 'ZSTD', Inflate | undefined>> = {
  GZIP: (bytes, most) => zlib.gunzipSync(bytes, { maxOutputLength: most }),
  BROTLI: (bytes, most) => zlib.brotliDecompressSync(bytes, { maxOutputLength: most }),
  ZSTD: (bytes, most) => zlib.zstdDecompressSync(bytes, { maxOutputLength: most }),
};

export function utf8(): TextStream {
  const decoder = new StringDecoder('utf8');
  return { write: (chunk) => decoder.write(chunk as Buffer), end: () => decoder.end() };
}

/** Copies the characters of a text into an array that has room for them. */
export function codesOf(text: string, into: Uint16Array): void {
  Buffer.from(into.buffer, into.byteOffset, into.byteLength).write(text, 'utf16le');
}

/** Copies bytes that are ASCII characters, none of them NUL, into an array that has room for them; false: they are others. */
export function asciiCodes(bytes: Uint8Array, into: Uint16Array): boolean {
  if (!isAscii(bytes) || bytes.includes(0)) return false;
  into.set(bytes);
  return true;
}

/** The text of bytes that are ASCII characters. */
export const asciiText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

class NodeZip implements ZipFile {
  private readonly file: YauzlFile;

  constructor(file: YauzlFile) {
    this.file = file;
  }

  entries(): AsyncIterable<ZipEntry> {
    return this.file.eachEntry();
  }

  async *read(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    let sum = 0;
    for await (const chunk of await this.file.openReadStreamPromise(entry as Entry)) {
      sum = zlib.crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
    if (sum !== (entry as Entry).crc32) throw new ChecksumError('its checksum does not fit');
  }

  close(): void {
    if (this.file.isOpen) this.file.close();
  }
}

/** Opens a zip by its directory. */
export async function openZip(source: FileSource): Promise<ZipFile> {
  const { fromBufferPromise, openPromise } = await import('yauzl');
  if (typeof source === 'string') return new NodeZip(await openPromise(source, { autoClose: false }));
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(await source.arrayBuffer());
  return new NodeZip(await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
}

/** WASI of Node that shows a module the folder of a path; undefined for what has no path. */
export function wasiOf(
  source: FileSource,
): { imports: WebAssembly.Imports; start(instance: WebAssembly.Instance): void; name: string } | undefined {
  if (typeof source !== 'string') return undefined;
  const wasi = new WASI({ version: 'preview1', preopens: { '/': dirname(resolve(source)) } });
  return {
    imports: wasi.getImportObject() as WebAssembly.Imports,
    start: (instance) => wasi.initialize(instance),
    name: basename(source),
  };
}
