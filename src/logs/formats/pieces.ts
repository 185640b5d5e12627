// SPDX-License-Identifier: MIT
// A stream of bytes cut into pieces, and the checksum over them, for binary formats.

/** The bytes of a stream in pieces of wanted sizes; holds no more than a chunk and a piece. */
export class Pieces {
  /** The bytes at hand; another one after each `fill`. */
  view = new DataView(new ArrayBuffer(0));
  private held = Buffer.alloc(0);
  private at = 0;
  private sum = 0;
  /** First byte that is not in the sum. */
  private summed = 0;
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
      this.sum = this.endSum();
      this.held = Buffer.concat([this.held.subarray(this.at), next.value]);
      this.view = new DataView(this.held.buffer, this.held.byteOffset, this.held.length);
      this.at = this.summed = 0;
    }
    return true;
  }

  /** Goes on by so many bytes, which are at hand; where they begin in `view`. */
  take(size: number): number {
    const begin = this.at;
    this.at += size;
    return begin;
  }

  /** The checksum begins with the next byte. */
  beginSum(): void {
    this.sum = 0;
    this.summed = this.at;
  }

  /** The checksum over the bytes taken since it began. */
  endSum(): number {
    return crc(this.sum, this.held, this.summed, this.at);
  }

  close(): Promise<unknown> | undefined {
    return this.chunks.return?.();
  }
}

/** By the low byte of the sum. */
const CRC = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xa001 : 0);
  return value;
});

/** The checksum of FIT (CRC-16 of polynomial 0x8005, reflected) of bytes[from, to), carried on from `sum`. */
function crc(sum: number, bytes: Uint8Array, from: number, to: number): number {
  let value = sum;
  for (let i = from; i < to; i++) value = (value >>> 8) ^ (CRC[(value ^ (bytes[i] as number)) & 255] as number);
  return value;
}
