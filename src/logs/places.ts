// SPDX-License-Identifier: MIT
// The line of each fix, as a byte of how much it lies beyond that of the fix before: most fixes are a few lines apart.

const FIRST = 4096;
/** Fixes between two lines that are kept whole. */
const BLOCK = 64;
/** A step that no byte holds is kept beside. */
const FAR = 255;
/** More of them than this, and each line is kept whole. */
const MOST_FAR = 10_000;

export class Places {
  count = 0;
  private steps = new Uint8Array(FIRST);
  private blocks = new Uint32Array(FIRST / BLOCK);
  private readonly far = new Map<number, number>();
  private whole: Uint32Array<ArrayBuffer> | undefined;
  private last = 0;
  /** The fix asked for last, and its line: the next one mostly follows. */
  private asked = 0;
  private found = 0;

  add(place: number): void {
    const at = this.count++;
    if (this.whole !== undefined) {
      if (at === this.whole.length) this.whole = longer(this.whole, new Uint32Array(2 * at));
      this.whole[at] = place;
      return;
    }
    if (at === this.steps.length) {
      this.steps = longer(this.steps, new Uint8Array(2 * at));
      this.blocks = longer(this.blocks, new Uint32Array((2 * at) / BLOCK));
    }
    if (at % BLOCK === 0) this.blocks[at / BLOCK] = place;
    else this.step(at, place - this.last);
    this.last = place;
  }

  private step(at: number, step: number): void {
    if (step >= 0 && step < FAR) {
      this.steps[at] = step;
      return;
    }
    this.steps[at] = FAR;
    this.far.set(at, step);
    if (this.far.size <= MOST_FAR) return;
    this.whole = this.lines(2 * this.count);
    this.far.clear();
    this.steps = this.blocks = new Uint8Array(0) as never;
  }

  /** Line of a fix; cheap where fixes are asked for one after the other. */
  at(index: number): number {
    if (this.whole !== undefined) return this.whole[index] as number;
    const block = index - (index % BLOCK);
    let from = this.asked;
    let place = this.found;
    if (from < block || from > index || this.found === 0) {
      from = block;
      place = this.blocks[block / BLOCK] as number;
    }
    while (from < index) {
      const step = this.steps[++from] as number;
      place += step === FAR ? (this.far.get(from) as number) : step;
    }
    this.asked = index;
    this.found = place;
    return place;
  }

  /** The lines of these fixes, in this order. */
  select(order: Uint32Array): Places {
    const chosen = new Places();
    for (const index of order) chosen.add(this.at(index));
    return chosen;
  }

  /** All lines, in an array with room for so many. */
  lines(room = this.count): Uint32Array<ArrayBuffer> {
    const all = new Uint32Array(room);
    for (let i = 0; i < this.count; i++) all[i] = this.at(i);
    return all;
  }
}

function longer<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
