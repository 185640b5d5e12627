// SPDX-License-Identifier: MIT
// Counts of many drives: who, where, how often, and how sure a rate is.
import type { PageDrive, PageExposure, PageFinding } from './model.ts';

export interface Rate {
  value: number;
  low: number;
  high: number;
}

/** Quantile of chi-squared with `k` degrees of freedom at the normal deviate `z` (Wilson & Hilferty 1931). */
const chiSquared = (k: number, z: number) =>
  k === 0 ? 0 : k * Math.max(0, 1 - 2 / (9 * k) + z * Math.sqrt(2 / (9 * k))) ** 3;
const Z90 = 1.6448536269514722;

/** Events per 100 km with the 90 % interval of a Poisson count (Garwood 1936). */
export function per100(events: number, metres: number): Rate {
  const hundreds = metres / 100_000;
  if (hundreds <= 0) return { value: 0, low: 0, high: 0 };
  return {
    value: events / hundreds,
    low: chiSquared(2 * events, -Z90) / 2 / hundreds,
    high: chiSquared(2 * events + 2, Z90) / 2 / hundreds,
  };
}

export const isViolation = (f: PageFinding) => f.verdict === 'violated';
/** Rules with one verdict a place: the others are judged by distance. */
export const BY_PLACE = new Set(['stop-sign', 'level-crossing', 'turn-ban', 'no-entry', 'wrong-way']);

export interface Totals {
  metres: number;
  violations: number;
  lawful: number;
  undetermined: number;
  /** Places with a verdict of any kind. */
  places: number;
}

export function totalsOf(drives: readonly PageDrive[]): Totals {
  const totals: Totals = { metres: 0, violations: 0, lawful: 0, undetermined: 0, places: 0 };
  for (const drive of drives) {
    totals.metres += drive.distance_m;
    totals.violations += drive.findings.filter(isViolation).length;
    for (const e of drive.exposure) {
      if (!BY_PLACE.has(e.rule)) continue;
      totals.lawful += e.complied;
      totals.undetermined += e.undetermined;
      totals.places += e.complied + e.violated + e.undetermined;
    }
  }
  return totals;
}

export interface Group {
  who: string;
  drives: number[];
  totals: Totals;
  rate: Rate;
  stops: { complied: number; judged: number };
}

/** Who drove: the driver, or else the vehicle, or else the drive. */
export const whoOf = (drive: PageDrive) => drive.driver_id || drive.vehicle_id || drive.id;

/** What `whoOf` names, when drives of all kinds are in one list. */
export const kindOfWho = (drives: readonly PageDrive[]) =>
  drives.some((d) => d.driver_id) ? 'driver' : drives.some((d) => d.vehicle_id) ? 'vehicle' : 'drive';

/** Groups by driver, most violations per 100 km first; equal ones by name. */
export function ranking(drives: readonly PageDrive[]): Group[] {
  const by = new Map<string, number[]>();
  drives.forEach((drive, i) => {
    const who = whoOf(drive);
    by.set(who, [...(by.get(who) ?? []), i]);
  });
  const groups = [...by].map(([who, list]) => {
    const own = list.flatMap((i) => drives[i] ?? []);
    const totals = totalsOf(own);
    return { who, drives: list, totals, rate: per100(totals.violations, totals.metres), stops: stopsOf(own) };
  });
  return groups.sort((a, b) => b.rate.low - a.rate.low || b.rate.value - a.rate.value || (a.who < b.who ? -1 : 1));
}

export function stopsOf(drives: readonly PageDrive[], rule = 'stop-sign'): { complied: number; judged: number } {
  let [complied, judged] = [0, 0];
  for (const e of drives.flatMap((d) => d.exposure)) {
    if (e.rule !== rule) continue;
    complied += e.complied;
    judged += e.complied + e.violated;
  }
  return { complied, judged };
}

/** Counts of each rule over all drives, of those that were met. */
export function rulesOf(drives: readonly PageDrive[]): PageExposure[] {
  const sums = new Map<string, PageExposure>();
  for (const e of drives.flatMap((d) => d.exposure)) {
    const sum = sums.get(e.rule) ?? { rule: e.rule, passed: 0, complied: 0, violated: 0, undetermined: 0, judged_m: 0 };
    sum.passed += e.passed;
    sum.complied += e.complied;
    sum.violated += e.violated;
    sum.undetermined += e.undetermined;
    sum.judged_m += e.judged_m;
    sums.set(e.rule, sum);
  }
  return [...sums.values()].filter((s) => s.passed + s.violated + s.undetermined + s.judged_m > 0);
}

/** Violations and metres by ISO week of the drive's start, in order of time. */
export function weeks(drives: readonly PageDrive[]): { monday: number; violations: number; metres: number }[] {
  const DAY = 86_400_000;
  const by = new Map<number, { monday: number; violations: number; metres: number }>();
  for (const drive of drives) {
    const day = Math.floor(drive.start_ms / DAY);
    const monday = (day - ((day + 3) % 7)) * DAY;
    const week = by.get(monday) ?? { monday, violations: 0, metres: 0 };
    week.violations += drive.findings.filter(isViolation).length;
    week.metres += drive.distance_m;
    by.set(monday, week);
  }
  return [...by.values()].sort((a, b) => a.monday - b.monday);
}
