// SPDX-License-Identifier: MIT
// One point of time shared by map, curve and scrubber, outside the components: it moves at the pace of the screen.

export class Cursor {
  time: number;
  readonly from: number;
  readonly to: number;
  private readonly listeners = new Set<(time: number) => void>();

  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
    this.time = from;
  }

  set(time: number): void {
    this.time = Math.min(this.to, Math.max(this.from, time));
    for (const listener of this.listeners) listener(this.time);
  }

  subscribe(listener: (time: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
