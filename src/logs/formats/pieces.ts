// SPDX-License-Identifier: MIT
// A stream of bytes cut into pieces, and the checksum over them, for binary formats.

/** The bytes of a stream in pieces of wanted sizes; holds no more than a chunk and a piece. */
export class Pieces {
  private held = Buffer.alloc(0);
  private at = 0;
  private readonly chunks: AsyncIterator<Uint8Array>;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.chunks = bytes[Symbol.asyncIterator]();
  }

  /** Whether so many bytes are at hand. */
  has(size: number): boolean {
    return this.held.length - this.at >= size;
  }

  /** Waits for so many bytes; false when the log ends before. */
  async fill(size: number): Promise<boolean> {
    while (!this.has(size)) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.held = Buffer.concat([this.held.subarray(this.at), next.value]);
      this.at = 0;
    }
    return true;
  }

  take(size: number): Buffer {
    const piece = this.held.subarray(this.at, this.at + size);
    this.at += size;
    return piece;
  }

  close(): Promise<unknown> | undefined {
    return this.chunks.return?.();
  }
}

const CRC = [
  0, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801,
  0x4400,
];

/** The checksum of FIT (CRC-16 of polynomial 0x8005, reflected), carried on from `sum`. */
export function crc(sum: number, bytes: Uint8Array): number {
  let value = sum;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    value = (value >>> 4) ^ (CRC[value & 15] as number) ^ (CRC[byte & 15] as number);
    value = (value >>> 4) ^ (CRC[value & 15] as number) ^ (CRC[byte >>> 4] as number);
  }
  return value;
}
