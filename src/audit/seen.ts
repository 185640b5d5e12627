// SPDX-License-Identifier: MIT
// Which texts came before, at 16 to 32 bytes for each: of a text the first eight bytes of its SHA-256 are kept. Two of
// ten million are taken for one with a probability of 3e-6.
import { createHash } from 'node:crypto';

const FIRST_ROOM = 1 << 12;

export class Seen {
  private count = 0;
  /** Two words of a checksum, at the place that the first one gives or the next free one; free where the second is 0. */
  private words = new Uint32Array(2 * FIRST_ROOM);

  /** Whether the text is new. */
  add(text: string): boolean {
    const sum = createHash('sha256').update(text).digest();
    const isNew = this.put(sum.readUInt32LE(0), sum.readUInt32LE(4) || 1);
    if (isNew && ++this.count * 4 > this.words.length) this.grow();
    return isNew;
  }

  private put(a: number, b: number): boolean {
    const { words } = this;
    const last = words.length / 2 - 1;
    for (let at = a & last; ; at = (at + 1) & last) {
      if (words[2 * at + 1] === 0) {
        words[2 * at] = a;
        words[2 * at + 1] = b;
        return true;
      }
      if (words[2 * at] === a && words[2 * at + 1] === b) return false;
    }
  }

  private grow(): void {
    const old = this.words;
    this.words = new Uint32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) this.put(old[i] as number, old[i + 1] as number);
  }
}
