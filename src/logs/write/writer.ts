// SPDX-License-Identifier: MIT
// Writes a log in a form that this program reads back as the same fixes: positions to 1e-8 degrees, times to 1 ms,
// speeds to 1 mm/s. The text comes in parts, so that no log is held as one string.
import type { Fixes } from '../../types.ts';

export interface WrittenLog {
  /** Name of the drive. */
  id: string;
  fixes: Fixes;
}

export interface LogWriter {
  readonly name: string;
  /** Of files, without the dot. */
  readonly ending: string;
  write(log: WrittenLog): Generator<string>;
}

/** The values of one fix as text; empty where the log does not say. */
export interface FixText {
  time: string;
  lat: string;
  lon: string;
  speed_mps: string;
  heading_deg: string;
  accuracy_m: string;
}

const decimal = (value: number | undefined, digits: number): string =>
  value === undefined || Number.isNaN(value) ? '' : String(Number(value.toFixed(digits)));

/** Without an exponent, which no reader of positions expects. */
const degrees = (value: number | undefined): string => (value ?? 0).toFixed(8).replace(/\.?0+$/, '');

export function fixText(fixes: Fixes, i: number): FixText {
  return {
    time: new Date(Math.round(fixes.time_ms[i] ?? 0)).toISOString(),
    lat: degrees(fixes.lat[i]),
    lon: degrees(fixes.lon[i]),
    speed_mps: decimal(fixes.speed_mps[i], 3),
    heading_deg: decimal(fixes.heading_deg[i], 2),
    accuracy_m: decimal(fixes.accuracy_m[i], 2),
  };
}

const PART = 1000;

/** `line` of each fix, joined to parts of a thousand. */
export function* parts(fixes: Fixes, line: (fix: FixText, i: number) => string): Generator<string> {
  for (let from = 0; from < fixes.count; from += PART) {
    let text = '';
    for (let i = from; i < Math.min(fixes.count, from + PART); i++) text += line(fixText(fixes, i), i);
    yield text;
  }
}
