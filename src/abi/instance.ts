// SPDX-License-Identifier: MIT
// What the boundary needs of whatever runs the core: calls by name, and memory at addresses.
import { TomareError } from '../errors.ts';
import type { FileSource } from '../host/host.ts';

export abstract class Instance {
  /** Calls an export by its name without the prefix; pointers are numbers. */
  abstract call(name: string, ...args: number[]): number;
  /** A window into the memory, valid until the next call. */
  abstract bytes(address: number, size: number): Uint8Array<ArrayBuffer>;
  /** The UTF-8 text at an address, which ends with a zero. */
  abstract text(address: number): string;
  /** The name by which the core opens a file of the host. */
  abstract nameOf(source: FileSource): string;

  /** Before any other call: the core speaks this host's version of the boundary. */
  checkVersion(version: number): void {
    if (this.call('abi_version') !== version) throw new TomareError('ABI_VERSION');
  }

  view(address: number, size: number): DataView {
    const bytes = this.bytes(address, size);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Copies a block in, hands it to `use`, and frees it. */
  withBlock<T>(block: Uint8Array, use: (address: number) => T): T {
    const address = this.call('alloc', Math.max(block.byteLength, 8));
    if (address === 0) throw new TomareError('OUT_OF_MEMORY');
    this.bytes(address, block.byteLength).set(block);
    const result = use(address);
    this.call('free', address);
    return result;
  }
}
