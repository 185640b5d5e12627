// SPDX-License-Identifier: MIT
// Ways in which the speeds, courses or accuracies of a log are spoilt while its positions stay true.
import { random } from '../../mapdata/demo/simulate.ts';
import type { Fixes } from '../../src/types.ts';

export interface Damage {
  name: string;
  spoil: (fixes: Fixes) => Partial<Fixes>;
}

const OFF_S = 20;

/** The values of another moment of the drive, `seconds` before each fix. */
function late(fixes: Fixes, values: Float32Array, seconds: number): Float32Array {
  return values.map((_, i) => {
    const then = (fixes.time_ms[i] ?? 0) - seconds * 1000;
    const k = fixes.time_ms.findIndex((t) => t >= then);
    return values[seconds > 0 ? Math.max(0, k) : k < 0 ? fixes.count - 1 : k] ?? Number.NaN;
  });
}

/** Changes the speeds for twenty seconds that begin at a share of the drive. */
function offFor(fixes: Fixes, share: number, change: (mps: number, i: number) => number): Float32Array {
  const start = fixes.time_ms[Math.floor(share * fixes.count)] ?? 0;
  return fixes.speed_mps.map((v, i) => {
    const off_s = ((fixes.time_ms[i] ?? 0) - start) / 1000;
    return off_s >= 0 && off_s < OFF_S ? change(v, i) : v;
  });
}

function times(factor: number): Damage {
  return { name: `speed × ${factor}`, spoil: (f) => ({ speed_mps: f.speed_mps.map((v) => v * factor) }) };
}

function shifted(seconds: number): Damage {
  return { name: `speed ${seconds} s late`, spoil: (f) => ({ speed_mps: late(f, f.speed_mps, seconds) }) };
}

/** A low pass of so many seconds, or the mean of the fixes so near: neither shows a short standstill. */
function smoothed(seconds: number): Damage {
  const spoil = (f: Fixes) => {
    let mps = f.speed_mps[0] ?? 0;
    return { speed_mps: f.speed_mps.map((v) => (mps += (v - mps) / seconds)) };
  };
  return { name: `speed through a low pass of ${seconds} s`, spoil };
}
function averaged(seconds: number): Damage {
  const near = (f: Fixes, i: number) =>
    f.speed_mps.filter((_, k) => Math.abs((f.time_ms[k] ?? 0) - (f.time_ms[i] ?? 0)) <= seconds * 500);
  const mean = (all: Float32Array) => all.reduce((sum, v) => sum + v, 0) / all.length;
  return {
    name: `speed as the mean of ${seconds} s`,
    spoil: (f) => ({ speed_mps: f.speed_mps.map((_, i) => mean(near(f, i))) }),
  };
}

function twentySeconds(name: string, change: (mps: number, i: number, next: () => number) => number): Damage[] {
  return [0.1, 0.25, 0.4, 0.55, 0.7].map((share) => ({
    name: `20 s of ${name} from ${Math.round(share * 100)} %`,
    spoil: (f) => {
      const next = random(7);
      return { speed_mps: offFor(f, share, (v, i) => change(v, i, next)) };
    },
  }));
}

export const SPEEDS: Damage[] = [
  times(3.6),
  times(1.852),
  times(0.28),
  times(1.94384),
  times(1.609344),
  times(0.5144),
  times(0.5),
  times(0.1),
  times(10),
  times(1.17),
  { name: 'speed always 0', spoil: (f) => ({ speed_mps: f.speed_mps.map(() => 0) }) },
  { name: 'speed always 10 m/s', spoil: (f) => ({ speed_mps: f.speed_mps.map(() => 10) }) },
  {
    name: 'speed frozen from 30 %',
    spoil: (f) => {
      const at = Math.floor(0.3 * f.count);
      return { speed_mps: f.speed_mps.map((v, i) => (i < at ? v : (f.speed_mps[at] ?? v))) };
    },
  },
  shifted(10),
  shifted(-10),
  shifted(4),
  shifted(30),
  averaged(8),
  averaged(10),
  smoothed(4),
  smoothed(5),
  smoothed(7),
  {
    name: 'speed random all along',
    spoil: (f) => {
      const next = random(5);
      return { speed_mps: f.speed_mps.map(() => next() * 25) };
    },
  },
  ...twentySeconds('+50 km/h', (v) => v + 50 / 3.6),
  ...twentySeconds('0 km/h', () => 0),
  ...twentySeconds('half', (v) => v * 0.5),
  ...twentySeconds('random', (_v, _i, next) => next() * 25),
  {
    name: '0 km/h at every seventh fix',
    spoil: (f) => ({ speed_mps: f.speed_mps.map((v, i) => (i % 7 === 3 ? 0 : v)) }),
  },
];

const course = (name: string, change: (deg: number, i: number, f: Fixes) => number): Damage => ({
  name: `course ${name}`,
  spoil: (f) => ({ heading_deg: f.heading_deg.map((h, i) => change(h, i, f)) }),
});

export const COURSES: Damage[] = [
  course('always 0', () => 0),
  course('always 90', () => 90),
  course('reversed', (h) => (h + 180) % 360),
  course('a quarter turned', (h) => (h + 90) % 360),
  { name: 'course 10 s late', spoil: (f) => ({ heading_deg: late(f, f.heading_deg, 10) }) },
];

const accuracy = (metres: number): Damage => ({
  name: `accuracy always ${metres}`,
  spoil: (f) => ({ accuracy_m: f.accuracy_m.map(() => metres) }),
});
export const ACCURACIES: Damage[] = [accuracy(0), accuracy(0.1), accuracy(1), accuracy(30), accuracy(1000)];
