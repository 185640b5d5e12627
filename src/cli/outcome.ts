// SPDX-License-Identifier: MIT
// What became of one log of a batch: what the command wants of it, or why there is none. A bad log fails alone.
import { describe } from '../errors.ts';
import { type ReadOptions, readLog } from '../logs/read.ts';
import type { Matched } from '../report/matched.ts';
import type { FormatFacts } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import { isStretch } from '../report/stretch.ts';
import type { AnalyzeOptions, Plan, Session, SessionOptions } from '../session.ts';
import type { Fixes, Log } from '../types.ts';

type Needs = FormatFacts['needs'];

/** The route as matched, and the fixes as logged. */
export interface Drawn {
  matched: Matched;
  fixes: Fixes;
}

/** What a command can want of a log, by name. */
export interface Parts {
  /** `drawn`: what a format draws beside the result, where the batch needs it. */
  result: { result: Result; drawn?: Drawn };
  /** No rule is judged. */
  matched: { matched: Matched };
}
export type Want = keyof Parts;

/** What all logs of a command share; workers get a copy. */
export interface Batch<W extends Want = Want> {
  want: W;
  session: SessionOptions;
  analyze: AnalyzeOptions;
  reading?: Partial<ReadOptions>;
  /** With what a format draws beside the result. Default: nothing. */
  needs?: Needs;
}

export type Outcome<W extends Want = 'result'> = Parts[W] | { error: string };

/** Whether the format draws something of this drive. */
function isDrawn(result: Result, needs: Needs | undefined): boolean {
  if (needs === 'stretches') return result.route !== undefined || result.findings.some(isStretch);
  return needs === 'drive';
}

const matched = (plan: Plan, log: Log): Matched => ({ id: log.id, trace: plan.trace(log), zone: plan.zoneOf(log) });

const MAKE: { [W in Want]: (plan: Plan, log: Log, needs: Needs | undefined) => Parts[W] } = {
  result(plan, log, needs) {
    const result = plan.analyze(log);
    return isDrawn(result, needs) ? { result, drawn: { matched: matched(plan, log), fixes: log.fixes } } : { result };
  },
  matched: (plan, log) => ({ matched: matched(plan, log) }),
};

/** `error` names the file. */
export async function outcomeOf<W extends Want = 'result'>(
  session: Session,
  file: string,
  { want = 'result' as W, analyze, reading, needs }: Partial<Batch<W>>,
): Promise<Outcome<W>> {
  try {
    const plan = session.plan(analyze);
    return MAKE[want](plan, await readLog(file, { ...plan.reading, ...reading }), needs);
  } catch (error) {
    const message = describe(error);
    return { error: message.includes(file) ? message : `${file}: ${message}` };
  }
}
