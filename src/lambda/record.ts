// SPDX-License-Identifier: MIT
// One record of the queue: its jobs in turn, within the time that is left, and what became of each.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSRecord } from 'aws-lambda';
import { TomareError } from '../errors.ts';
import { errorName, isPermanent, settleFailure } from './failures.ts';
import { type Progress, processJob } from './job.ts';
import { type Job, parseMessage } from './messages.ts';
import type { Parts } from './parts.ts';

/** Kept back for the answer itself. */
const ANSWER_MS = 1_000;

/** Ends every request, with its retries, before the function's time is over. */
function timeFor(context: Pick<Context, 'getRemainingTimeInMillis'>, reserveMs: number): AbortSignal {
  const left = context.getRemainingTimeInMillis();
  if (left < reserveMs) throw new TomareError('TIME_LEFT', `${left} ms`);
  return AbortSignal.timeout(Math.max(left - ANSWER_MS, 1));
}

function report(parts: Parts, record: SQSRecord, outcome: string, begin: number, error?: unknown): void {
  const ms = Math.round(performance.now() - begin);
  parts.metrics.addMetric(`Logs${outcome}`, MetricUnit.Count, 1);
  parts.metrics.addMetric('LogDuration', MetricUnit.Milliseconds, ms);
  const entry = { message_id: record.messageId, receives: Number(record.attributes.ApproximateReceiveCount), ms };
  if (error === undefined) parts.logger.info(outcome, entry);
  else parts.logger.warn(outcome, { ...entry, reason: errorName(error) });
}

export async function processRecord(parts: Parts, record: SQSRecord, context: Context): Promise<void> {
  let begin = performance.now();
  let progress: Progress = { job: undefined };
  let signal = AbortSignal.abort();
  const attempt = async <T>(work: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      signal = timeFor(context, parts.config.reserveMs);
      return await work();
    } catch (error) {
      const permanent = isPermanent(error, Number(record.attributes.ApproximateReceiveCount));
      if (permanent) await settleFailure(parts, record, { ...progress, error }, signal);
      report(parts, record, permanent ? 'Failed' : 'Returned', begin, error);
      if (!permanent) throw error;
      return undefined;
    }
  };
  const jobs: Job[] = (await attempt(() => parseMessage(record.body))) ?? [];
  for (const job of jobs) {
    begin = performance.now();
    progress = { job };
    const stored = await attempt(() => processJob(parts, job, progress, signal));
    if (stored !== undefined) report(parts, record, stored === 'stored' ? 'Stored' : 'Unchanged', begin);
  }
}
