// SPDX-License-Identifier: MIT
// The map compiler: plain blocks of OSM in, pieces of a .tmap file out (wasm/compiler_abi.h).
import { coreError } from '../errors.ts';
import { CONSTANTS, STRUCTS } from '../layout.ts';
import { compilerInstance } from './engine.ts';

const BLOCKS = {
  header: CONSTANTS.TOMAP_BLOCK_HEADER,
  data: CONSTANTS.TOMAP_BLOCK_DATA,
  rows: CONSTANTS.TOMAP_BLOCK_ROWS,
  places: CONSTANTS.TOMAP_BLOCK_PLACES,
} as const;

export interface FilePiece {
  offset: number;
  bytes: Uint8Array;
}

/** One run of the map compiler. */
export class CompilerModule {
  private readonly core = compilerInstance();

  constructor() {
    this.core.checkVersion(CONSTANTS.TOMAP_ABI_VERSION);
  }

  private check(code: number): void {
    if (code !== 0) throw coreError(code, this.core.text(this.core.call('error_text')));
  }

  begin(name: string, sha256: Uint8Array, tileTarget = 0): void {
    const s = STRUCTS.tomap_source;
    const block = new Uint8Array(s.size);
    block.set(new TextEncoder().encode(name).subarray(0, s.sha256 - s.name - 1), s.name);
    block.set(sha256, s.sha256);
    new DataView(block.buffer).setUint32(s.tile_target, tileTarget, true);
    this.core.withBlock(block, (address) => this.check(this.core.call('begin', address)));
  }

  pass(number: number): void {
    this.check(this.core.call('pass', number));
  }

  /** An inflated OSMHeader or OSMData blob, or rows of an overlay (OverlayRecord). */
  block(kind: keyof typeof BLOCKS, data: Uint8Array): void {
    this.core.withBlock(data, (address) => this.check(this.core.call('block', BLOCKS[kind], address, data.byteLength)));
  }

  /** What an OSMData block has: bits TOMAP_HAS_NODES and TOMAP_HAS_OTHERS. */
  kinds(data: Uint8Array): number {
    return this.core.withBlock(data, (address) => this.core.call('kinds', address, data.byteLength));
  }

  /** Lines "row<tab>reason" of the overlay's rows that were left out. */
  finish(): string {
    this.check(this.core.call('finish'));
    return this.core.text(this.core.call('error_text'));
  }

  /** The answers to a query block (compiler_abi.h): one byte per time. */
  condition(query: Uint8Array, times: number): Uint8Array<ArrayBuffer> {
    return this.core.withBlock(new Uint8Array(Math.max(times, 1)), (answers) => {
      this.core.withBlock(query, (address) =>
        this.check(this.core.call('condition', address, query.byteLength, answers)),
      );
      return this.core.bytes(answers, times).slice();
    });
  }

  /** Pieces of the file; each is valid until the next is asked for. */
  *pieces(): Generator<FilePiece> {
    const s = STRUCTS.tomap_piece;
    const address = this.core.call('alloc', s.size);
    while (true) {
      this.check(this.core.call('next', address));
      const view = this.core.view(address, s.size);
      const bytes = view.getUint32(s.bytes, true);
      if (bytes === 0) break;
      const offset = Number(view.getBigUint64(s.offset, true));
      yield { offset, bytes: this.core.bytes(Number(view.getBigUint64(s.data, true)), bytes) };
    }
    this.core.call('free', address);
  }
}
