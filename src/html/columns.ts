// SPDX-License-Identifier: MIT
// Number columns as bytes: each value as the difference from a prediction, zigzag varint. What moves steadily becomes
// zeros, which deflate takes to almost nothing. The same code writes in Node and reads in the page.

/** Where a column lies in the bytes: the first byte and the number of values. */
export type Column = [offset: number, count: number];

/** 1: the value before (steps), 2: the line through the two before (tracks). */
export type Order = 1 | 2;

export class ColumnWriter {
  private bytes = new Uint8Array(1 << 16);
  private size = 0;

  /** Whole numbers below 2^52 in size. */
  add(values: ArrayLike<number>, order: Order = 1): Column {
    const offset = this.size;
    let [before, slope] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      this.varint(value - before - (order === 2 ? slope : 0));
      slope = i === 0 ? 0 : value - before;
      before = value;
    }
    return [offset, values.length];
  }

  private varint(signed: number): void {
    let rest = signed < 0 ? -2 * signed - 1 : 2 * signed;
    if (this.size + 10 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    while (rest >= 128) {
      this.bytes[this.size++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.size++] = rest;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.size);
  }
}

/** The values of a column, each times `scale`. */
export function readColumn(bytes: Uint8Array, [offset, count]: Column, scale = 1, order: Order = 1): Float64Array {
  const out = new Float64Array(count);
  let at = offset;
  let [before, slope] = [0, 0];
  for (let i = 0; i < count; i++) {
    let [rest, factor, byte] = [0, 1, 0];
    do {
      byte = bytes[at++] ?? 0;
      rest += (byte & 127) * factor;
      factor *= 128;
    } while (byte >= 128);
    const value = before + (order === 2 ? slope : 0) + (rest % 2 === 1 ? -(rest + 1) / 2 : rest / 2);
    slope = i === 0 ? 0 : value - before;
    before = value;
    out[i] = value * scale;
  }
  return out;
}
