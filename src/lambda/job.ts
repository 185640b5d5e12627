// SPDX-License-Identifier: MIT
// One job: read the log, analyze it, store the result and what was asked for beside it.
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { toMetadata } from '../erase/labels.ts';
import { TomareError } from '../errors.ts';
import type { Format } from '../report/formats.ts';
import type { AnalyzeOptions } from '../session.ts';
import { type LogHead, type OpenLog, openLog } from './fetch.ts';
import { enterGeneration } from './generations.ts';
import { isHeavy } from './heavy.ts';
import { exportKey, isReserved, nameOf, resultKey, workId } from './keys.ts';
import { measureFindings } from './measures.ts';
import type { Job } from './messages.ts';
import { labelsOf, type Origin, people, sourceOf } from './origin.ts';
import type { Parts } from './parts.ts';
import type { Seat } from './result_batch.ts';
import { fileEnding, metadataOf, type Stored, store } from './store.ts';
import { type Analyzed, isLarge } from './tasks.ts';

/** How far a job came; a failure is named by it. */
export interface Progress {
  /** None when the message itself is the fault. */
  job: Job | undefined;
  head?: LogHead;
  /** Name of the work; none before its settings are known. */
  id?: string;
}

/** `ignored`: there is nothing to analyze; `heavy`: it is for another function. */
export type Done = Stored | 'ignored' | 'heavy';

/** The formats in the order in which they are stored: the result comes last, and first where it claims a key of the sender. */
function formatsOf(job: Job): Format[] {
  const beside = [...new Set(job.formats ?? [])].filter((format) => format !== 'ndjson');
  return job.result_key === undefined ? [...beside, 'ndjson'] : ['ndjson', ...beside];
}

type Known = Origin & { id: string; generation: string };

/** @throws TomareError RESULT_KEY where the sender's key holds other work */
async function storeAll(parts: Parts, origin: Known, analyzed: Analyzed, seat: Seat): Promise<Stored> {
  const { config, s3 } = parts;
  const { signal } = seat.time;
  const { job, id, generation } = origin;
  const metadata = toMetadata(labelsOf(origin, analyzed));
  const name = { start: analyzed.start, generation, id };
  const keyOf = (format: Format) => {
    const ending = fileEnding(format);
    if (job.result_key !== undefined)
      return `${config.outputPrefix}${job.result_key}${format === 'ndjson' ? '' : `.${ending}`}`;
    return format === 'ndjson' ? resultKey(config.outputPrefix, name) : exportKey(config.outputPrefix, name, ending);
  };
  let outcome: Stored = 'unchanged';
  // a large one is waited for before the next log is judged
  const hold = job.result_key === undefined && !isLarge(analyzed) ? seat.hold : undefined;
  for (const { format, bytes } of analyzed.texts) {
    if (format === 'ndjson' && hold) return hold(name, bytes);
    const place = { bucket: config.outputBucket, key: keyOf(format) };
    const stored = await store(s3, { ...place, bytes, format, metadata }, signal);
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

function analyze(parts: Parts, origin: Known, log: OpenLog, seat: Seat): Promise<Stored> {
  const { job, generation } = origin;
  const { totalBytes, fixes, rows } = parts.config.limits;
  const task = {
    name: job.key,
    source: sourceOf(origin),
    owner: { ...people(origin), generation },
    options: optionsOf(job),
    limits: { totalBytes, fixes, rows },
    formats: formatsOf(job),
  };
  return parts.analyst.analyze(task, log, seat.time, (analyzed) => {
    parts.metrics.addMetric('Fixes', MetricUnit.Count, analyzed.fixes);
    measureFindings(parts.metrics, analyzed.findings);
    return storeAll(parts, origin, analyzed, seat);
  });
}

export async function processJob(parts: Parts, job: Job, progress: Progress, seat: Seat): Promise<Done> {
  const { config, s3, analyst } = parts;
  const { signal } = seat.time;
  if (!config.inputBuckets.has(job.bucket)) throw new TomareError('BUCKET');
  const { bucket, key } = job;
  const identity = await analyst.identity(optionsOf(job));
  const work = { bucket, key, etag: '', ...identity };
  // a key that is refused is no fault of the log: its failure has a name of its own
  const nameFailure = (id: string) => {
    progress.id = job.result_key === undefined ? id : nameOf(id, job.result_key);
  };
  nameFailure(workId(work));
  if (job.result_key !== undefined && isReserved(job.result_key)) throw new TomareError('RESULT_KEY', 'it is reserved');
  const log = await parts.fetches(() => openLog(s3, job, config.limits.objectBytes, signal));
  if (log === 'folder') return 'ignored';
  try {
    const { head } = log;
    progress.head = head;
    const id = workId({ ...work, etag: head.etag });
    nameFailure(id);
    if (isHeavy(parts, log.bytes)) return 'heavy';
    const generation = await enterGeneration(parts, identity, signal);
    return await analyze(parts, { job, head, id, generation }, log, seat);
  } finally {
    log.close();
  }
}
