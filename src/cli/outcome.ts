// SPDX-License-Identifier: MIT
// What became of one log of a batch: its result, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import { type ReadOptions, readLog } from '../logs/read.ts';
import type { Matched } from '../report/matched.ts';
import type { FormatFacts } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import { isStretch } from '../report/stretch.ts';
import type { AnalyzeOptions, Session, SessionOptions } from '../session.ts';
import type { Fixes } from '../types.ts';

type Needs = FormatFacts['needs'];

/** What all logs of a command share; workers get a copy. */
export interface Batch {
  session: SessionOptions;
  analyze: AnalyzeOptions;
  reading?: Partial<ReadOptions>;
  /** With what a format draws beside the result. Default: nothing. */
  needs?: Needs;
}

/** The route as matched, and the fixes as logged. */
export interface Drawn {
  matched: Matched;
  fixes: Fixes;
}

export type Outcome = { result: Result; drawn?: Drawn } | { error: string };

/** Whether the format draws something of this drive. */
function isDrawn(result: Result, needs: Needs | undefined): boolean {
  if (needs === 'stretches') return result.route !== undefined || result.findings.some(isStretch);
  return needs === 'drive';
}

export async function outcomeOf(
  session: Session,
  file: string,
  { analyze, reading, needs }: Partial<Batch>,
): Promise<Outcome> {
  try {
    const plan = session.plan(analyze);
    const log = await readLog(file, { ...plan.reading, ...reading });
    const result = plan.analyze(log);
    if (!isDrawn(result, needs)) return { result };
    const matched = { id: result.drive.id, trace: plan.trace(log), zone: plan.zoneOf(log) };
    return { result, drawn: { matched, fixes: log.fixes } };
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
