// SPDX-License-Identifier: MIT
// What became of one log of a batch: its result, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import { type ReadOptions, readLog } from '../logs/read.ts';
import { type Feature, lineFeatures } from '../report/matched.ts';
import type { Result } from '../report/result.ts';
import type { AnalyzeOptions, Session, SessionOptions } from '../session.ts';

/** What all logs of a command share; workers get a copy. */
export interface Batch {
  session: SessionOptions;
  analyze: AnalyzeOptions;
  reading?: Partial<ReadOptions>;
  /** With the lines of the ways driven. */
  lines?: boolean;
}

export type Outcome = { result: Result; lines?: Feature[] } | { error: string };

export async function outcomeOf(
  session: Session,
  file: string,
  { analyze, reading, lines }: Partial<Batch>,
): Promise<Outcome> {
  try {
    if (lines !== true) return { result: await session.run(file, analyze, reading) };
    const plan = session.plan(analyze);
    const log = await readLog(file, { ...plan.reading, ...reading });
    const result = plan.analyze(log);
    const trace = plan.trace(log);
    return { result, lines: lineFeatures({ id: result.drive.id, trace, zone: plan.zoneOf(log) }) };
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
