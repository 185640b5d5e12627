// SPDX-License-Identifier: MIT
// What became of one log of a batch: its result, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import { readLog } from '../logs/read.ts';
import { type Feature, lineFeatures } from '../report/matched.ts';
import type { Result } from '../report/result.ts';
import type { AnalyzeOptions, Session, SessionOptions } from '../session.ts';

/** What all logs of a command share; workers get a copy. */
export interface Batch {
  session: SessionOptions;
  analyze: AnalyzeOptions;
  /** With the lines of the ways driven. */
  lines?: boolean;
}

export type Outcome = { result: Result; lines?: Feature[] } | { error: string };

export async function outcomeOf(
  session: Session,
  file: string,
  options: AnalyzeOptions,
  withLines = false,
): Promise<Outcome> {
  try {
    if (!withLines) return { result: await session.run(file, options) };
    const plan = session.plan(options);
    const log = await readLog(file, plan.reading);
    const result = plan.analyze(log);
    const lines = lineFeatures({ id: result.drive.id, trace: plan.trace(log), zone: plan.reading.timeZone });
    return { result, lines };
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
