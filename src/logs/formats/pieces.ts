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

/** Bytes that enter the sum in one step: one by one, each would wait for the one before. */
const STEP = 4;

/** By the number of bytes that follow in the step, and the byte. */
const CRC = Array.from({ length: STEP }, (_, behind) =>
  Uint16Array.from({ length: 256 }, (__, byte) => {
    let value = byte;
    for (let bit = 8 * (behind + 1); bit > 0; bit--) value = (value >>> 1) ^ (value & 1 ? 0xa001 : 0);
    return value;
  }),
) as [Uint16Array, Uint16Array, Uint16Array, Uint16Array];

/** The checksum of FIT (CRC-16 of polynomial 0x8005, reflected) of bytes[from, to), carried on from `sum`. */
function crc(sum: number, bytes: Uint8Array, from: number, to: number): number {
  const [last, third, second, first] = CRC;
  const at = (table: Uint16Array, byte: number) => table[byte & 255] as number;
  const byte = (index: number) => bytes[index] as number;
  let value = sum;
  let i = from;
  for (; i + STEP <= to; i += STEP) {
    const front = at(first, value ^ byte(i)) ^ at(second, (value >>> 8) ^ byte(i + 1));
    value = front ^ at(third, byte(i + 2)) ^ at(last, byte(i + 3));
  }
  for (; i < to; i++) value = (value >>> 8) ^ at(last, value ^ byte(i));
  return value;
}
