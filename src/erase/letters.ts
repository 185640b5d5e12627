// SPDX-License-Identifier: MIT
// Letters of a dead-letter queue: each is looked at once; those that name the subject are deleted, the others given back.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Longer than a queue takes to be read through: 120,000 letters at most are out at a time. */
const HIDDEN_SECONDS = 3_600;
/** A queue that seems empty may have more on another of its servers. */
const EMPTY_ANSWERS = 2;

async function receive(sqs: SQSClient, queue: string): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: HIDDEN_SECONDS,
      WaitTimeSeconds: 1,
    }),
  );
  return Messages;
}

const entries = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle = '' }, i) => ({ Id: String(i), ReceiptHandle }));

async function giveBack(sqs: SQSClient, queue: string, messages: readonly Message[]): Promise<void> {
  for (let i = 0; i < messages.length; i += 10) {
    const Entries = entries(messages.slice(i, i + 10)).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queue, Entries }));
  }
}

/** Number of letters that `wanted` says yes to; with `dry` they stay. */
export async function removeLetters(
  sqs: SQSClient,
  queue: string,
  wanted: (body: string) => boolean,
  dry: boolean,
): Promise<number> {
  const others: Message[] = [];
  let found = 0;
  try {
    for (let empty = 0; empty < EMPTY_ANSWERS; ) {
      const messages = await receive(sqs, queue);
      empty = messages.length === 0 ? empty + 1 : 0;
      const [theirs, rest] = [true, false].map((is) => messages.filter((m) => wanted(m.Body ?? '') === is)) as [
        Message[],
        Message[],
      ];
      found += theirs.length;
      others.push(...rest, ...(dry ? theirs : []));
      if (theirs.length === 0 || dry) continue;
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries: entries(theirs) }));
    }
  } finally {
    await giveBack(sqs, queue, others);
  }
  return found;
}

/** Messages that wait or are being worked on. */
export async function waiting(sqs: SQSClient, queue: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: taken } = Attributes;
  return Number(visible ?? 0) + Number(taken ?? 0);
}
