// SPDX-License-Identifier: MIT
// How the cells of a block are written (mapdata/places/FORMAT.md): each cell is told from those before it, by a range
// coder with the probabilities of a table. mapdata/compiler/places/block.cpp reads it.

export const SIDE = 512;
export const NONE = 255;
const PAD = 4;
const STRIDE = SIDE + 2 * PAD;
const LINES = 3;
/** Cells that are compared with the one to the west: column and row, from the cell. */
const AROUND = [-2, -3, -2 - STRIDE, -1 - STRIDE, -STRIDE, 1 - STRIDE, 2 - STRIDE, 3 - STRIDE].concat(
  [-1 - 2 * STRIDE, -2 * STRIDE, 1 - 2 * STRIDE, -3 * STRIDE], // the two rows below that one
);
const CONTEXTS = 1 << AROUND.length;
export const PROBABILITIES = CONTEXTS + 4;
/** Where the label may come from when it is not that of the west. */
const OTHERS = [-STRIDE, 1 - STRIDE, 2 - STRIDE, 3 - STRIDE];

/** Where decisions go: `p` counts or probabilities, by their place in the table. */
export interface Sink {
  decide: (place: number, yes: boolean) => void;
  raw: (value: number, bits: number) => void;
}

export class Counts implements Sink {
  readonly no = new Float64Array(PROBABILITIES).fill(0.5);
  readonly yes = new Float64Array(PROBABILITIES).fill(0.02);

  decide(place: number, yes: boolean): void {
    const counts = yes ? this.yes : this.no;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  raw(): void {}

  /** Of "no", in 65536ths. */
  table(): Uint16Array {
    return Uint16Array.from(this.no, (no, i) => {
      const share = no / (no + (this.yes[i] ?? 0));
      return Math.min(65535, Math.max(1, Math.round(65536 * share)));
    });
  }
}

/** A range coder with carry, as LZMA has it. */
export class RangeEncoder implements Sink {
  private readonly table: Uint16Array;
  private readonly bytes: number[] = [];
  private low = 0;
  private range = 0xffffffff;
  private cache = 0;
  private waiting = 0;
  private started = false;

  constructor(table: Uint16Array) {
    this.table = table;
  }

  private shift(): void {
    if (this.low < 0xff000000 || this.low > 0xffffffff) {
      const carry = this.low > 0xffffffff ? 1 : 0;
      if (this.started) this.bytes.push((this.cache + carry) & 255);
      for (; this.waiting > 0; this.waiting--) this.bytes.push((255 + carry) & 255);
      this.cache = Math.floor(this.low / 0x1000000) & 255;
      this.started = true;
    } else {
      this.waiting++;
    }
    this.low = (this.low % 0x1000000) * 256;
  }

  private narrow(bound: number, yes: boolean): void {
    if (yes) {
      this.low += bound;
      this.range -= bound;
    } else {
      this.range = bound;
    }
    while (this.range < 0x1000000) {
      this.range *= 256;
      this.shift();
    }
  }

  decide(place: number, yes: boolean): void {
    this.narrow((this.range >>> 16) * (this.table[place] ?? 0), yes);
  }

  raw(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) this.narrow(this.range >>> 1, ((value >> i) & 1) === 1);
  }

  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.shift();
    return Uint8Array.from(this.bytes);
  }
}

/** `cells`: SIDE × SIDE labels, row by row from the south; NONE: any label will do. */
export function writeCells(cells: Uint8Array, labels: number, sink: Sink): void {
  const bits = Math.ceil(Math.log2(Math.max(2, labels)));
  const grid = new Uint8Array(STRIDE * (SIDE + LINES)).fill(NONE);
  for (let y = 0; y < SIDE; y++) {
    const row = (y + LINES) * STRIDE + PAD;
    grid.fill(grid[row - STRIDE] ?? NONE, row - PAD, row);
    for (let x = 0; x < SIDE; x++) {
      const at = row + x;
      const west = grid[at - 1] ?? NONE;
      let label = cells[y * SIDE + x] ?? NONE;
      if (label === NONE) label = west === NONE ? 0 : west;
      grid[at] = label;
      writeCell(grid, at, label, west, bits, sink);
    }
    grid.fill(grid[row + SIDE - 1] ?? NONE, row + SIDE, row + SIDE + PAD);
  }
}

function writeCell(grid: Uint8Array, at: number, label: number, west: number, bits: number, sink: Sink): void {
  if (west !== NONE) {
    let context = 0;
    for (let i = 0; i < AROUND.length; i++) {
      context = context * 2 + (grid[at + (AROUND[i] as number)] === west ? 1 : 0);
    }
    sink.decide(context, label !== west);
    if (label === west) return;
  }
  const tried = new Set([west, NONE]);
  for (const [i, offset] of OTHERS.entries()) {
    const other = grid[at + offset] ?? NONE;
    if (tried.has(other)) continue;
    tried.add(other);
    sink.decide(CONTEXTS + i, label !== other);
    if (label === other) return;
  }
  sink.raw(label, bits);
}
