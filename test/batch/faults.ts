// SPDX-License-Identifier: MIT
// Every kind of fault and what becomes of it, as a table that this test makes: real S3, queue and function, and before them
// a proxy that gives the answers which those never give.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Message } from '@aws-sdk/client-sqs';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { CLOSED, INPUT, Stack, VERSIONED } from '../../tools/local/stack.ts';
import { FaultProxy, type Rule } from './proxy.ts';

const drive = (name: string) => readFileSync(join(DEMO_FOLDER, 'drives', `${name}.csv`));

interface Sent {
  body: unknown;
  /** How often the message has come, with this time. */
  receives?: number;
  id?: string;
  attributes?: Message['MessageAttributes'];
}

interface Case {
  fault: string;
  outcome: string;
  sent: Sent;
  rule?: Rule;
  before?: () => Promise<unknown>;
}

/** How late a line of the function's log may come. */
const LATE_MS = 3_000;

class Bench {
  readonly stack: Stack;
  readonly s3: FaultProxy;
  readonly sqs: FaultProxy;
  private seen = new Map<string, string>();
  private read = 0;
  private count = 0;
  letters: Message[] = [];

  constructor(stack: Stack, s3: FaultProxy, sqs: FaultProxy) {
    this.stack = stack;
    this.s3 = s3;
    this.sqs = sqs;
  }

  /** What the function's log says of the last message, without times and ids. */
  private async said(): Promise<string[]> {
    const path = join(this.stack.folder, 'function.log');
    const fresh = () => (existsSync(path) ? readFileSync(path, 'utf8') : '').slice(this.read);
    // the emulator passes a line on by itself, on a busy machine after the answer
    const end = Date.now() + LATE_MS;
    while (!/^\{"level".*\n/m.test(fresh()) && Date.now() < end) await setTimeout(20);
    const text = fresh();
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.read += whole.length;
    return whole.split('\n').flatMap((line) => {
      if (!line.startsWith('{"level"')) return [];
      const { message, reason, operation, status } = JSON.parse(line);
      return [[message, reason, operation, status].filter((part) => part !== undefined).join(' ')];
    });
  }

  /** New and vanished objects of the output bucket, by their folder. */
  private async changes(): Promise<string[]> {
    const outputs = await this.stack.outputs();
    // a generation is entered by whichever drive is its first
    const now = new Map([...outputs].filter(([key]) => !key.startsWith('generations/')));
    const folder = (key: string) => key.split('/')[0] ?? '';
    const made = [...now.keys()].filter((key) => !this.seen.has(key)).map((key) => `+${folder(key)}`);
    const gone = [...this.seen.keys()].filter((key) => !now.has(key)).map((key) => `-${folder(key)}`);
    this.seen = now;
    return [...made.sort(), ...gone.sort()];
  }

  async outcome({ sent, rule }: Case): Promise<string> {
    this.s3.rule = rule ?? (() => undefined);
    this.sqs.rule = rule ?? (() => undefined);
    const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body);
    const message = {
      MessageId: sent.id ?? `message-${this.count++}`,
      Body: body,
      Attributes: { ApproximateReceiveCount: String(sent.receives ?? 1) } as never,
      MessageAttributes: sent.attributes ?? {},
    };
    const answer = await this.stack.emulator.invoke(toEvent([message]));
    const failures = JSON.parse(answer.body).batchItemFailures as unknown[] | undefined;
    this.s3.rule = () => undefined;
    this.letters = await this.stack.deadLetters();
    const letters = this.letters.map((l) => `letter ${l.MessageAttributes?.['reason']?.StringValue}`);
    const back = failures === undefined ? ['error'] : failures.length > 0 ? ['comes again'] : [];
    return [...(await this.said()), ...(await this.changes()), ...letters, ...back].join(', ') || 'nothing';
  }
}

const log = (key: string, more: object = {}): Sent => ({ body: { bucket: INPUT, key, ...more } });
const on =
  (method: string, status: number, name: string, times = Number.POSITIVE_INFINITY): Rule =>
  (used) => {
    if (used !== method || times <= 0) return undefined;
    times--;
    return { status, name };
  };
const notification = (key: string, size: number) => ({
  Records: [
    { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: INPUT }, object: { key, size } } },
  ],
});
const FAILED = (reason: string) => `Failed ${reason}, +failures, letter ${reason}`;

function senderFaults(): Case[] {
  const settings = { speeding: { tolerance: 1 } };
  const deep = `{"bucket":"${INPUT}","key":"good.csv","settings":{"a":{"b":${'['.repeat(5e4)}${']'.repeat(5e4)}}}}`;
  const refused = (fault: string, reason: string, sent: Sent) => ({ fault, outcome: FAILED(reason), sent });
  return [
    refused('message that is no JSON', 'MESSAGE', { body: 'no JSON' }),
    refused('settings that nest 50,000 deep', 'MESSAGE', { body: deep }),
    refused('bucket of somebody else', 'BUCKET', { body: { bucket: 'somebody-else', key: '../../etc/passwd' } }),
    refused('unknown setting', 'SETTINGS', log('good.csv', { settings })),
    refused('profile that is a path', 'PROFILE', log('good.csv', { profile: '../../etc/passwd' })),
    refused('result_key below results/', 'RESULT_KEY', log('good.csv', { result_key: 'results/x.ndjson' })),
    { fault: 'folder of the console, notified', outcome: 'nothing', sent: { body: notification('2026/', 0) } },
    { fault: 'folder of the console, sent', outcome: 'Ignored', sent: log('2026/') },
  ];
}

function logFaults(): Case[] {
  const keyed = (key: string) => log(key, { result_key: 'fleet/7.ndjson' });
  return [
    { fault: 'log that is not there', outcome: FAILED('LOG_MISSING'), sent: log('missing.csv') },
    {
      fault: 'bucket that may not be read',
      outcome: FAILED('LOG_ACCESS'),
      sent: { body: { bucket: CLOSED, key: 'a' } },
    },
    { fault: 'log that is no log', outcome: FAILED('LOG_COLUMN'), sent: log('bad.csv') },
    { fault: 'log that traps', outcome: 'Returned TRAP, comes again', sent: log('trap.csv') },
    { fault: 'log that traps, again', outcome: FAILED('TRAP'), sent: { ...log('trap.csv'), receives: 2 } },
    { fault: 'log that takes too long', outcome: 'Returned LOG_SLOW, comes again', sent: log('slow.csv') },
    { fault: 'log that takes too long, again', outcome: FAILED('LOG_SLOW'), sent: { ...log('slow.csv'), receives: 2 } },
    { fault: 'result_key, first use', outcome: 'Stored, +fleet', sent: keyed('good.csv') },
    { fault: 'result_key, the same work', outcome: 'Unchanged', sent: keyed('good.csv') },
    { fault: 'result_key that holds other work', outcome: FAILED('RESULT_KEY'), sent: keyed('other.csv') },
    { fault: 'log of the same name, default key', outcome: 'Stored, +results', sent: log('other.csv') },
    { fault: 'duplicate', outcome: 'Unchanged', sent: log('other.csv') },
    {
      fault: 'other formats',
      outcome: 'Stored, +exports, +exports, +results',
      sent: log('formats.csv', { formats: ['csv', 'geojson'] }),
    },
  ];
}

function serviceFaults(): Case[] {
  const [GET, PUT] = [log('good.csv'), log('put.csv')];
  const again = (said: string) => `Returned ${said}, comes again`;
  return [
    {
      fault: 'GET answered 400',
      outcome: again('InvalidRequest GetObject 400'),
      sent: GET,
      rule: on('GET', 400, 'InvalidRequest'),
    },
    {
      fault: 'GET answered 403, expired',
      outcome: again('ExpiredToken GetObject 403'),
      sent: GET,
      rule: on('GET', 403, 'ExpiredToken'),
    },
    {
      fault: 'GET answered 403, archived',
      outcome: FAILED('LOG_ACCESS'),
      sent: log('archived.csv'),
      rule: on('GET', 403, 'InvalidObjectState'),
    },
    {
      fault: 'GET answered 405, deleted version',
      outcome: FAILED('LOG_MISSING'),
      sent: log('deleted.csv'),
      rule: on('GET', 405, 'MethodNotAllowed'),
    },
    {
      fault: 'GET answered 409',
      outcome: again('OperationAborted GetObject 409'),
      sent: GET,
      rule: on('GET', 409, 'OperationAborted'),
    },
    {
      fault: 'GET answered 500',
      outcome: again('InternalError GetObject 500'),
      sent: GET,
      rule: on('GET', 500, 'InternalError'),
    },
    {
      fault: 'GET answered 503',
      outcome: again('SlowDown GetObject 503'),
      sent: GET,
      rule: on('GET', 503, 'SlowDown'),
    },
    { fault: 'GET answered 503 twice', outcome: 'Stored, +results', sent: GET, rule: on('GET', 503, 'SlowDown', 2) },
    {
      fault: 'connection broken in the log',
      outcome: again('ECONNRESET GetObject 0'),
      sent: log('torn.csv'),
      rule: (m) => (m === 'GET' ? { reset: 500 } : undefined),
    },
    {
      fault: 'PUT answered 400',
      outcome: again('EntityTooLarge PutObject 400'),
      sent: PUT,
      rule: on('PUT', 400, 'EntityTooLarge'),
    },
    {
      fault: 'PUT answered 403',
      outcome: again('AccessDenied PutObject 403'),
      sent: PUT,
      rule: on('PUT', 403, 'AccessDenied'),
    },
    {
      fault: 'PUT answered 409 always',
      outcome: again('ConditionalRequestConflict PutObject 409'),
      sent: PUT,
      rule: on('PUT', 409, 'ConditionalRequestConflict'),
    },
    {
      fault: 'PUT answered 500',
      outcome: again('InternalError PutObject 500'),
      sent: PUT,
      rule: on('PUT', 500, 'InternalError'),
    },
    {
      fault: 'PUT answered 409 once',
      outcome: 'Stored, +results',
      sent: PUT,
      rule: on('PUT', 409, 'ConditionalRequestConflict', 1),
    },
    {
      fault: 'HEAD answered 403 without a body',
      outcome: again('Http403 HeadObject 403'),
      sent: log('good.csv', { result_key: 'fleet/7.ndjson' }),
      rule: on('HEAD', 403, 'none'),
    },
    {
      fault: 'letter not taken',
      outcome: again('InternalError SendMessage 500').replace(',', ', +failures,'),
      sent: { body: 'still no JSON', id: 'due' },
      rule: on('POST', 500, 'InternalError'),
    },
    {
      fault: 'its message again',
      outcome: 'Failed MESSAGE, letter MESSAGE',
      sent: { body: 'still no JSON', id: 'due', receives: 2 },
    },
    {
      fault: 'its message once more',
      outcome: 'Failed MESSAGE',
      sent: { body: 'still no JSON', id: 'due', receives: 3 },
    },
    { fault: 'its duplicate', outcome: 'Failed MESSAGE', sent: { body: 'still no JSON' } },
  ];
}

/** A letter that is sent back as it is: while the cause lasts, and once it is mended. */
async function redriven(bench: Bench, check: (fault: string, got: string, wanted: string) => void): Promise<void> {
  const run = (sent: Sent) => bench.outcome({ fault: '', outcome: '', sent });
  await run(log('late.csv'));
  const back = () => {
    const [letter] = bench.letters;
    return { body: letter?.Body ?? '', attributes: letter?.MessageAttributes ?? {}, id: `redriven-${Math.random()}` };
  };
  const first = back();
  check('letter redriven in vain', await run(first), 'Failed LOG_MISSING, letter LOG_MISSING');
  const second = back();
  check('the same delivery again', await run({ ...first, receives: 2 }), 'Failed LOG_MISSING');
  await bench.stack.put('late.csv', drive('speeding'));
  check('letter redriven once the log is there', await run(second), 'Stored, +results, -failures');
}

async function versions(bench: Bench, check: (fault: string, got: string, wanted: string) => void): Promise<void> {
  const { s3 } = bench.stack;
  await s3.send(new CreateBucketCommand({ Bucket: VERSIONED }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: VERSIONED, VersioningConfiguration }));
  const put = (name: string) => s3.send(new PutObjectCommand({ Bucket: VERSIONED, Key: 'v.csv', Body: drive(name) }));
  const [old, now] = [await put('stop-run'), await put('lawful-errand')];
  const body = (version_id: string | undefined) => ({ body: { bucket: VERSIONED, key: 'v.csv', version_id } });
  const run = (sent: Sent) => bench.outcome({ fault: '', outcome: '', sent });
  const before = await bench.stack.outputs('results/');
  check('old version of a log', await run(body(old.VersionId)), 'Stored, +results');
  const [text = '{}'] = [...(await bench.stack.outputs('results/'))]
    .filter(([key]) => !before.has(key))
    .map(([, t]) => t);
  check('is the one that is judged', String(JSON.parse(text).drive?.source?.etag), String(old.ETag));
  check('current version', await run(body(now.VersionId)), 'Stored, +results');
  await s3.send(new DeleteObjectCommand({ Bucket: VERSIONED, Key: 'v.csv' }));
  check('old version once the log is deleted', await run(body(old.VersionId)), 'Unchanged');
}

async function notSqs(bench: Bench, check: (fault: string, got: string, wanted: string) => void): Promise<void> {
  const direct = { Records: [{ eventSource: 'aws:s3', s3: {} }] };
  for (const [what, event] of [
    ['of S3 itself', direct],
    ['that is empty', {}],
  ] as const) {
    const { body } = await bench.stack.emulator.invoke(event);
    check(`event ${what}`, JSON.parse(body).errorType ?? body, 'Error');
  }
}

async function fill(stack: Stack): Promise<void> {
  await stack.s3.send(new CreateBucketCommand({ Bucket: CLOSED }));
  const good = ['good.csv', 'formats.csv', 'torn.csv', 'put.csv', 'trap.csv', 'archived.csv', 'deleted.csv'];
  for (const key of good) await stack.put(key, drive('stop-run'));
  await stack.put('other.csv', drive('speeding'));
  await stack.put('bad.csv', Buffer.from('a,b,c\n1,2,3\n'));
  await stack.put('2026/', Buffer.alloc(0));
  await stack.put('slow.csv', gzipSync(Buffer.concat([drive('stop-run'), Buffer.alloc(240 << 20, '\n')])));
}

export async function faults(map: string): Promise<string[]> {
  const worker = 'test/batch/fault_worker.ts';
  const environment = { TOMARE_MAX_LOG_MS: '1500', TOMARE_INPUT_BUCKETS: `${INPUT},${CLOSED},${VERSIONED}` };
  const stack = await Stack.start({ map, worker, environment });
  const s3 = await FaultProxy.before(stack.environment['AWS_ENDPOINT_URL_S3'] ?? '');
  const sqs = await FaultProxy.before(stack.environment['AWS_ENDPOINT_URL_SQS'] ?? '');
  const wrong: string[] = [];
  const check = (fault: string, got: string, wanted: string) => {
    process.stdout.write(`      ${fault.padEnd(40)} ${got}\n`);
    if (got !== wanted) wrong.push(`${fault}: ${got}, expected ${wanted}`);
  };
  try {
    await fill(stack);
    const dead = `${sqs.url}${new URL(stack.dead).pathname}`; // a queue's URL is its endpoint
    const ends = { AWS_ENDPOINT_URL_S3: s3.url, TOMARE_DEAD_LETTER_URL: dead };
    stack.environment = { ...stack.environment, ...ends };
    await stack.restartEmulator();
    const bench = new Bench(stack, s3, sqs);
    for (const one of [...senderFaults(), ...logFaults(), ...serviceFaults()]) {
      check(one.fault, await bench.outcome(one), one.outcome);
    }
    await redriven(bench, check);
    await versions(bench, check);
    await notSqs(bench, check);
  } finally {
    s3.close();
    sqs.close();
    await stack.stop();
  }
  return wrong;
}
