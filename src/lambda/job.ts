// SPDX-License-Identifier: MIT
// One job: read the log, analyze it, store the result and what was asked for beside it.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { TomareError } from '../errors.ts';
import { readStream } from '../logs/read.ts';
import type { Format } from '../report/formats.ts';
import { headLog, withLog } from './fetch.ts';
import { formOf, type Judged } from './forms.ts';
import { resultKey, workId } from './keys.ts';
import type { Job } from './messages.ts';
import type { Parts } from './parts.ts';
import { fileEnding, type Stored, store } from './store.ts';

/** How far a job came; a failure is named by it. */
export interface Progress {
  /** None when the message itself is the fault. */
  job: Job | undefined;
  etag?: string;
  /** Name of the work; none before its settings are known. */
  id?: string;
}

async function storeAll(parts: Parts, job: Job, id: string, judged: Judged, signal: AbortSignal): Promise<Stored> {
  const { config, s3 } = parts;
  const { result } = judged;
  const keyOf = (ending: string) => {
    if (job.result_key === undefined) return resultKey(config.outputPrefix, result.drive.start, id, ending);
    return `${config.outputPrefix}${job.result_key}${ending === 'ndjson' ? '' : `.${ending}`}`;
  };
  const put = async (format: Format) => {
    const key = keyOf(fileEnding(format));
    return store(s3, { bucket: config.outputBucket, key, text: await formOf(format, judged), format }, signal);
  };
  for (const format of new Set(job.formats ?? [])) if (format !== 'ndjson') await put(format);
  return put('ndjson');
}

export async function processJob(parts: Parts, job: Job, progress: Progress, signal: AbortSignal): Promise<Stored> {
  const { config, session, s3 } = parts;
  if (!config.inputBuckets.has(job.bucket)) throw new TomareError('BUCKET');
  const plan = session.plan(job);
  const { bucket, key } = job;
  const work = { bucket, key, etag: '', ...plan.identity() };
  progress.id = workId(work);
  const head = await headLog(s3, job, config.limits.objectBytes, signal);
  progress.etag = head.etag;
  progress.id = workId({ ...work, etag: head.etag });
  const { totalBytes, fixes } = config.limits;
  const options = { ...plan.reading, limits: { totalBytes, fixes } };
  const log = await withLog(s3, job, head, signal, (bytes) => readStream(job.key, bytes, options));
  const result = plan.analyze(log, { bucket, key, etag: head.etag });
  parts.metrics.addMetric('Fixes', MetricUnit.Count, result.drive.fixes);
  parts.metrics.addMetric('Findings', MetricUnit.Count, result.findings.length);
  return storeAll(parts, job, progress.id, { session, options: job, log, result }, signal);
}
