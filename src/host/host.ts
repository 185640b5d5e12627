// SPDX-License-Identifier: MIT
// The nouns that both hosts share: node.ts and browser.ts.

/** A Blob or File of the platform; written out, so that these types need neither Node's nor the DOM's. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number): BlobLike;
}

/** A file to read: a path on Node, bytes everywhere, a Blob (a File that the user chose) in a browser. */
export type FileSource = string | Uint8Array | BlobLike;

/** For messages: the path, the name of a File, or what it is. */
export function nameOf(source: FileSource): string {
  if (typeof source === 'string') return source;
  const { name } = source as { name?: string };
  return name === undefined || name === '' ? 'the bytes given' : name;
}

/** A file that is open, read at any place. */
export interface OpenFile {
  readonly size: number;
  /** Up to `size` bytes from `at` on; fewer only where the file ends. @throws Error with the system's `code` */
  read(at: number, size: number): Uint8Array;
  close(): void;
}

/** A file that is made in pieces: whole in the end, or not there at all. */
export interface NewFile {
  /** Takes a copy of the bytes. */
  writeSoon(bytes: Uint8Array, offset: number): Promise<void>;
  /** Waits for what is on its way. */
  settle(): Promise<void>;
  commit(): void;
  discard(): void;
}

export interface Checksum {
  update(bytes: Uint8Array | string): Checksum;
  /** The result; nothing can be added after it. */
  digest(): Uint8Array;
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

/** A stream of bytes to text, whole characters only. */
export interface TextStream {
  write(chunk: Uint8Array): string;
  end(): string;
}

export interface ZipEntry {
  readonly fileName: string;
  /** Inflated, as the directory says. */
  readonly uncompressedSize: number;
}

/** A zip archive that is open. What is wrong with it is an Error whose message says so in words. */
export interface ZipFile {
  entries(): AsyncIterable<ZipEntry>;
  /** The inflated bytes. @throws ChecksumError at the end */
  read(entry: ZipEntry): AsyncIterable<Uint8Array>;
  close(): void;
}

export class ChecksumError extends Error {}

/** Inflates a whole block to at most `most` bytes. */
export type Inflate = (bytes: Uint8Array, most: number) => Uint8Array;
