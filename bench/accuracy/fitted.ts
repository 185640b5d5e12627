// SPDX-License-Identifier: MIT
// Receivers fitted to measured logs of phones and trackers. Their errors are a sum of processes, each with its own time:
// drift, one-sided runs, jumps, and what a standing receiver does. fitted.test.ts holds the statistics.
import { Plane } from '../../mapdata/demo/plane.ts';
import { random } from '../../mapdata/demo/simulate.ts';
import type { Fixes } from '../../src/types.ts';
import { type Drive, STEP_S } from './drives.ts';
import { gaussian, type Motion, motionOf } from './motion.ts';

export interface Fitted {
  /** How much later than the position the speed and course are, seconds. */
  late_s: number;
  /** An hour: stretches of minutes to one side, jumps, silences. */
  runs: number;
  jumps: number;
  gaps: number;
  /** Share of the stands at which position and course are held. */
  holds: number;
  /** The receiver tells an accuracy, coarse and too good. */
  tells: boolean;
  /** Speeds in whole km/h, courses in whole degrees. */
  whole: boolean;
}

/** Drift: share of the variance and correlation time of each process, seconds. */
const DRIFT: readonly (readonly [share: number, seconds: number])[] = [
  [0.35, 30],
  [0.65, 120],
];
/** The drift's own error, of the robust one of all. */
const BARE = 0.92;
const RUN = { least_s: 60, most_s: 320, least_m: 11, most_m: 16, ramp_s: 5 };
const JUMP = { least_s: 5, most_s: 25, least_m: 12, most_m: 40, ramp_s: 2, shown: 0.5 };
const GAP = { least_s: 3, most_s: 154 };
/** Metres that a standing receiver wanders: log-normal; seconds in which it does, and in which it comes back. */
const STAND = { median_m: 3.1, spread: 1.2, most_m: 40, out_s: 8, back_s: 20, least_s: 2, slow: 0.15 };
const STANDING_MPS = 0.2;
/** Shares of any course at all, below 1 m/s and from 1 to 2 m/s. */
const ANY_COURSE = [0.9, 0.14] as const;
/** The radii that are told, metres, and their share of the true one of 68 %. */
const LADDER = [3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48];
const OPTIMISM = 0.75;
const RADIUS_68 = 1.515;
/** Errors are made at whole seconds. */
const PER_S = Math.round(1 / STEP_S);

type Stand = { begin: number; end: number; held: boolean; east: number; north: number };

interface Errors {
  x: Float64Array;
  y: Float64Array;
  /** What a velocity shows of the jumps, m/s. */
  vx: Float64Array;
  vy: Float64Array;
  stands: Stand[];
  told: Float64Array;
}

const between = (next: () => number, low: number, high: number) => low + (high - low) * next();

/** Begins of events that come at random, so many an hour, seconds. */
function begins(next: () => number, perHour: number, seconds: number): number[] {
  const all: number[] = [];
  for (let t = 0; perHour > 0; ) {
    t += (-Math.log(1 - next()) * 3600) / perHour;
    if (t >= seconds) break;
    all.push(t);
  }
  return all;
}

/** From 0 to 1 and back over the edges of an event. */
const risen = (t: number, begin: number, end: number, ramp_s: number) =>
  Math.max(0, Math.min(1, (t - begin) / ramp_s, (end - t) / ramp_s));

function standsOf(drive: Drive, next: () => number, holds: number): Stand[] {
  const stands: Stand[] = [];
  const gauss = gaussian(next);
  for (let k = 0; k < drive.count; k++) {
    if (drive.speed(k) > STANDING_MPS) continue;
    const begin = k;
    while (k < drive.count && drive.speed(k) <= STANDING_MPS) k++;
    if ((k - begin) * STEP_S < STAND.least_s) continue;
    const far = Math.min(STAND.most_m, STAND.median_m * Math.exp(STAND.spread * gauss()));
    const angle = between(next, 0, 2 * Math.PI);
    const [east, north] = [far * Math.cos(angle), far * Math.sin(angle)];
    stands.push({ begin: begin * STEP_S, end: k * STEP_S, held: next() < holds, east, north });
  }
  return stands;
}

/** Each second of the drive: drift that is slow at a stand, runs, jumps, and the wandering of stands. */
function errorsOf(drive: Drive, sigma_m: number, p: Fitted, seed: number, m: Motion): Errors {
  const next = random(seed);
  const gauss = gaussian(next);
  const count = Math.ceil(drive.count * STEP_S) + 2;
  const zeros = () => new Float64Array(count);
  const e: Errors = { x: zeros(), y: zeros(), vx: zeros(), vy: zeros(), stands: [], told: zeros() };
  e.stands = standsOf(drive, next, p.holds);
  drift(e, sigma_m, gauss, e.stands);
  for (const begin of begins(next, p.runs, count)) {
    const end = begin + between(next, RUN.least_s, RUN.most_s);
    const k = Math.min(drive.count - 1, Math.round(begin / STEP_S));
    const course = Math.atan2(m.vy[k] ?? 0, m.vx[k] ?? 0) + (next() < 0.5 ? 1 : -1) * (Math.PI / 2);
    const far = between(next, RUN.least_m, Math.max(RUN.most_m, 4 * sigma_m));
    push(e, { begin, end, ramp_s: RUN.ramp_s, east: far * Math.cos(course), north: far * Math.sin(course) }, false);
  }
  for (const begin of begins(next, p.jumps, count)) {
    const end = begin + between(next, JUMP.least_s, JUMP.most_s);
    const [far, angle] = [between(next, JUMP.least_m, JUMP.most_m), between(next, 0, 2 * Math.PI)];
    const jump = { begin, end, ramp_s: JUMP.ramp_s, east: far * Math.cos(angle), north: far * Math.sin(angle) };
    push(e, jump, next() < JUMP.shown);
  }
  wander(e);
  return e;
}

function drift(e: Errors, sigma_m: number, gauss: () => number, stands: readonly Stand[]): void {
  const states = DRIFT.map(([share]) => {
    const size = BARE * sigma_m * Math.sqrt(share);
    return [size * gauss(), size * gauss()] as [number, number];
  });
  let mood = gauss();
  for (let t = 0; t < e.x.length; t++) {
    const slow = stands.some((s) => t > s.begin && t < s.end) ? STAND.slow : 1;
    DRIFT.forEach(([share, seconds], i) => {
      const keep = Math.exp(-slow / seconds);
      const fresh = BARE * sigma_m * Math.sqrt(share * (1 - keep * keep));
      const state = states[i] as [number, number];
      for (const axis of [0, 1] as const) state[axis] = keep * state[axis] + fresh * gauss();
      e.x[t] = (e.x[t] ?? 0) + state[0];
      e.y[t] = (e.y[t] ?? 0) + state[1];
    });
    mood = Math.exp(-1 / 60) * mood + Math.sqrt(1 - Math.exp(-2 / 60)) * gauss();
    e.told[t] = OPTIMISM * RADIUS_68 * sigma_m * Math.exp(0.3 * mood);
  }
}

interface Push {
  begin: number;
  end: number;
  ramp_s: number;
  east: number;
  north: number;
}

function push(e: Errors, { begin, end, ramp_s, east, north }: Push, shown: boolean): void {
  for (let t = Math.floor(begin); t < Math.min(e.x.length, end + 1); t++) {
    const part = risen(t, begin, end, ramp_s);
    e.x[t] = (e.x[t] ?? 0) + part * east;
    e.y[t] = (e.y[t] ?? 0) + part * north;
    if (part > 0) e.told[t] = (e.told[t] ?? 0) * 1.3;
    if (!shown) continue;
    const rate = part - risen(t - 1, begin, end, ramp_s);
    e.vx[t] = rate * east;
    e.vy[t] = rate * north;
  }
}

/** What a stand adds, and how it fades once the car is under way. */
function wander(e: Errors): void {
  for (const s of e.stands) {
    if (s.held) continue;
    const reached = 1 - Math.exp(-(s.end - s.begin) / STAND.out_s);
    for (let t = Math.ceil(s.begin); t < Math.min(e.x.length, s.end + 5 * STAND.back_s); t++) {
      const part =
        t < s.end ? 1 - Math.exp(-(t - s.begin) / STAND.out_s) : reached * Math.exp(-(t - s.end) / STAND.back_s);
      e.x[t] = (e.x[t] ?? 0) + part * s.east;
      e.y[t] = (e.y[t] ?? 0) + part * s.north;
    }
  }
}

/** Whether the receiver is heard at each sample. */
export function silences(drive: Drive, p: Fitted, seed: number): (k: number) => boolean {
  const next = random(seed);
  const seconds = drive.count * STEP_S;
  const all = begins(next, p.gaps, seconds).map((begin) => [
    begin,
    begin + GAP.least_s * (GAP.most_s / GAP.least_s) ** next(),
  ]);
  return (k) => all.every(([begin = 0, end = 0]) => k * STEP_S < begin || k * STEP_S > end);
}

/** Values at whole seconds, taken at a sample. */
function at(values: Float64Array, k: number): number {
  const t = k / PER_S;
  const low = Math.floor(t);
  const [a, b] = [values[low] ?? 0, values[low + 1] ?? values[low] ?? 0];
  return a + (t - low) * (b - a);
}

const degrees = (east: number, north: number) => ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
const rung = (radius: number) => LADDER.findLast((r) => r <= radius * 1.12) ?? (LADDER[0] as number);

/** Fills the fixes at the given samples. */
export function fillFitted(
  fixes: Fixes,
  drive: Drive,
  receiver: { sigma_m: number; doppler_mps: number | null; fitted: Fitted },
  seed: number,
  samples: readonly number[],
): void {
  const { sigma_m, doppler_mps, fitted: p } = receiver;
  const plane = new Plane(drive.lat(0), drive.lon(0));
  const m = motionOf(drive, plane);
  const e = errorsOf(drive, sigma_m, p, seed, m);
  const next = random(seed + 7);
  const gauss = gaussian(next);
  const late = Math.round(p.late_s / STEP_S);
  let course = 0;
  let held: { stand: Stand; x: number; y: number } | undefined;
  let stand = 0;
  samples.forEach((k, i) => {
    while ((e.stands[stand]?.end ?? Number.POSITIVE_INFINITY) <= k * STEP_S) stand++;
    const s = e.stands[stand];
    const holds = s?.held && s.begin <= k * STEP_S;
    if (!holds) held = undefined;
    else if (held?.stand !== s) held = { stand: s, x: (m.x[k] ?? 0) + at(e.x, k), y: (m.y[k] ?? 0) + at(e.y, k) };
    const place = plane.position(held ?? { x: (m.x[k] ?? 0) + at(e.x, k), y: (m.y[k] ?? 0) + at(e.y, k) });
    fixes.time_ms[i] = drive.start_ms + Math.round(k * STEP_S * 1000);
    fixes.lat[i] = place.lat;
    fixes.lon[i] = place.lon;
    if (p.tells) fixes.accuracy_m[i] = rung(at(e.told, k));
    const [nx, ny, any, whither] = [gauss(), gauss(), next(), next()];
    if (doppler_mps === null) return;
    const then = Math.max(0, k - late);
    const east = (m.vx[then] ?? 0) + at(e.vx, k) + doppler_mps * nx;
    const north = (m.vy[then] ?? 0) + at(e.vy, k) + doppler_mps * ny;
    const speed = held ? 0 : Math.hypot(east, north);
    const truly = drive.speed(k);
    if (!held)
      course = any < (truly < 1 ? ANY_COURSE[0] : truly < 2 ? ANY_COURSE[1] : 0) ? 360 * whither : degrees(east, north);
    fixes.speed_mps[i] = p.whole ? Math.round(speed * 3.6) / 3.6 : speed;
    fixes.heading_deg[i] = p.whole ? Math.round(course) % 360 : course;
  });
}
