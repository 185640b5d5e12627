// SPDX-License-Identifier: MIT
// One record of the queue: its jobs in turn, within the time that is left, and what became of each.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSRecord } from 'aws-lambda';
import { TomareError } from '../errors.ts';
import { errorName, isPermanent, settleFailure } from './failures.ts';
import { type Progress, processJob } from './job.ts';
import { parseMessage } from './messages.ts';
import type { Parts } from './parts.ts';

type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Kept back for the answer itself. */
const ANSWER_MS = 1_000;

/**
 * Runs `work` with a signal that ends every request, with its retries, before the function's time is over.
 * A timer of our own, for AbortSignal.timeout would keep all that listens to it until its time has come.
 */
async function within<T>(context: Context, reserveMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const left = context.getRemainingTimeInMillis();
  const over = new AbortController();
  if (left < reserveMs) over.abort();
  const timer = setTimeout(() => over.abort(), Math.max(left - ANSWER_MS, 0));
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
  }
}

function report(parts: Parts, record: SQSRecord, outcome: string, begin: number, error?: unknown): void {
  const ms = Math.round(performance.now() - begin);
  parts.metrics.addMetric(`Logs${outcome}`, MetricUnit.Count, 1);
  parts.metrics.addMetric('LogDuration', MetricUnit.Milliseconds, ms);
  const entry = { message_id: record.messageId, receives: Number(record.attributes.ApproximateReceiveCount), ms };
  if (error === undefined) parts.logger.info(outcome, entry);
  else parts.logger.warn(outcome, { ...entry, reason: errorName(error) });
}

/** One step of a record: a permanent failure is settled here; a transient one is the whole record's. */
async function attempt<T>(parts: Parts, record: SQSRecord, context: Context, progress: Progress, work: Work<T>) {
  const begin = performance.now();
  return within(context, parts.config.reserveMs, async (signal) => {
    try {
      if (signal.aborted) throw new TomareError('TIME_LEFT');
      const done = await work(signal);
      if (progress.job) report(parts, record, done === 'stored' ? 'Stored' : 'Unchanged', begin);
      return done;
    } catch (error) {
      const permanent = isPermanent(error, Number(record.attributes.ApproximateReceiveCount));
      if (permanent) await settleFailure(parts, record, { ...progress, error }, signal);
      report(parts, record, permanent ? 'Failed' : 'Returned', begin, error);
      if (!permanent) throw error;
      return undefined;
    }
  });
}

export async function processRecord(parts: Parts, record: SQSRecord, context: Context): Promise<void> {
  const message: Progress = { job: undefined };
  const jobs = await attempt(parts, record, context, message, async () => parseMessage(record.body));
  for (const job of jobs ?? []) {
    const progress: Progress = { job };
    await attempt(parts, record, context, progress, (signal) => processJob(parts, job, progress, signal));
  }
}
