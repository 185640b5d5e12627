// SPDX-License-Identifier: MIT
// What became of one log of a batch: its result, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import type { ReadOptions } from '../logs/read.ts';
import type { Result } from '../report/result.ts';
import type { AnalyzeOptions, Session, SessionOptions } from '../session.ts';

/** What all logs of a command share; workers get a copy. */
export interface Batch {
  session: SessionOptions;
  analyze: AnalyzeOptions;
  reading?: Partial<ReadOptions>;
}

export type Outcome = { result: Result } | { error: string };

export async function outcomeOf(
  session: Session,
  file: string,
  { analyze, reading }: Partial<Batch>,
): Promise<Outcome> {
  try {
    return { result: await session.run(file, analyze, reading) };
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
