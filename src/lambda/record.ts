// SPDX-License-Identifier: MIT
// One record of the queue: its jobs in turn, within the time that is left, and what became of each.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSRecord } from 'aws-lambda';
import { clearFailure, isPermanent, reasonOf, settleFailure } from './failures.ts';
import { handOver } from './heavy.ts';
import { type Done, type Progress, processJob } from './job.ts';
import { type Job, parseMessage } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ResultBatch, Seat } from './result_batch.ts';
import type { BatchTime } from './time.ts';

const receivesOf = (record: SQSRecord) => Number(record.attributes.ApproximateReceiveCount);
const OUTCOME = {
  stored: 'Stored',
  unchanged: 'Unchanged',
  ignored: 'Ignored',
  heavy: 'HandedOver',
} as const satisfies Record<Done, string>;

function report(parts: Parts, record: SQSRecord, outcome: string, begin: number, error?: unknown): void {
  const ms = Math.round(performance.now() - begin);
  parts.metrics.addMetric(`Logs${outcome}`, MetricUnit.Count, 1);
  parts.metrics.addMetric('LogDuration', MetricUnit.Milliseconds, ms);
  const entry = { message_id: record.messageId, receives: receivesOf(record), ms };
  if (error === undefined) parts.logger.info(outcome, entry);
  else parts.logger.warn(outcome, { ...entry, ...reasonOf(error) });
  // written out now: an invocation that runs out of time would take them with it
  parts.metrics.publishStoredMetrics();
}

/** One step of a record: a permanent failure is settled here; a transient one is the whole record's. */
async function attempt<T>(
  parts: Parts,
  record: SQSRecord,
  time: BatchTime,
  progress: Progress,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  const begin = performance.now();
  try {
    time.check();
    return await work();
  } catch (error) {
    try {
      if (!isPermanent(error, receivesOf(record))) throw error;
      await settleFailure(parts, record, { ...progress, error }, time.signal);
    } catch (returned) {
      report(parts, record, 'Returned', begin, returned);
      throw returned;
    }
    report(parts, record, 'Failed', begin, error);
    return undefined;
  }
}

async function doJob(parts: Parts, record: SQSRecord, progress: Progress, seat: Seat, job: Job): Promise<Done> {
  const done = await processJob(parts, job, progress, seat);
  if (done === 'heavy') await handOver(parts, record, job, seat.time.signal);
  return done;
}

export async function processRecord(parts: Parts, record: SQSRecord, results: ResultBatch): Promise<void> {
  const { time } = results;
  const jobs = (await attempt(parts, record, time, { job: undefined }, () => parseMessage(record.body))) ?? [];
  time.expect(jobs.length - 1);
  let all = jobs.length > 0;
  for (const job of jobs) {
    const progress: Progress = { job };
    await parts.lane(async () => {
      const begin = performance.now();
      const seat = results.seat(receivesOf(record));
      const work = () => doJob(parts, record, progress, seat, job);
      const done = await attempt(parts, record, time, progress, work).finally(() => seat.leave());
      if (done === undefined || done === 'heavy') all = false;
      if (done !== undefined) report(parts, record, OUTCOME[done], begin);
    });
  }
  if (all) await clearFailure(parts, record, time.signal);
}
