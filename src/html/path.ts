// SPDX-License-Identifier: MIT
// The drive as the page draws it: matched places, the shape of the road between fixes that are far apart, speed and limit.
import type { Trace, TraceLimit, TraceStretch } from '../trace.ts';
import type { ColumnWriter } from './columns.ts';
import { type PagePath, SOURCES } from './model.ts';

const METRES_PER_DEGREE = 111_320;
const NONE = -1;
const UNLIMITED = -2;

interface Rows {
  t: number[];
  lat: number[];
  lon: number[];
  speed: number[];
  low: number[];
  high: number[];
  source: number[];
  name: number[];
  breaks: number[];
}

/** Names of roads, each once; the index of a name. */
export class NameList {
  readonly list: string[] = [''];
  private readonly index = new Map<string, number>([['', 0]]);
  of(name: string): number {
    const known = this.index.get(name) ?? this.list.length;
    if (known === this.list.length) {
      this.list.push(name);
      this.index.set(name, known);
    }
    return known;
  }
}

const metres = (lat0: number, lon0: number, lat1: number, lon1: number) =>
  Math.hypot(lat1 - lat0, (lon1 - lon0) * Math.cos((lat0 * Math.PI) / 180)) * METRES_PER_DEGREE;

/** Metres along a stretch's geometry of each of its points. */
function distances(s: TraceStretch): number[] {
  const out = [0];
  for (let i = 1; i < s.lat.length; i++) {
    out.push((out[i - 1] ?? 0) + metres(s.lat[i - 1] ?? 0, s.lon[i - 1] ?? 0, s.lat[i] ?? 0, s.lon[i] ?? 0));
  }
  return out;
}

/** Metres along the geometry of the point of it that lies nearest to a place, and how near. */
function along(s: TraceStretch, at: readonly number[], lat: number, lon: number): number {
  let [best, found] = [Number.POSITIVE_INFINITY, 0];
  const scale = Math.cos((lat * Math.PI) / 180);
  for (let i = 1; i < s.lat.length; i++) {
    const [ax, ay] = [((s.lon[i - 1] ?? 0) - lon) * scale, (s.lat[i - 1] ?? 0) - lat];
    const [bx, by] = [((s.lon[i] ?? 0) - lon) * scale, (s.lat[i] ?? 0) - lat];
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    const away = Math.hypot(ax + share * dx, ay + share * dy);
    if (away < best) [best, found] = [away, (at[i - 1] ?? 0) + share * ((at[i] ?? 0) - (at[i - 1] ?? 0))];
  }
  return found;
}

/** The limit at metres along the way. */
function limitAt(limits: readonly TraceLimit[], m: number): TraceLimit | undefined {
  return limits.find((limit) => m >= limit.from_m - 0.5 && m <= limit.to_m + 0.5) ?? limits[0];
}

const kmh = (value: number | null | undefined, unit: number) =>
  value === null || value === undefined
    ? NONE
    : value === Number.POSITIVE_INFINITY
      ? UNLIMITED
      : Math.round(value / unit);

/** Rows of the path: fixes that lie on a stretch, and before each the corners of the road since the fix before. */
class PathRows {
  readonly rows: Rows = { t: [], lat: [], lon: [], speed: [], low: [], high: [], source: [], name: [], breaks: [] };
  private readonly trace: Trace;
  private readonly names: NameList;
  private readonly unit: number;
  private readonly corners: boolean;
  private readonly lengths = new Map<number, number[]>();
  private last: { stretch: number; m: number; ms: number; speed: number } | undefined;

  constructor(trace: Trace, names: NameList, unit: number, corners: boolean) {
    this.trace = trace;
    this.names = names;
    this.unit = unit;
    this.corners = corners;
  }

  private lengthsOf(i: number): number[] {
    const known = this.lengths.get(i) ?? distances(this.trace.stretches[i] as TraceStretch);
    this.lengths.set(i, known);
    return known;
  }

  private push(ms: number, lat: number, lon: number, speed: number, k: number, m: number, broken: boolean): void {
    const r = this.rows;
    const s = this.trace.stretches[k] as TraceStretch;
    const total = this.lengthsOf(k).at(-1) ?? 0;
    const share = total > 0 ? m / total : 0;
    const span = s.to_m - s.from_m;
    const limit = limitAt(s.limits, s.forward ? s.from_m + share * span : s.to_m - share * span);
    r.t.push(ms);
    r.lat.push(lat);
    r.lon.push(lon);
    r.speed.push(Number.isNaN(speed) ? NONE : Math.round(speed / this.unit));
    r.low.push(kmh(limit?.low_kmh, this.unit));
    r.high.push(kmh(limit?.high_kmh, this.unit));
    r.source.push(Math.max(0, SOURCES.indexOf(limit?.source ?? 'none')));
    r.name.push(this.names.of(s.name));
    r.breaks.push(broken ? 1 : 0);
  }

  /** Corners between the last fix and this one, their times in proportion to the metres. */
  private between(stretch: number, m: number, ms: number, speed: number): void {
    const before = this.last;
    if (!before || !this.corners || stretch < before.stretch) return;
    const points: { k: number; m: number; i: number; d: number }[] = [];
    let driven = 0;
    for (let k = before.stretch; k <= stretch; k++) {
      const lengths = this.lengthsOf(k);
      const from = k === before.stretch ? before.m : 0;
      const to = k === stretch ? m : (lengths.at(-1) ?? 0);
      lengths.forEach((at, i) => {
        if (at > from && at < to) points.push({ k, m: at, i, d: driven + at - from });
      });
      driven += Math.max(0, to - from);
    }
    for (const p of points) {
      const share = driven > 0 ? p.d / driven : 0;
      const v = before.speed + share * (speed - before.speed);
      const s = this.trace.stretches[p.k] as TraceStretch;
      this.push(before.ms + share * (ms - before.ms), s.lat[p.i] ?? 0, s.lon[p.i] ?? 0, v, p.k, p.m, false);
    }
  }

  fix(i: number): void {
    const { trace } = this;
    const k = trace.stretch[i] ?? -1;
    const s = trace.stretches[k];
    const [lat, lon, ms, speed] = [
      trace.lat[i] ?? NaN,
      trace.lon[i] ?? NaN,
      trace.time_ms[i] ?? 0,
      trace.speed_kmh[i] ?? NaN,
    ];
    if (!s || Number.isNaN(lat)) {
      this.last = undefined;
      return;
    }
    const m = along(s, this.lengthsOf(k), lat, lon);
    const broken = this.last === undefined && this.rows.t.length > 0;
    this.between(k, m, ms, speed);
    this.push(ms, lat, lon, speed, k, m, broken);
    this.last = { stretch: k, m, ms, speed };
  }
}

/** Half of the steps between fixes are shorter, in milliseconds. */
function medianStep(trace: Trace): number {
  const steps = Array.from(
    { length: Math.max(0, trace.count - 1) },
    (_, i) => (trace.time_ms[i + 1] ?? 0) - (trace.time_ms[i] ?? 0),
  );
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** `unit`: km/h of a step of speeds; coarser ones make a smaller file. Fixes outside [from_ms, to_ms] are left out. */
export function packPath(
  trace: Trace,
  columns: ColumnWriter,
  names: NameList,
  options: { unit: number; from_ms: number; to_ms: number },
): PagePath | null {
  const rows = new PathRows(trace, names, options.unit, medianStep(trace) > 3000);
  for (let i = 0; i < trace.count; i++) {
    const ms = trace.time_ms[i] ?? 0;
    if (ms >= options.from_ms && ms <= options.to_ms) rows.fix(i);
  }
  const r = rows.rows;
  if (r.t.length < 2) return null;
  const t0_ms = r.t[0] ?? 0;
  const e5 = (values: readonly number[]) => values.map((v) => Math.round(v * 1e5));
  return {
    t0_ms,
    unit: options.unit,
    t: columns.add(
      r.t.map((t) => Math.round((t - t0_ms) / 100)),
      2,
    ),
    lat: columns.add(e5(r.lat), 2),
    lon: columns.add(e5(r.lon), 2),
    // the steps of a km/h: "none" and "no limit" stay themselves once they are read with the unit
    speed: columns.add(r.speed),
    low: columns.add(r.low),
    high: columns.add(r.high),
    source: columns.add(r.source),
    name: columns.add(r.name),
    breaks: columns.add(r.breaks),
  };
}
