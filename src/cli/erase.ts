// SPDX-License-Identifier: MIT
// `tomare erase`: deletes what the batch keeps of a driver, a vehicle or a prefix of keys.
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { erase } from '../erase/erase.ts';
import { subjectOf } from '../erase/subject.ts';
import { TomareError } from '../errors.ts';
import { warn } from './warn.ts';

export interface EraseOptions {
  driver?: string;
  vehicle?: string;
  key?: string;
  results: string;
  prefix: string;
  logs?: string;
  deadLetters: string[];
  queue: string[];
  dryRun: boolean;
}

/** Number of messages that may make something anew. */
export async function eraseSubject(options: EraseOptions): Promise<number> {
  const { driver, vehicle, key, results: bucket, prefix, logs, deadLetters, queue: queues, dryRun } = options;
  const given = Object.entries({ driver, vehicle, key }).filter(([, value]) => value !== undefined);
  const subject = subjectOf(Object.fromEntries(given));
  if (prefix !== '' && !prefix.endsWith('/')) throw new TomareError('USAGE', '--prefix ends in "/"');
  const clients = { s3: new S3Client({}), sqs: new SQSClient({}) };
  const done = await erase(clients, { bucket, prefix, logs, deadLetters, queues }, subject, dryRun);
  const { objects, letters, days, waiting } = done;
  const kept = logs === undefined ? 'logs stay' : `${done.logs} logs`;
  process.stdout.write(`${dryRun ? 'would erase' : 'erased'}: ${objects} objects, ${letters} letters, ${kept}\n`);
  if (days > 0) process.stdout.write(`tables of ${days} days are written anew\n`);
  if (waiting > 0) warn(`${waiting} messages are not done yet; erase once more when the queue is empty`);
  return waiting;
}
