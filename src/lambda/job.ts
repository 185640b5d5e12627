// SPDX-License-Identifier: MIT
// One job: read the log, analyze it, store the result and what was asked for beside it.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { TomareError } from '../errors.ts';
import type { Format } from '../report/formats.ts';
import type { AnalyzeOptions } from '../session.ts';
import { type OpenLog, openLog } from './fetch.ts';
import { exportKey, isReserved, nameOf, resultKey, workId } from './keys.ts';
import type { Job } from './messages.ts';
import type { Parts } from './parts.ts';
import { fileEnding, metadataOf, type Stored, store } from './store.ts';
import type { Analyzed } from './tasks.ts';
import type { BatchTime } from './time.ts';

/** How far a job came; a failure is named by it. */
export interface Progress {
  /** None when the message itself is the fault. */
  job: Job | undefined;
  etag?: string;
  /** Name of the work; none before its settings are known. */
  id?: string;
}

/** `ignored`: there is nothing to analyze. */
export type Done = Stored | 'ignored';

/** The formats in the order in which they are stored: the result comes last, and first where it claims a key of the sender. */
function formatsOf(job: Job): Format[] {
  const beside = [...new Set(job.formats ?? [])].filter((format) => format !== 'ndjson');
  return job.result_key === undefined ? [...beside, 'ndjson'] : ['ndjson', ...beside];
}

/** @throws TomareError RESULT_KEY where the sender's key holds other work */
async function storeAll(parts: Parts, job: Job, id: string, analyzed: Analyzed, signal: AbortSignal): Promise<Stored> {
  const { config, s3 } = parts;
  const keyOf = (format: Format) => {
    const ending = fileEnding(format);
    if (job.result_key !== undefined)
      return `${config.outputPrefix}${job.result_key}${format === 'ndjson' ? '' : `.${ending}`}`;
    const { start } = analyzed;
    return format === 'ndjson'
      ? resultKey(config.outputPrefix, start, id)
      : exportKey(config.outputPrefix, start, id, ending);
  };
  let outcome: Stored = 'unchanged';
  for (const { format, bytes } of analyzed.texts) {
    const place = { bucket: config.outputBucket, key: keyOf(format) };
    const stored = await store(s3, { ...place, bytes, format, metadata: { work: id } }, signal);
    if (stored === 'unchanged' && job.result_key !== undefined) {
      const holder = await metadataOf(s3, place, signal);
      if (holder['work'] !== id) throw new TomareError('RESULT_KEY', 'it holds the result of other work');
    }
    if (format === 'ndjson') outcome = stored;
  }
  return outcome;
}

function optionsOf({ vehicle, profile, settings, route, all }: Job): AnalyzeOptions {
  return { vehicle, profile, settings, route, all };
}

function analyze(parts: Parts, job: Job, id: string, log: OpenLog, time: BatchTime): Promise<Stored> {
  const { bucket, key } = job;
  const { totalBytes, fixes, rows } = parts.config.limits;
  const task = {
    name: key,
    source: { bucket, key, etag: log.etag },
    options: optionsOf(job),
    limits: { totalBytes, fixes, rows },
    formats: formatsOf(job),
  };
  return parts.analyst.analyze(task, log, time, (analyzed) => {
    parts.metrics.addMetric('Fixes', MetricUnit.Count, analyzed.fixes);
    parts.metrics.addMetric('Findings', MetricUnit.Count, analyzed.findings);
    return storeAll(parts, job, id, analyzed, time.signal);
  });
}

export async function processJob(parts: Parts, job: Job, progress: Progress, time: BatchTime): Promise<Done> {
  const { config, s3, analyst } = parts;
  if (!config.inputBuckets.has(job.bucket)) throw new TomareError('BUCKET');
  const { bucket, key } = job;
  const work = { bucket, key, etag: '', ...(await analyst.identity(optionsOf(job))) };
  // a key that is refused is no fault of the log: its failure has a name of its own
  const nameFailure = (id: string) => {
    progress.id = job.result_key === undefined ? id : nameOf(id, job.result_key);
  };
  nameFailure(workId(work));
  if (job.result_key !== undefined && isReserved(job.result_key)) throw new TomareError('RESULT_KEY', 'it is reserved');
  const log = await parts.fetches(() => openLog(s3, job, config.limits.objectBytes, time.signal));
  if (log === 'folder') return 'ignored';
  try {
    progress.etag = log.etag;
    const id = workId({ ...work, etag: log.etag });
    nameFailure(id);
    return await analyze(parts, job, id, log, time);
  } finally {
    log.close();
  }
}
