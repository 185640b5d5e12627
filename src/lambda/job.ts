// SPDX-License-Identifier: MIT
// One job: read the log, analyze it, store the result and what was asked for beside it.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { toMetadata } from '../erase/labels.ts';
import { TomareError } from '../errors.ts';
import { readStream } from '../logs/read.ts';
import { type Format, render } from '../report/formats.ts';
import type { Result } from '../report/result.ts';
import { headLog, type LogHead, withLog } from './fetch.ts';
import { enterGeneration } from './generations.ts';
import { resultKey, workId } from './keys.ts';
import type { Job } from './messages.ts';
import { labelsOf, type Origin, owned, sourceOf } from './origin.ts';
import type { Parts } from './parts.ts';
import { fileEnding, type Stored, store } from './store.ts';

/** How far a job came; a failure is named by it. */
export interface Progress {
  /** None when the message itself is the fault. */
  job: Job | undefined;
  head?: LogHead;
  /** Name of the work; none before its settings are known. */
  id?: string;
}

type Known = Origin & { id: string; generation: string };

async function storeAll(parts: Parts, origin: Known, result: Result, signal: AbortSignal): Promise<Stored> {
  const { config, s3 } = parts;
  const { job, id, generation } = origin;
  const metadata = toMetadata(labelsOf(origin, result));
  const keyOf = (ending: string) => {
    const name = { start: result.drive.start, generation, id };
    if (job.result_key === undefined) return resultKey(config.outputPrefix, name, ending);
    return `${config.outputPrefix}${job.result_key}${ending === 'ndjson' ? '' : `.${ending}`}`;
  };
  const put = (format: Format) => {
    const object = { bucket: config.outputBucket, key: keyOf(fileEnding(format)), metadata };
    return store(s3, { ...object, text: render([result], format), format }, signal);
  };
  for (const format of new Set(job.formats ?? [])) if (format !== 'ndjson') await put(format);
  return put('ndjson');
}

export async function processJob(parts: Parts, job: Job, progress: Progress, signal: AbortSignal): Promise<Stored> {
  const { config, session, s3 } = parts;
  if (!config.inputBuckets.has(job.bucket)) throw new TomareError('BUCKET');
  const { bucket, key } = job;
  const plan = session.plan({ ...job, id: key });
  const identity = plan.identity();
  const work = { bucket, key, etag: '', ...identity };
  progress.id = workId(work);
  const head = await headLog(s3, job, config.limits.objectBytes, signal);
  progress.head = head;
  progress.id = workId({ ...work, etag: head.etag });
  const { totalBytes, fixes } = config.limits;
  const options = { ...plan.reading, limits: { totalBytes, fixes } };
  const log = await withLog(s3, job, head, signal, (bytes) => readStream(job.key, bytes, options));
  const generation = await enterGeneration(parts, identity, signal);
  const origin = { job, head, id: progress.id, generation };
  const result = owned(plan.analyze(log, sourceOf(origin)), origin);
  parts.metrics.addMetric('Fixes', MetricUnit.Count, result.drive.fixes);
  parts.metrics.addMetric('Findings', MetricUnit.Count, result.findings.length);
  return storeAll(parts, origin, result, signal);
}
