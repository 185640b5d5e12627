// SPDX-License-Identifier: MIT
// Does what Lambda's event source mapping does: takes batches off the queue, invokes the function, deletes
// what it has done, and leaves the rest to come again when its visibility timeout ends.
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Emulator } from './emulator.ts';
import { REGION } from './servers.ts';

export function toEvent(messages: readonly Message[]): SQSEvent {
  return {
    Records: messages.map(
      (message) =>
        ({
          messageId: message.MessageId ?? '',
          receiptHandle: message.ReceiptHandle ?? '',
          body: message.Body ?? '',
          attributes: message.Attributes as unknown as SQSRecord['attributes'],
          messageAttributes: Object.fromEntries(
            Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
              name,
              { stringValue: value.StringValue, dataType: value.DataType ?? 'String' },
            ]),
          ),
          md5OfBody: message.MD5OfBody ?? '',
          eventSource: 'aws:sqs',
          eventSourceARN: `arn:aws:sqs:${REGION}:000000000000:logs`,
          awsRegion: REGION,
        }) as SQSRecord,
    ),
  };
}

export interface Batch {
  messages: number;
  returned: number;
  /** Of the invocation. */
  ms: number;
  /** What went wrong with the whole invocation, if it did. */
  error: string | undefined;
}

/** Ids to come again; all of them when the invocation failed as a whole. */
function returnedIds(status: number, body: string): Set<string> | string {
  if (status !== 200) return `HTTP ${status}`;
  let answer: Partial<SQSBatchResponse> & { errorType?: string };
  try {
    answer = JSON.parse(body);
  } catch {
    return body.slice(0, 200);
  }
  if (!answer?.batchItemFailures) return answer?.errorType ?? 'no answer';
  return new Set(answer.batchItemFailures.map((f) => f.itemIdentifier));
}

export async function pollOnce(sqs: SQSClient, queue: string, emulator: Emulator, wait: number): Promise<Batch> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  if (Messages.length === 0) return { messages: 0, returned: 0, ms: 0, error: undefined };
  const begin = performance.now();
  const { status, body } = await emulator.invoke(toEvent(Messages));
  const ms = performance.now() - begin;
  const returned = returnedIds(status, body);
  const messages = Messages.length;
  if (typeof returned === 'string') return { messages, returned: messages, ms, error: returned };
  const done = Messages.filter((m) => !returned.has(m.MessageId ?? ''));
  if (done.length > 0) {
    const entries = done.map((m, i) => ({ Id: String(i), ReceiptHandle: m.ReceiptHandle ?? '' }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries: entries }));
  }
  return { messages, returned: returned.size, ms, error: undefined };
}
