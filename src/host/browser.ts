// SPDX-License-Identifier: MIT
// The engine's host in a browser: node.ts by the same names, without files of its own. Files are bytes, or Blobs that a
// worker reads at any place. The package's own files come with the bundle (tools/browser.ts).
import { sha256 as sha256OfNoble } from '@noble/hashes/sha2.js';
import type { FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { inflateRaw } from 'pako';
import { gunzip, gunzipBlock } from './gunzip.ts';
import {
  type BlobLike,
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

export { gunzip };

/** Files of the package by their paths: deflated, base64. Put in place of this name by tools/browser.ts. */
declare const TOMARE_FILES: Readonly<Record<string, string>>;
/** Of a worker alone. */
declare const FileReaderSync: (new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer }) | undefined;

const NO_PATHS = 'a browser has no paths; give a Blob or bytes';
const fault = (code: string) => Object.assign(new Error(code), { code });
const files = new Map<string, Uint8Array<ArrayBuffer>>();

/** Bytes of a file of the package, by its path inside it. */
export function packageBytes(path: string): Uint8Array<ArrayBuffer> {
  const packed = TOMARE_FILES[path];
  if (packed === undefined) throw fault(`${path}: the bundle has no such file`);
  const bytes = files.get(path) ?? inflateRaw(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)));
  files.set(path, bytes);
  return bytes;
}
export const packageText = (path: string): string => new TextDecoder().decode(packageBytes(path));
/** Names of the files in a folder of the package. */
export const packageNames = (folder: string): string[] =>
  Object.keys(TOMARE_FILES).flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));

export function sha256(): Checksum {
  const hash = sha256OfNoble.create();
  const sum: Checksum = {
    update(bytes) {
      hash.update(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
      return sum;
    },
    digest: () => hash.digest(),
  };
  return sum;
}

/** A path leads to nothing. */
export const kindOf = (_path: string): 'file' | 'other' | 'nothing' => 'nothing';

/** @throws Error with a `code` that says what to do */
export function openFile(source: FileSource): OpenFile {
  if (typeof source === 'string') throw fault(NO_PATHS);
  if (source instanceof Uint8Array) {
    return { size: source.byteLength, read: (at, size) => source.subarray(at, at + size), close: () => undefined };
  }
  if (typeof FileReaderSync === 'undefined')
    throw fault('a Blob is read in a worker; on the page itself give its bytes');
  const reader = new FileReaderSync();
  return {
    size: source.size,
    read: (at, size) => new Uint8Array(reader.readAsArrayBuffer(source.slice(at, at + size) as Blob)),
    close: () => undefined,
  };
}

/** Some browsers cannot iterate over a stream. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => undefined); // it has ended, or nobody wants the rest
  }
}

const blobOf = (source: Uint8Array | BlobLike): Blob =>
  source instanceof Uint8Array ? new Blob([source as Uint8Array<ArrayBuffer>]) : (source as Blob);

/** The bytes of a file in the order of the file. */
export function streamOf(source: FileSource): { chunks: AsyncIterable<Uint8Array>; close(): void } {
  if (typeof source === 'string') throw fault(NO_PATHS);
  return { chunks: piecesOf(blobOf(source).stream()), close: () => undefined };
}

export const readText = (_path: string): string => {
  throw fault(NO_PATHS);
};
export const readBytes = (_path: string): Uint8Array => {
  throw fault(NO_PATHS);
};
export const newFile = (_path: string, _say?: (line: string) => void): NewFile => {
  throw fault(NO_PATHS);
};

/** The last part of a path. */
export const baseName = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');

/** Inflates zlib data. @throws Error beyond `most` bytes */
export async function inflate(bytes: Uint8Array, size: number, most: number): Promise<Uint8Array> {
  const plain = blobOf(bytes).stream().pipeThrough(new DecompressionStream('deflate'));
  const out = new Uint8Array(Math.min(size, most) + 1); // one more shows that it is longer than it says
  let at = 0;
  for await (const piece of piecesOf(plain)) {
    if (at + piece.byteLength > out.byteLength) throw fault('Z_BUF_ERROR');
    out.set(piece, at);
    at += piece.byteLength;
  }
  return out.slice(0, at);
}

/** Inflating of whole blocks, by the names of Parquet; a browser has no Brotli or Zstandard for scripts. */
export const INFLATE: Readonly<Record<'GZIP' | 'BROTLI' | 'ZSTD', Inflate | undefined>> = {
  GZIP: gunzipBlock,
  BROTLI: undefined,
  ZSTD: undefined,
};

/** Copies the characters of a text into an array that has room for them. */
export function codesOf(text: string, into: Uint16Array): void {
  for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
}

/** Copies bytes that are ASCII characters, none of them NUL, into an array that has room for them; false: they are others. */
export function asciiCodes(bytes: Uint8Array, into: Uint16Array): boolean {
  let other = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    into[i] = byte;
    other |= byte | (byte - 1);
  }
  return other >= 0 && other < 0x80;
}

const asciiDecoder = new TextDecoder();
/** The text of bytes that are ASCII characters. */
export const asciiText = (bytes: Uint8Array): string => asciiDecoder.decode(bytes);

export function utf8(): TextStream {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

class BrowserZip implements ZipFile {
  private readonly reader: ZipReader<unknown>;

  constructor(reader: ZipReader<unknown>) {
    this.reader = reader;
  }

  async *entries(): AsyncGenerator<ZipEntry> {
    for await (const entry of this.reader.getEntriesGenerator()) {
      if (entry.encrypted) throw new Error('encrypted');
      yield Object.assign(entry, { fileName: entry.filename });
    }
  }

  async *read(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    let failed: unknown;
    const done = (entry as unknown as FileEntry).getData(writable, { checkSignature: true }).catch((error: unknown) => {
      failed = error;
      return writable.abort(error).catch(() => undefined); // it may be closed already
    });
    try {
      yield* piecesOf(readable);
    } catch (error) {
      failed ??= error;
    }
    await done;
    if (failed === undefined) return;
    throw /CRC32|signature/i.test((failed as Error).message) ? new ChecksumError('its checksum does not fit') : failed;
  }

  close(): void {
    this.reader.close().catch(() => undefined); // nothing is open but memory
  }
}

/** Opens a zip by its directory. */
export async function openZip(source: FileSource): Promise<ZipFile> {
  if (typeof source === 'string') throw fault(NO_PATHS);
  const { BlobReader, configure, Uint8ArrayReader, ZipReader } = await import(
    '@zip.js/zip.js/lib/zip-core-native.js' // a page that opens no zip goes without it
  );
  configure({ useWebWorkers: false });
  return new BrowserZip(
    new ZipReader(source instanceof Uint8Array ? new Uint8ArrayReader(source) : new BlobReader(source as Blob)),
  );
}

/** No folder can be shown to a module. */
export const wasiOf = (
  _source: FileSource,
): { imports: WebAssembly.Imports; start(instance: WebAssembly.Instance): void; name: string } | undefined => undefined;
