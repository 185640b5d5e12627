// SPDX-License-Identifier: MIT
// What becomes of a log that fails. Transient: the message goes back to its queue. Permanent: a failure
// object is stored and the job goes to the dead-letter queue with its reason, and no retry is burnt.
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { toMetadata } from '../erase/labels.ts';
import { TomareError } from '../errors.ts';
import { VERSION } from '../report/version.ts';
import type { Progress } from './job.ts';
import { failureKey, nameOf } from './keys.ts';
import { labelsOf, sourceOf } from './origin.ts';
import type { Parts } from './parts.ts';
import { named, ServiceFault } from './service.ts';
import { metadataOf, store } from './store.ts';

/** Errors of our own that another attempt may not meet. */
const TRANSIENT = new Set(['LOG_CHANGED', 'TIME_LEFT']);
/** A new thread, or more time, serves the next attempt; what fails there too is the log's own doing. */
const ONCE_MORE = new Set(['TRAP', 'OUT_OF_MEMORY', 'LOG_SLOW']);

export function isPermanent(error: unknown, receives: number): error is TomareError {
  if (!(error instanceof TomareError) || TRANSIENT.has(error.errorName)) return false;
  return !ONCE_MORE.has(error.errorName) || receives > 1;
}

/** For logs and metrics: never a message, which may quote the log or its key. */
export interface Reason {
  reason: string;
  /** Of a service that answered so, with its HTTP status; 0: there was no answer. */
  operation?: string;
  status?: number;
}

export function reasonOf(error: unknown): Reason {
  if (error instanceof TomareError) return { reason: error.errorName };
  if (error instanceof ServiceFault) {
    return { reason: error.name, operation: error.operation, status: error.status };
  }
  return { reason: error instanceof Error ? error.name : 'Error' };
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

/** Attributes of a letter; a message that has them is a letter that a person has redriven. */
const attributeOf = (record: SQSRecord, name: string) => record.messageAttributes[name]?.stringValue;

/** The failure object says whether its letter is sent, and for which message; nobody else's is sent twice. */
async function isSent(parts: Parts, key: string, record: SQSRecord, signal: AbortSignal): Promise<boolean> {
  const { message, letter } = await metadataOf(parts.s3, { bucket: parts.config.outputBucket, key }, signal);
  const redriven = attributeOf(record, 'reason') !== undefined;
  if (message === record.messageId) return letter === 'sent';
  return !redriven;
}

/**
 * Once for each message: the failure object is the mark. It is made before the letter is sent and says so afterwards; a
 * process that dies between the two leaves a letter that the message's next attempt sends. A redriven letter comes back.
 */
export async function settleFailure(
  parts: Parts,
  record: SQSRecord,
  failed: Failed,
  signal: AbortSignal,
): Promise<void> {
  const { config, s3, sqs } = parts;
  const body = failed.job ? JSON.stringify(failed.job) : record.body;
  const id = failed.id ?? nameOf(body);
  const key = failureKey(config.outputPrefix, id);
  const object = {
    bucket: config.outputBucket,
    key,
    bytes: Buffer.from(failureText(failed)),
    format: 'ndjson' as const,
  };
  const labels = failed.job ? toMetadata(labelsOf({ ...failed, job: failed.job, id })) : {};
  const marked = (letter: 'due' | 'sent') => ({
    ...object,
    metadata: { ...labels, message: record.messageId, letter },
  });
  const stored = await store(s3, marked('due'), signal);
  if (stored === 'unchanged' && (await isSent(parts, key, record, signal))) return;
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  const letter = new SendMessageCommand({
    QueueUrl: config.deadLetterUrl,
    MessageBody: body,
    MessageAttributes: {
      reason: text(failed.error.errorName),
      code: text(String(failed.error.code)),
      failure: text(id),
    },
  });
  await named('SendMessage', sqs.send(letter, { abortSignal: signal }));
  await store(s3, marked('sent'), signal, true);
}

/** After the success of a letter that was redriven, its failure object goes. */
export async function clearFailure({ config, s3 }: Parts, record: SQSRecord, signal: AbortSignal): Promise<void> {
  const id = attributeOf(record, 'failure');
  if (id === undefined || !/^[0-9a-f]{40}$/.test(id)) return;
  const place = { Bucket: config.outputBucket, Key: failureKey(config.outputPrefix, id) };
  await named('DeleteObject', s3.send(new DeleteObjectCommand(place), { abortSignal: signal }));
}
