// SPDX-License-Identifier: MIT
// Hands a log that is large to the queue of the function that has the time for it, before its body is read. That function
// knows no such queue, so a log is handed over once.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { Job } from './messages.ts';
import type { Parts } from './parts.ts';
import { named } from './service.ts';

/** Attributes of a letter that was redriven; they go with the job, so that its failure is cleared or its letter comes back. */
const LETTER = ['reason', 'code', 'failure'];

export function isHeavy({ config }: Parts, bytes: number): boolean {
  return config.heavy !== undefined && bytes >= config.heavy.bytes;
}

/** @throws ServiceFault: then the message comes again */
export async function handOver(
  { config, sqs }: Parts,
  record: SQSRecord,
  job: Job,
  signal: AbortSignal,
): Promise<void> {
  const attributes = LETTER.flatMap((name) => {
    const StringValue = record.messageAttributes[name]?.stringValue;
    return StringValue === undefined ? [] : [[name, { DataType: 'String', StringValue }] as const];
  });
  const message = new SendMessageCommand({
    QueueUrl: config.heavy?.queueUrl,
    MessageBody: JSON.stringify(job),
    MessageAttributes: Object.fromEntries(attributes),
  });
  await named('SendMessage', sqs.send(message, { abortSignal: signal }));
}
