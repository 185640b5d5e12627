// SPDX-License-Identifier: MIT
// Conditions made at random from the whole grammar of opening_hours that the compiler reads, and
// from a little beyond it.

/** Numbers 0 <= r < 1 from a seed (mulberry32). */
export function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

export class Generator {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = random(seed);
  }

  int = (below: number) => Math.floor(this.next() * below);
  private chance = (share: number) => this.next() < share;
  private pick = <T>(items: readonly T[]): T => items[this.int(items.length)] as T;

  private clock(beyond: boolean): string {
    return `${two(this.int(beyond && this.chance(0.1) ? 30 : 24))}:${this.pick(['00', '15', '30', '45', '59'])}`;
  }

  private sun(): string {
    const event = this.pick(['sunrise', 'sunset', 'dawn', 'dusk']);
    return this.chance(0.3) ? `(${event}${this.pick(['+', '-'])}0${this.int(3)}:${this.pick(['10', '30'])})` : event;
  }

  private times(): string {
    if (this.chance(0.12)) {
      return this.pick([
        () => `${this.sun()}-${this.sun()}`,
        () => `${this.clock(false)}-${this.sun()}`,
        () => `${this.sun()}-${this.clock(false)}`,
      ])();
    }
    const count = this.chance(0.25) ? 2 : 1;
    return Array.from({ length: count }, () => `${this.clock(false)}-${this.clock(true)}`).join(',');
  }

  private days(): string {
    const nth = () => `${this.pick(DAYS)}[${this.pick(['1', '2', '1,3', '2-4', '-1', '5', '1,-2'])}]`;
    if (this.chance(0.1)) return this.chance(0.5) ? nth() : `${nth()},${nth()}`;
    const one = () => (this.chance(0.5) ? `${this.pick(DAYS)}-${this.pick(DAYS)}` : this.pick(DAYS));
    const list = Array.from({ length: 1 + this.int(3) }, one);
    if (this.chance(0.2)) list.push('PH');
    return this.chance(0.08) ? 'PH' : list.join(',');
  }

  private dates(): string {
    const month = () => this.pick(MONTHS);
    const day = () => two(1 + this.int(28));
    return this.pick([
      () => `${month()}-${month()}`,
      () => month(),
      () => `${month()},${month()}-${month()}`,
      () => `${month()} ${day()}-${month()} ${day()}`,
      () => `${month()} ${day()}`,
      () => `week ${two(1 + this.int(20))}-${two(21 + this.int(32))}`,
      () => `2026 ${month()} ${day()}-2027 ${month()} ${day()}`,
    ])();
  }

  private rule(): string {
    const parts: string[] = [];
    if (this.chance(0.25)) parts.push(this.dates());
    if (this.chance(0.6)) parts.push(this.days());
    if (this.chance(0.85) || parts.length === 0) parts.push(this.times());
    return parts.join(' ');
  }

  condition(): string {
    if (this.chance(0.01)) return '24/7';
    let text = this.rule();
    while (this.chance(0.3)) {
      const off = this.chance(0.3);
      const separator = off || this.chance(0.8) ? '; ' : ', ';
      text += separator + (off ? `${this.pick([() => this.days(), () => this.rule()])()} off` : this.rule());
    }
    if (this.chance(0.02)) text += this.pick([' || Mo', '+', ' "by sign"', '; SH off']);
    return text;
  }
}
