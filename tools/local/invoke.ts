// SPDX-License-Identifier: MIT
// `npm run invoke -- event.json`: sends one event to the emulator of `npm run local` and prints what came of it. A file
// that holds a message's body only, such as {"bucket", "key"}, is wrapped into an event.
import { existsSync, readFileSync } from 'node:fs';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { parseMessage } from '../../src/lambda/messages.ts';
import { toEvent } from './poller.ts';
import { CREDENTIALS, REGION } from './servers.ts';
import { OUTPUT, STATE } from './stack.ts';

const USAGE = `usage: npm run invoke -- FILE.json

FILE holds an event of SQS, or the body of one message:
  {"bucket": "tomare-logs", "key": "logs/stop-run.csv", "formats": ["csv"]}
It is sent to the function of \`npm run local\`, which must be running; its result or its letter is printed.
`;

interface State {
  url: string;
  s3: string;
  sqs: string;
  dead: string;
}

function eventOf(text: string): SQSEvent {
  const value = JSON.parse(text);
  if (Array.isArray(value.Records) && value.Records[0]?.body !== undefined) return value;
  const Attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) } as Record<string, string>;
  return toEvent([{ MessageId: `invoke-${process.pid}`, Body: JSON.stringify(value), Attributes }]);
}

/** "bucket/key" of the logs that an event names; a message that names none has its letter all the same. */
function logsOf(event: SQSEvent): Set<string> {
  return new Set(
    event.Records.flatMap(({ body }) => {
      try {
        return parseMessage(body).map(({ bucket, key }) => `${bucket}/${key}`);
      } catch {
        return [];
      }
    }),
  );
}

interface Output {
  drive?: { source?: { bucket: string; key: string } };
  log?: { bucket: string; key: string };
}

/** The results and failure objects of these logs, and whatever was written since. */
async function outputs({ s3: endpoint }: State, logs: ReadonlySet<string>, since: Date): Promise<string[]> {
  const s3 = new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: OUTPUT }));
  const lines: string[] = [];
  for (const { Key = '', LastModified = since } of Contents) {
    const text = (await (await s3.send(new GetObjectCommand({ Bucket: OUTPUT, Key }))).Body?.transformToString()) ?? '';
    const value: Output = Key.endsWith('.ndjson') ? JSON.parse(text) : {};
    const log = value.log ?? value.drive?.source;
    if (Key.includes('generations/')) continue;
    const fresh = LastModified.getTime() >= since.getTime() - 1_000; // S3 counts seconds
    if ((log && logs.has(`${log.bucket}/${log.key}`)) || fresh) lines.push(`s3://${OUTPUT}/${Key}\n${text.trimEnd()}`);
  }
  return lines;
}

/** The letters that are there; they stay. */
async function letters({ sqs: endpoint, dead }: State): Promise<string[]> {
  const sqs = new SQSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const request = { QueueUrl: dead, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request));
  return Messages.map((m) => `letter ${m.MessageAttributes?.['reason']?.StringValue ?? 'without a reason'}: ${m.Body}`);
}

async function invoke(file: string): Promise<void> {
  if (!existsSync(STATE)) throw new Error('nothing runs here; start `npm run local` first');
  const state: State = JSON.parse(readFileSync(STATE, 'utf8'));
  const event = eventOf(readFileSync(file, 'utf8'));
  const [before, since] = [await letters(state), new Date()];
  const answer = await fetch(state.url, { method: 'POST', body: JSON.stringify(event) });
  process.stdout.write(`${answer.status} ${await answer.text()}\n`);
  const fresh = (await letters(state)).filter((letter) => !before.includes(letter));
  for (const text of [...(await outputs(state, logsOf(event), since)), ...fresh]) process.stdout.write(`${text}\n`);
}

const [file] = process.argv.slice(2);
if (file === undefined || file === '--help' || file === '-h') {
  process.stdout.write(USAGE);
  process.exitCode = file === undefined ? 2 : 0;
} else {
  await invoke(file).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
