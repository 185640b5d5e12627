// SPDX-License-Identifier: MIT
// Metres and times along the lines of a trace: where each fix is on its stretch, and when each corner was passed.
import type { Trace, TraceLimit, TraceStretch } from '../trace.ts';

const METRES = 111_195; // of a degree of latitude, on the sphere: shares of a line are all that is taken from it

/** A place on a stretch: metres of its line from the place where it was entered, and when. */
export interface Passed {
  along_m: number;
  ms: number;
  lat: number;
  lon: number;
}

/** The line of a stretch, measured: as long as the map says that it is. */
export class StretchLine {
  readonly length_m: number;
  private readonly stretch: TraceStretch;
  private readonly at: Float64Array;
  private readonly squeeze: number;
  private piece = 0;

  constructor(stretch: TraceStretch) {
    const { lat } = stretch;
    this.stretch = stretch;
    this.squeeze = Math.cos(((lat[0] ?? 0) * Math.PI) / 180);
    this.at = new Float64Array(lat.length);
    for (let i = 1; i < lat.length; i++) this.at[i] = (this.at[i - 1] ?? 0) + this.pieceLength(i);
    this.length_m = stretch.to_m - stretch.from_m;
    const drawn = this.at.at(-1) ?? 0;
    const scale = drawn > 0 ? this.length_m / drawn : 0;
    for (let i = 0; i < this.at.length; i++) this.at[i] = (this.at[i] ?? 0) * scale;
  }

  private pieceLength(i: number): number {
    const { lat, lon } = this.stretch;
    const dy = (lat[i] ?? 0) - (lat[i - 1] ?? 0);
    const dx = ((lon[i] ?? 0) - (lon[i - 1] ?? 0)) * this.squeeze;
    return Math.hypot(dx, dy) * METRES;
  }

  /** Metres of corner i. */
  corner(i: number): number {
    return this.at[i] ?? 0;
  }

  /** Metres of a place on the line that lies not before the last one that was asked for. */
  along(lat: number, lon: number): number {
    let best = { piece: this.piece, share: 0, off: Number.POSITIVE_INFINITY };
    for (let i = this.piece; i + 1 < this.at.length && best.off > 0.3; i++) {
      const [ay, ax] = [this.stretch.lat[i] ?? 0, this.stretch.lon[i] ?? 0];
      const [dy, dx] = [(this.stretch.lat[i + 1] ?? 0) - ay, ((this.stretch.lon[i + 1] ?? 0) - ax) * this.squeeze];
      const [py, px] = [lat - ay, (lon - ax) * this.squeeze];
      const square = dx * dx + dy * dy;
      const share = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
      const off = Math.hypot(px - share * dx, py - share * dy) * METRES;
      if (off < best.off) best = { piece: i, share, off };
    }
    this.piece = best.piece;
    const from = this.corner(best.piece);
    return from + (this.corner(Math.min(best.piece + 1, this.at.length - 1)) - from) * best.share;
  }

  /** Metres from the way's first node, of metres of the line. */
  wayMetres(along_m: number): number {
    return this.stretch.forward ? this.stretch.from_m + along_m : this.stretch.to_m - along_m;
  }
}

/** The fixes of each stretch, in the order of the log. */
export function fixesOfStretches(trace: Trace): number[][] {
  const all: number[][] = trace.stretches.map(() => []);
  for (let i = 0; i < trace.count; i++) all[trace.stretch[i] ?? -1]?.push(i);
  return all;
}

/** The fixes of a stretch on its line, never going back. */
function passedFixes(trace: Trace, line: StretchLine, fixes: readonly number[]): Passed[] {
  let last = 0;
  return fixes.map((i) => {
    const [lat, lon] = [trace.lat[i] ?? Number.NaN, trace.lon[i] ?? Number.NaN];
    last = Math.max(last, line.along(lat, lon));
    return { along_m: last, ms: trace.time_ms[i] ?? 0, lat, lon };
  });
}

/** Corners and fixes of a stretch in the order in which they were passed; a corner's time lies between its fixes'. */
export function passed(trace: Trace, stretch: TraceStretch, fixes: readonly number[]): Passed[] {
  const line = new StretchLine(stretch);
  const on = passedFixes(trace, line, fixes);
  const last = stretch.lat.length - 1;
  const place = (i: number) => ({ along_m: line.corner(i), lat: stretch.lat[i] ?? 0, lon: stretch.lon[i] ?? 0 });
  const known = [{ ...place(0), ms: stretch.enter_ms }, ...on, { ...place(last), ms: stretch.exit_ms }];
  const out: Passed[] = [];
  let corner = 1;
  for (const [k, next] of known.entries()) {
    const before = known[k - 1] ?? next;
    for (; corner < last && line.corner(corner) < next.along_m; corner++) {
      const here = place(corner);
      const gap = next.along_m - before.along_m;
      const share = gap > 0 ? Math.min(1, Math.max(0, (here.along_m - before.along_m) / gap)) : 0;
      out.push({ ...here, ms: before.ms + share * (next.ms - before.ms) });
    }
    out.push(next);
  }
  return out;
}

/** The limit at a metre of the way. */
export function limitAt(stretch: TraceStretch, way_m: number): TraceLimit | undefined {
  return stretch.limits.find((limit) => way_m <= limit.to_m) ?? stretch.limits.at(-1);
}
