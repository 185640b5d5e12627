// SPDX-License-Identifier: MIT
// The part of a drive's matched route on which a finding lies, as a line.
import type { Matched } from './matched.ts';
import { fixesOfStretches, passed } from './path.ts';
import type { Result } from './result.ts';

type Finding = Result['findings'][number];

/** Rules that are broken along a way, not at a place. */
const ALONG: ReadonlySet<string> = new Set(['speeding', 'minimum-speed', 'wrong-way', 'no-entry']);

/** Whether a finding is a stretch of road; the others are places. */
export const isStretch = ({ rule }: Pick<Finding, 'rule'>) => ALONG.has(rule);

const round = (value: number) => Number(value.toFixed(7));

/** The lines of one drive's findings. */
export class StretchLines {
  private readonly matched: Matched;
  private readonly fixes: number[][];

  constructor(matched: Matched) {
    this.matched = matched;
    this.fixes = fixesOfStretches(matched.trace);
  }

  /** Corners as [lon, lat] from the first to the last fix that proves it; fewer than two where the car was on no road. */
  of({ evidence }: Finding): [lon: number, lat: number][] {
    const { trace } = this.matched;
    const from = trace.time_ms[evidence.first_fix] ?? Number.NaN;
    const to = trace.time_ms[evidence.last_fix] ?? Number.NaN;
    const line: [number, number][] = [];
    for (const [k, stretch] of trace.stretches.entries()) {
      if (stretch.exit_ms < from || stretch.enter_ms > to) continue;
      for (const p of passed(trace, stretch, this.fixes[k] ?? [])) {
        if (p.ms < from || p.ms > to) continue;
        const point: [number, number] = [round(p.lon), round(p.lat)];
        if (point.some((value, i) => value !== line.at(-1)?.[i])) line.push(point);
      }
    }
    return line;
  }
}
