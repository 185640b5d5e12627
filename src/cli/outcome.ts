// SPDX-License-Identifier: MIT
// What became of one log of a batch: what the command wants of it, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import { type ReadOptions, readLog } from '../logs/read.ts';
import type { Matched } from '../report/matched.ts';
import type { Result } from '../report/result.ts';
import { isStretch } from '../report/stretch.ts';
import type { AnalyzeOptions, Plan, Session, SessionOptions } from '../session.ts';
import type { Trace } from '../trace.ts';
import type { Fixes, Log } from '../types.ts';

/** What a command can want of a log, by name. */
export interface Parts {
  result: { result: Result };
  /** With the route as it was matched, where the result has a route or a finding that is a stretch of it. */
  stretches: { result: Result; matched?: Matched };
  /** No rule is judged. */
  matched: { matched: Matched };
  /** All that a report shows. */
  page: { result: Result; trace: Trace; fixes: Fixes; zone: string };
}
export type Want = keyof Parts;
/** What a result is written from. */
export type DriveWant = Exclude<Want, 'matched'>;

/** What all logs of a command share; workers get a copy. */
export interface Batch<W extends Want = Want> {
  want: W;
  session: SessionOptions;
  analyze: AnalyzeOptions;
  reading?: Partial<ReadOptions>;
}

export type Outcome<W extends Want = 'result'> = Parts[W] | { error: string };

const MAKE: { [W in Want]: (plan: Plan, log: Log) => Parts[W] } = {
  result: (plan, log) => ({ result: plan.analyze(log) }),
  stretches(plan, log) {
    const result = plan.analyze(log);
    if (result.route === undefined && !result.findings.some(isStretch)) return { result };
    return { result, matched: { id: result.drive.id, trace: plan.trace(log), zone: plan.zoneOf(log) } };
  },
  matched: (plan, log) => ({ matched: { id: log.id, trace: plan.trace(log), zone: plan.zoneOf(log) } }),
  page: (plan, log) => ({
    result: plan.analyze(log),
    trace: plan.trace(log),
    fixes: log.fixes,
    zone: plan.zoneOf(log),
  }),
};

/** `error` names the file. */
export async function outcomeOf<W extends Want = 'result'>(
  session: Session,
  file: string,
  batch: Partial<Batch<W>>,
): Promise<Outcome<W>> {
  const make = MAKE[(batch.want ?? 'result') as W];
  try {
    const plan = session.plan(batch.analyze);
    return make(plan, await readLog(file, { ...plan.reading, ...batch.reading }));
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
