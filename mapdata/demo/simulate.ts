// SPDX-License-Identifier: MIT
// A car with limits on acceleration follows a line, and a receiver with correlated errors logs it.
import type { Plane, Point } from './plane.ts';

export interface Receiver {
  /** Standard error of a position, metres; AR(1) with a time constant of 20 s. */
  sigma_m?: number;
  /** Standard error of the Doppler speed, m/s. */
  sigmaSpeed_mps?: number;
  interval_s?: number;
  /** Seconds after the start between which nothing is received (a tunnel). */
  gap?: [number, number];
  withSpeed?: boolean;
  seed?: number;
}

export interface DriveOptions extends Receiver {
  /** km/h wanted at a metre of the path. */
  speedAt: (s: number) => number;
  /** Full stops: metre of the path, and seconds stood. */
  stops?: { at: number; seconds: number }[];
  /** Places to pass at no more than km/h. */
  slow?: { at: number; kmh: number }[];
  start: string;
  /** Metres to the left of the line. */
  lateral_m?: number;
}

export interface LoggedFix {
  time: string;
  lat: number;
  lon: number;
  speed_kmh: number;
  heading_deg: number;
}

const ACCELERATION = 1.8;
const BRAKING = 2.2;
const TURN_KMH = 16;

/** Mulberry32: small, seeded, the same everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A normal deviate by the sum of twelve uniform ones. */
const normal = (next: () => number) => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
};

export class Path {
  readonly points: Point[];
  readonly at: number[] = [0];

  constructor(points: Point[]) {
    this.points = points;
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1] as Point;
      const b = points[i] as Point;
      this.at.push((this.at[i - 1] ?? 0) + Math.hypot(b.x - a.x, b.y - a.y));
    }
  }

  get length(): number {
    return this.at.at(-1) ?? 0;
  }

  /** Place and unit direction at metre s. */
  place(s: number): Point & { dx: number; dy: number } {
    let i = 1;
    for (let high = this.at.length - 1; i < high; ) {
      const middle = (i + high) >> 1;
      if ((this.at[middle] ?? 0) < s) i = middle + 1;
      else high = middle;
    }
    const a = this.points[i - 1] as Point;
    const b = this.points[i] as Point;
    const length = Math.max((this.at[i] ?? 0) - (this.at[i - 1] ?? 0), 1e-9);
    const dx = (b.x - a.x) / length;
    const dy = (b.y - a.y) / length;
    const along = s - (this.at[i - 1] ?? 0);
    return { x: a.x + dx * along, y: a.y + dy * along, dx, dy };
  }

  /** Metres of the corners sharper than 40 degrees. */
  turns(): number[] {
    const found: number[] = [];
    for (let i = 1; i + 1 < this.points.length; i++) {
      const before = this.place((this.at[i] ?? 0) - 0.01);
      const after = this.place((this.at[i] ?? 0) + 0.01);
      if (before.dx * after.dx + before.dy * after.dy < 0.77) found.push(this.at[i] ?? 0);
    }
    return found;
  }
}

/** Speed (m/s) at each metre that the car can keep: wishes, then braking and acceleration. */
function profile(path: Path, options: DriveOptions): Float64Array {
  const n = Math.floor(path.length) + 1;
  const v = Float64Array.from({ length: n }, (_, s) => options.speedAt(s) / 3.6);
  const cap = (at: number, mps: number) => {
    const i = Math.min(n - 1, Math.max(0, Math.round(at)));
    v[i] = Math.min(v[i] ?? 0, mps);
  };
  v[0] = 0;
  cap(n - 1, 0);
  for (const at of path.turns()) for (let d = -4; d <= 4; d++) cap(at + d, TURN_KMH / 3.6);
  for (const { at, kmh } of options.slow ?? []) for (let d = -3; d <= 3; d++) cap(at + d, kmh / 3.6);
  for (const { at } of options.stops ?? []) cap(at, 0);
  for (let i = 1; i < n; i++) v[i] = Math.min(v[i] ?? 0, Math.sqrt((v[i - 1] ?? 0) ** 2 + 2 * ACCELERATION));
  for (let i = n - 2; i >= 0; i--) v[i] = Math.min(v[i] ?? 0, Math.sqrt((v[i + 1] ?? 0) ** 2 + 2 * BRAKING));
  return v;
}

/** Where the car is (metre of the path) and how fast, every tenth of a second. */
function motion(path: Path, options: DriveOptions): { s: number; v: number }[] {
  const v = profile(path, options);
  const pauses = new Map((options.stops ?? []).map(({ at, seconds }) => [Math.round(at), seconds]));
  const out: { s: number; v: number }[] = [];
  const stand = (s: number, seconds: number) => {
    for (let t = 0; t < seconds * 10; t++) out.push({ s, v: 0 });
  };
  stand(0, 3);
  let clock = 0;
  let due = 0;
  for (let i = 0; i + 1 < v.length; i++) {
    const mean = Math.max(((v[i] ?? 0) + (v[i + 1] ?? 0)) / 2, 0.3);
    const duration = 1 / mean;
    while (due <= clock + duration) {
      const share = (due - clock) / duration;
      out.push({ s: i + share, v: (v[i] ?? 0) + ((v[i + 1] ?? 0) - (v[i] ?? 0)) * share });
      due += 0.1;
    }
    clock += duration;
    const pause = pauses.get(i + 1);
    if (pause !== undefined) stand(i + 1, pause);
  }
  stand(path.length, 3);
  return out;
}

export function simulate(path: Path, plane: Plane, options: DriveOptions): LoggedFix[] {
  const next = random(options.seed ?? 1);
  const sigma = options.sigma_m ?? 3;
  const interval = options.interval_s ?? 1;
  const keep = Math.exp(-interval / 20);
  const fresh = Math.sqrt(1 - keep * keep) * sigma;
  let ex = normal(next) * sigma;
  let ey = normal(next) * sigma;
  const start = Date.parse(options.start);
  const fixes: LoggedFix[] = [];
  const states = motion(path, options);
  for (let k = 0; k < states.length; k += Math.round(interval * 10)) {
    const { s, v } = states[k] as { s: number; v: number };
    const seconds = k / 10;
    ex = ex * keep + normal(next) * fresh;
    ey = ey * keep + normal(next) * fresh;
    const noise = normal(next) * (options.sigmaSpeed_mps ?? 0.15);
    const turn = normal(next) * 3;
    const [from, to] = options.gap ?? [1, 0];
    if (seconds >= from && seconds < to) continue;
    const p = path.place(s);
    const left = options.lateral_m ?? 1.5;
    const at = plane.position({ x: p.x - p.dy * left + ex, y: p.y + p.dx * left + ey });
    const heading = ((Math.atan2(p.dx, p.dy) * 180) / Math.PI + turn + 720) % 360;
    fixes.push({
      time: new Date(start + seconds * 1000).toISOString(),
      ...at,
      speed_kmh: Math.round(Math.max(0, v + noise) * 360) / 100,
      heading_deg: Math.round(heading * 10) / 10,
    });
  }
  return fixes;
}

export function toCsv(fixes: readonly LoggedFix[], withSpeed = true): string {
  const head = withSpeed ? 'time,lat,lon,speed_kmh,heading_deg,accuracy_m' : 'time,lat,lon';
  const rows = fixes.map((f) => {
    const place = `${f.time},${f.lat.toFixed(7)},${f.lon.toFixed(7)}`;
    return withSpeed ? `${place},${f.speed_kmh.toFixed(2)},${f.heading_deg.toFixed(1)},5` : place;
  });
  return `${[head, ...rows].join('\n')}\n`;
}
