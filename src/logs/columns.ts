// SPDX-License-Identifier: MIT
// The fixes while a log is read: blocks that are added one by one, so that nothing is copied before the end.
import type { Fixes } from '../types.ts';

const SHIFT = 15;
const BLOCK = 1 << SHIFT;

/** Fixes as read, in the order of the log; `time_ms` is a wall clock where `local` is 1. */
export interface ReadFixes extends Fixes {
  /** Line of the file, from 1, or number of the record. */
  place: Uint32Array;
  local: Uint8Array;
}

function room(n: number) {
  return {
    time_ms: new Float64Array(n),
    lat: new Float64Array(n),
    lon: new Float64Array(n),
    speed_mps: new Float32Array(n),
    heading_deg: new Float32Array(n),
    accuracy_m: new Float32Array(n),
    place: new Uint32Array(n),
    local: new Uint8Array(n),
  };
}
type Room = ReturnType<typeof room>;
const NAMES = Object.keys(room(0)) as (keyof Room)[];

export class FixColumns {
  count = 0;
  private blocks: Room[] = [];
  private block: Room = room(0);

  /** Room for one more fix: its index in the block that `at` gives. */
  private next(): number {
    const within = this.count++ & (BLOCK - 1);
    if (within === 0) {
      this.block = room(BLOCK);
      this.blocks.push(this.block);
    }
    return within;
  }

  add(time: number, local: boolean, lat: number, lon: number, place: number): void {
    const at = this.next();
    const { block } = this;
    block.time_ms[at] = time;
    block.local[at] = local ? 1 : 0;
    block.lat[at] = lat;
    block.lon[at] = lon;
    block.place[at] = place;
  }

  /** Of the fix added last. */
  measured(speed: number, heading: number, accuracy: number): void {
    const at = (this.count - 1) & (BLOCK - 1);
    const { block } = this;
    block.speed_mps[at] = speed;
    block.heading_deg[at] = heading;
    block.accuracy_m[at] = accuracy;
  }

  /** All in arrays of their own, column by column; the blocks are given up on the way. */
  take(): ReadFixes {
    const all = room(0) as unknown as Record<string, Room[keyof Room]>;
    for (const name of NAMES) {
      const Type = this.block[name].constructor as new (n: number) => Room[keyof Room];
      const whole = new Type(this.count);
      this.blocks.forEach((block, i) => {
        whole.set(block[name].subarray(0, Math.min(BLOCK, this.count - i * BLOCK)), i * BLOCK);
        (block as unknown as Record<string, Room[keyof Room]>)[name] = new Type(0);
      });
      all[name] = whole;
    }
    this.blocks = [];
    return { count: this.count, ...(all as unknown as Room) };
  }
}

/** The fixes of these indexes, in this order. */
export function select(fixes: ReadFixes, order: Uint32Array): ReadFixes {
  const chosen = room(order.length);
  for (const name of NAMES) {
    const [from, to] = [fixes[name], chosen[name]];
    for (let i = 0; i < order.length; i++) to[i] = from[order[i] as number] as number;
  }
  return { count: order.length, ...chosen };
}
