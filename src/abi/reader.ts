// SPDX-License-Identifier: MIT
// Records and texts at places in a block.
import { TomareError } from '../errors.ts';

/** A record at a place in a block. */
export class Reader {
  readonly view: DataView;
  readonly base: number;

  constructor(view: DataView, base: number) {
    this.view = view;
    this.base = base;
  }

  u32(field: number): number {
    return this.view.getUint32(this.base + field, true);
  }

  i32(field: number): number {
    return this.view.getInt32(this.base + field, true);
  }

  u16(field: number): number {
    return this.view.getUint16(this.base + field, true);
  }

  u8(field: number): number {
    return this.view.getUint8(this.base + field);
  }

  i8(field: number): number {
    return this.view.getInt8(this.base + field);
  }

  f32(field: number): number {
    return this.view.getFloat32(this.base + field, true);
  }

  f64(field: number): number {
    return this.view.getFloat64(this.base + field, true);
  }

  /** Of two halves, rounded once: a BigInt would be an object for each. */
  i64(field: number): number {
    const at = this.base + field;
    return this.view.getInt32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true);
  }
}

/** The entry of a list; a module of the same version has no other numbers. */
export function entry<T>(list: readonly T[], number: number): T {
  const found = list[number];
  if (found === undefined) throw new TomareError('ABI_VERSION', `a list has no entry ${number}`);
  return found;
}

/** A block of a header, arrays of records, and text. */
export class Block {
  readonly head: Reader;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly decoder = new TextDecoder();

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
    this.head = new Reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  }

  /** `count` records of `size` bytes from `at` on. */
  many<T>(count: number, at: number, size: number, read: (r: Reader) => T): T[] {
    return Array.from({ length: count }, (_, i) => read(new Reader(this.head.view, at + i * size)));
  }

  /** UTF-8 from byte `at` on. */
  text(at: number, length: number): string {
    return this.decoder.decode(this.bytes.subarray(at, at + length));
  }
}
