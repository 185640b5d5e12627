// SPDX-License-Identifier: MIT
// What becomes of a log that fails. Transient: the message goes back to its queue. Permanent: a failure
// object is stored and the job goes to the dead-letter queue with its reason, and no retry is burnt.
import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { toMetadata } from '../erase/labels.ts';
import { TomareError } from '../errors.ts';
import { VERSION } from '../report/version.ts';
import type { Progress } from './job.ts';
import { failureKey } from './keys.ts';
import { labelsOf, sourceOf } from './origin.ts';
import type { Parts } from './parts.ts';
import { store } from './store.ts';

/** Errors of our own that another attempt may not meet. */
const TRANSIENT = new Set(['LOG_CHANGED', 'TIME_LEFT']);
/** A new instance serves the next attempt; what fails there too is the log's own doing. */
const ONCE_MORE = new Set(['TRAP', 'OUT_OF_MEMORY']);

export function isPermanent(error: unknown, receives: number): error is TomareError {
  if (!(error instanceof TomareError) || TRANSIENT.has(error.errorName)) return false;
  return !ONCE_MORE.has(error.errorName) || receives > 1;
}

/** For logs and metrics: never a message, which may quote the log or its key. */
export function errorName(error: unknown): string {
  if (error instanceof TomareError) return error.errorName;
  return error instanceof Error ? error.name : 'Error';
}

export type Failed = Progress & { error: TomareError };

/** What is known of whose it was, as the result would have said it. */
function ownerOf({ job, head }: Failed) {
  if (!job) return {};
  const { driver = null, vehicle = null } = labelsOf({ job, head });
  const { etag, ...source } = sourceOf({ job, head });
  return { drive: { id: job.key, vehicle_id: vehicle, driver_id: driver }, log: { ...source, etag: etag || null } };
}

function failureText(failed: Failed): string {
  const { error } = failed;
  return `${JSON.stringify({
    schema: 'tomare.failure/1',
    ...ownerOf(failed),
    engine: { version: VERSION },
    error: { code: error.code, name: error.errorName, message: error.message },
  })}\n`;
}

/** Whether this message made the failure object that is there, and may have died before its letter. */
async function madeBy(parts: Parts, key: string, record: SQSRecord, signal: AbortSignal): Promise<boolean> {
  const request = new HeadObjectCommand({ Bucket: parts.config.outputBucket, Key: key });
  const head = await parts.s3.send(request, { abortSignal: signal });
  return head.Metadata?.['message'] === record.messageId;
}

/**
 * Once: the failure object is the mark that a letter was sent. It is sent again only when an earlier
 * attempt of the same message may have died between the two, or when a person has redriven the letter.
 */
export async function settleFailure(parts: Parts, record: SQSRecord, failed: Failed, signal: AbortSignal) {
  const { config, s3, sqs } = parts;
  const body = failed.job ? JSON.stringify(failed.job) : record.body;
  const id = failed.id ?? createHash('sha256').update(body).digest('hex').slice(0, 40);
  const key = failureKey(config.outputPrefix, id);
  const object = { bucket: config.outputBucket, key, text: failureText(failed), format: 'ndjson' as const };
  const labels = failed.job ? toMetadata(labelsOf({ ...failed, job: failed.job, id })) : {};
  const stored = await store(s3, { ...object, metadata: { ...labels, message: record.messageId } }, signal);
  const redriven = 'reason' in record.messageAttributes;
  if (stored === 'unchanged' && !redriven && !(await madeBy(parts, key, record, signal))) return;
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  const letter = new SendMessageCommand({
    QueueUrl: config.deadLetterUrl,
    MessageBody: body,
    MessageAttributes: { reason: text(failed.error.errorName), code: text(String(failed.error.code)) },
  });
  await sqs.send(letter, { abortSignal: signal });
}
