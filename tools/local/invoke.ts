// SPDX-License-Identifier: MIT
// `npm run invoke -- event.json`: sends one SQS event to the emulator of `npm run local`. A file that holds
// {"bucket", "key"} only is wrapped into one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toEvent } from './poller.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: npm run invoke -- event.json');
const state = join(import.meta.dirname, '..', '..', 'build', 'lambda', 'local.json');
if (!existsSync(state)) throw new Error('nothing runs here; start `npm run local` first');
const { url } = JSON.parse(readFileSync(state, 'utf8'));
const value = JSON.parse(readFileSync(file, 'utf8'));
const message = {
  MessageId: 'invoke',
  Body: JSON.stringify(value),
  Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) } as Record<string, string>,
};
const event = Array.isArray(value.Records) && value.Records[0]?.body !== undefined ? value : toEvent([message]);
const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
process.stdout.write(`${answer.status} ${await answer.text()}\n`);
