// SPDX-License-Identifier: MIT
// Findings against truth: what each true event became, whether each claim is true, and what the fixes could have
// told at all.
import type { Analysis, Finding, Verdict } from '../../src/types.ts';
import { type Drive, STEP_S, type TrueEvent } from './drives.ts';
import type { Receiver } from './receivers.ts';

export type Answer = Verdict | 'none';

export interface Judged {
  drive: Drive;
  event: TrueEvent;
  answer: Answer;
  finding: Finding | undefined;
  determinable: boolean;
  /** The same by the plain definition: no stop hides where one counts, and a lawful path nearby excuses nothing. */
  plainly: boolean;
}

/** A claim is a finding `violated`; `unscored` where the truth itself does not tell. */
export interface Claim {
  drive: Drive;
  finding: Finding;
  truth: 'true' | 'false' | 'unscored';
  /** Speeding where no sign gives the limit: judged by the highest that tags and law allow. */
  unsigned: boolean;
}

const ORDER: Answer[] = ['violated', 'possible', 'undetermined', 'complied', 'none'];
const BRAKE = 3.5;
const ACCELERATE = 2.5; // m/s²: what a car reaches
const STOPPED = 0.5;
const WALKING = 7 / 3.6;
const TOWN = 30 / 3.6;
const DETOUR_M = 60;
const NEAR_SAMPLES = 20;

const seconds = (drive: Drive, f: Finding): [number, number] => [
  (f.start_ms - drive.start_ms) / 1000,
  (f.end_ms - drive.start_ms) / 1000,
];

/** Whether a finding speaks of the event. */
function concerns(drive: Drive, f: Finding, e: TrueEvent, interval_s: number): boolean {
  if (f.rule !== e.rule) return false;
  const [begin, end] = seconds(drive, f);
  const slack = interval_s + 3;
  switch (f.rule) {
    case 'stop-sign':
      return f.node === e.node && begin - 60 < e.t && e.t < end + 60;
    case 'level-crossing':
      return begin - slack < e.t && e.t < end + slack;
    case 'turn-ban':
      return e.relations?.includes(f.relation) === true && begin - 20 - slack < e.t && e.t < end + 20 + slack;
    default:
      return begin - slack < (e.t_end ?? e.t) && e.t < end + slack;
  }
}

/** A finding `complied` at a broken place is that of the pass before or after, where one was obeyed. */
const ofAnother = (drive: Drive, f: Finding, e: TrueEvent, interval_s: number): boolean =>
  f.verdict === 'complied' &&
  e.state === 'violated' &&
  drive.events.some((other) => other.state === 'complied' && concerns(drive, f, other, interval_s));

/** Samples of the drive between two times. */
function* samples(drive: Drive, from_s: number, to_s: number): Generator<number> {
  const last = Math.min(drive.count - 1, Math.ceil(to_s / STEP_S));
  for (let k = Math.max(0, Math.floor(from_s / STEP_S)); k <= last; k++) yield k;
}

/** Whether the driver was truly above the signed limit for half of the finding; without a sign, above the highest that may hold. */
function trulySpeeding(drive: Drive, f: Finding): Pick<Claim, 'truth' | 'unsigned'> {
  const [begin, end] = seconds(drive, f);
  let [above, all] = [0, 0];
  let [unsigned, untold] = [false, false];
  for (const k of samples(drive, begin, end)) {
    const { limit, cap } = drive.route[drive.item(k)] ?? { limit: 0, cap: 0 };
    if (limit === 0) unsigned = true;
    if (cap === 0) untold = true;
    all++;
    above += drive.speed(k) * 3.6 > cap ? 1 : 0;
  }
  return { truth: untold ? 'unscored' : above * 2 >= all ? 'true' : 'false', unsigned };
}

/** Whether the place of the finding lies where the truth names none of its rule. */
function untold(drive: Drive, f: Finding): boolean {
  const edges = drive.untold_m[f.rule];
  if (edges === undefined) return false;
  const east = Math.cos((f.lat * Math.PI) / 180);
  let nearest = Number.POSITIVE_INFINITY;
  let path = Number.NaN;
  for (const k of samples(drive, ...seconds(drive, f))) {
    const far = Math.hypot(drive.lat(k) - f.lat, (drive.lon(k) - f.lon) * east);
    if (far >= nearest) continue;
    nearest = far;
    path = drive.path(k);
  }
  return path <= drive.begin_m + edges[0] || path >= drive.end_m - edges[1];
}

function claimOf(drive: Drive, finding: Finding, interval_s: number): Claim {
  const about = drive.events.filter((e) => concerns(drive, finding, e, interval_s));
  const states = new Set(about.map((e) => e.state));
  let truth: Claim['truth'] = states.has('violated') ? 'true' : states.has('unknown') ? 'unscored' : 'false';
  if (finding.rule === 'speeding' && truth === 'false') return { drive, finding, ...trulySpeeding(drive, finding) };
  if (truth === 'false' && untold(drive, finding)) truth = 'unscored';
  return { drive, finding, truth, unsigned: false };
}

/** The lowest speed that may hide between two fixes. */
const hidden = (v1: number, v2: number, dt: number) =>
  Math.max(0, Math.min(v1, v2, (v1 / BRAKE + v2 / ACCELERATE - dt) / (1 / BRAKE + 1 / ACCELERATE)));

/** Metres before and after the line: what the product looks at, and where a stop counts as one (truth.py). */
const LOOKED_AT = { before: 40, after: 25 };
const AT_THE_LINE: Record<string, typeof LOOKED_AT> = {
  'stop-sign': { before: 12, after: 2 },
  'level-crossing': { before: 17, after: 0 },
};

function stopDeterminable(
  drive: Drive,
  e: TrueEvent,
  receiver: Receiver,
  at: readonly number[],
  { before, after } = LOOKED_AT,
): boolean {
  const error = 2 * (receiver.doppler_mps ?? 1);
  const slow = (k: number) => Math.max(0, drive.speed(k) - error);
  const inside = (k: number) => drive.path(k) > e.path_m - before && drive.path(k) < e.path_m + after;
  let seen = false;
  for (let i = 0; i + 1 < at.length; i++) {
    const [a, b] = [at[i] ?? 0, at[i + 1] ?? 0];
    const across = drive.path(a) <= e.path_m - before && drive.path(b) >= e.path_m + after;
    if (!inside(a) && !inside(b) && !across) continue;
    seen = seen || inside(a) || inside(b) || (across && b - a <= NEAR_SAMPLES);
    if (e.state === 'violated' && hidden(slow(a), slow(b), (b - a) * STEP_S) <= STOPPED) return false;
  }
  if (e.state === 'violated') return seen;
  return at.some((k) => drive.path(k) > e.path_m - 15 && drive.path(k) < e.path_m + 10 && drive.speed(k) <= STOPPED);
}

function stretchDeterminable(drive: Drive, e: TrueEvent, at: readonly number[], metres: number): boolean {
  const on = at.filter((k) => drive.path(k) > e.path_m && drive.path(k) < (e.end_m ?? 0) && drive.speed(k) > WALKING);
  const lasted = ((on.at(-1) ?? 0) - (on[0] ?? 0)) * STEP_S;
  return (e.end_m ?? 0) - e.path_m >= metres && on.length >= 3 && lasted >= 4;
}

function turnDeterminable(drive: Drive, e: TrueEvent, at: readonly number[]): boolean {
  const begin = e.path_m;
  const end = e.path_m + (e.via_m ?? 0);
  const next = at.findIndex((k) => drive.path(k) > end);
  const before = at.findLastIndex((k) => drive.path(k) <= begin);
  if (before < 1 || next < 0 || next + 1 >= at.length) return false;
  for (let i = before; i < next; i++) {
    const [a, b] = [at[i] ?? 0, at[i + 1] ?? 0];
    const speed = Math.max(drive.speed(a), drive.speed(b), TOWN);
    if (speed * (b - a) * STEP_S - (drive.path(b) - drive.path(a)) > DETOUR_M) return false;
  }
  return true;
}

function speedDeterminable(e: TrueEvent, receiver: Receiver): boolean {
  const beyond = (e.over_kmh ?? 0) - Math.max(5, 0.05 * (e.limit ?? 0));
  const error = 2 * 3.6 * (receiver.doppler_mps ?? 1);
  return (e.core_s ?? 0) >= 5 + 2 * receiver.interval_s && beyond > error / 2;
}

/** Whether perfect knowledge of the road and the fixes' true speeds would decide the event (docs/ACCURACY.md). */
function determinable(drive: Drive, e: TrueEvent, receiver: Receiver, at: readonly number[]): boolean {
  if (e.state === 'violated' && e.apart_m !== undefined && e.apart_m < 3 * receiver.sigma_m) return false;
  switch (e.rule) {
    case 'stop-sign':
    case 'level-crossing':
      return stopDeterminable(drive, e, receiver, at);
    case 'wrong-way':
      return stretchDeterminable(drive, e, at, 40);
    case 'no-entry':
      return stretchDeterminable(drive, e, at, 30);
    case 'turn-ban':
      return turnDeterminable(drive, e, at);
    default:
      return speedDeterminable(e, receiver);
  }
}

function plainlyDeterminable(drive: Drive, e: TrueEvent, receiver: Receiver, at: readonly number[]): boolean {
  const zone = AT_THE_LINE[e.rule];
  if (zone) return stopDeterminable(drive, e, receiver, at, zone);
  return determinable(drive, { ...e, apart_m: undefined }, receiver, at);
}

export interface Scored {
  events: Judged[];
  claims: Claim[];
  /** Rules of the findings `possible`. */
  possible: string[];
}

/** `at`: the samples that became fixes. */
export function score(drive: Drive, analysis: Analysis, receiver: Receiver, at: readonly number[]): Scored {
  const events = drive.events
    .filter((e) => e.state !== 'unknown')
    .map((event) => {
      const about = analysis.findings.filter(
        (f) => concerns(drive, f, event, receiver.interval_s) && !ofAnother(drive, f, event, receiver.interval_s),
      );
      about.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
      const [finding] = about;
      const answer: Answer = finding?.verdict ?? 'none';
      const told = determinable(drive, event, receiver, at);
      return {
        drive,
        event,
        answer,
        finding,
        determinable: told,
        plainly: plainlyDeterminable(drive, event, receiver, at),
      };
    });
  const claims = analysis.findings
    .filter((f) => f.verdict === 'violated')
    .map((f) => claimOf(drive, f, receiver.interval_s));
  const possible = analysis.findings.filter((f) => f.verdict === 'possible').map((f) => f.rule);
  return { events, claims, possible };
}
