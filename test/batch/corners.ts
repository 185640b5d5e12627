// SPDX-License-Identifier: MIT
// What the 200 logs do not meet: options, refusals, denied access, a letter that is redriven in vain, a log that is
// replaced while it is read, and a server that hangs until the time is over.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Message } from '@aws-sdk/client-sqs';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { openLog } from '../../src/lambda/fetch.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { CLOSED, INPUT, Stack } from '../../tools/local/stack.ts';
import { withoutSource } from './check.ts';

const root = join(import.meta.dirname, '..', '..');
const drive = (name: string) => readFileSync(join(DEMO_FOLDER, 'drives', `${name}.csv`));

function message(id: string, body: unknown, attributes: Message['MessageAttributes'] = {}): Message {
  return {
    MessageId: id,
    Body: typeof body === 'string' ? body : JSON.stringify(body),
    Attributes: { ApproximateReceiveCount: '1' } as never,
    MessageAttributes: attributes,
  };
}

async function invoke(stack: Stack, ...messages: Message[]): Promise<string[]> {
  const { body } = await stack.emulator.invoke(toEvent(messages));
  const answer = JSON.parse(body);
  return answer.batchItemFailures.map((f: { itemIdentifier: string }) => f.itemIdentifier);
}

/** Stored beside the result. */
const BESIDE = ['geojson', 'csv', 'parquet', 'html'];

type Check = (what: string, got: unknown, wanted: unknown) => void;

async function options(stack: Stack, map: string, check: Check): Promise<void> {
  const bytes = drive('speeding');
  await stack.put('logs/speeding.csv', bytes);
  // the key names the drive: this one as the command line names its file
  await stack.put('speeding', bytes);
  const settings = { speeding: { tolerance_kmh: 1 } };
  const job = { bucket: INPUT, key: 'speeding', vehicle: 'bus', settings, formats: BESIDE };
  check('options', await invoke(stack, message('a', { ...job, result_key: 'fleet/7.ndjson' })), []);
  check('options again', await invoke(stack, message('a2', { ...job, result_key: 'fleet/7.ndjson' })), []);
  const keys = [...(await stack.outputs('fleet/')).keys()].sort();
  check('objects', keys, ['fleet/7.ndjson', ...BESIDE.map((format) => `fleet/7.ndjson.${format}`)].sort());
  const log = join(stack.folder, 'speeding.csv');
  const changed = join(stack.folder, 'settings.yaml');
  writeFileSync(log, bytes);
  writeFileSync(
    changed,
    readFileSync(join(root, 'settings.yaml'), 'utf8').replace(/tolerance_kmh: [\d.]+/, 'tolerance_kmh: 1'),
  );
  for (const format of ['ndjson', ...BESIDE]) {
    const args = ['analyze', '--map', map, '--vehicle', 'bus', '--settings', changed, '--format', format, log];
    const wanted = execFileSync(process.execPath, ['src/cli/main.ts', ...args], { cwd: root });
    const stored = await stack.output(`fleet/7.ndjson${format === 'ndjson' ? '' : `.${format}`}`);
    const bare = format === 'ndjson' ? Buffer.from(withoutSource(stored.toString()) ?? '') : stored;
    check(`${format} equals the command line's`, bare.equals(wanted), true);
  }
}

async function refusals(stack: Stack, check: Check): Promise<void> {
  await stack.deadLetters();
  await stack.s3.send(new PutObjectCommand({ Bucket: CLOSED, Key: 'a.csv', Body: drive('speeding') }));
  const cases: [string, unknown][] = [
    ['MESSAGE', 'no JSON'],
    ['BUCKET', { bucket: 'somebody-else', key: '../../etc/passwd' }],
    ['LOG_ACCESS', { bucket: CLOSED, key: 'a.csv' }],
    ['SETTINGS', { bucket: INPUT, key: 'logs/speeding.csv', settings: { speeding: { tolerance: 1 } } }],
    ['PROFILE', { bucket: INPUT, key: 'logs/speeding.csv', profile: '../../etc/passwd' }],
  ];
  const messages = cases.map(([id, body]) => message(id, body));
  check('refusals burn no retries', await invoke(stack, ...messages), []);
  const letters = await stack.deadLetters();
  const reasons = letters.map((l) => [l.MessageAttributes?.['reason']?.StringValue, l.Body]);
  const bodies = cases.map(([id, body]) => [id, typeof body === 'string' ? body : JSON.stringify(body)]);
  check('their letters', reasons.sort(), bodies.sort());
  const again = cases.map(([id, body]) => message(`${id} again`, body));
  check('duplicates of them', await invoke(stack, ...again), []);
  check('have no second letter', (await stack.deadLetters()).length, 0);
  const reason = { reason: { DataType: 'String', StringValue: 'BUCKET' } };
  check('a redriven letter', await invoke(stack, message('redriven', cases[1]?.[1], reason)), []);
  check('comes back', (await stack.deadLetters()).length, 1);
}

/** A large log is read from its connection; where that breaks, the rest is asked for of the same bytes only. */
async function replaced(stack: Stack, check: Check): Promise<void> {
  const place = { bucket: INPUT, key: 'logs/replaced.csv' };
  const large = Buffer.alloc(3 << 20, 'x');
  const read = async (between: () => Promise<unknown>) => {
    await stack.put(place.key, large);
    const log = await openLog(stack.s3, place, large.length, AbortSignal.timeout(20_000));
    if (log === 'folder') return 'folder';
    let got = 0;
    try {
      for await (const chunk of log.chunks()) {
        if (got === 0) await between();
        if (got === 0) log.close();
        got += chunk.length;
      }
      return got;
    } catch (error) {
      return (error as { errorName?: string }).errorName;
    }
  };
  check('a log whose connection breaks is read on', await read(async () => {}), large.length);
  const changed = () => stack.put(place.key, Buffer.alloc(large.length, 'y'));
  check('a log that is replaced is not', await read(changed), 'LOG_CHANGED');
}

async function hanging(stack: Stack, check: Check): Promise<void> {
  const names = ['lawful-errand', 'stop-run', 'wrong-way'];
  for (const name of names) await stack.put(`hang/${name}.csv`, drive(name));
  const messages = names.map((name) => message(name, { bucket: INPUT, key: `hang/${name}.csv` }));
  const before = (await stack.outputs('results/')).size;
  process.kill(stack.s3Server.pid, 'SIGSTOP');
  const begin = performance.now();
  const returned = await invoke(stack, ...messages).finally(() => process.kill(stack.s3Server.pid, 'SIGCONT'));
  const seconds = (performance.now() - begin) / 1000;
  check('a server that hangs: all are returned', returned, names);
  check(`within the function's 6 s (${seconds.toFixed(1)})`, seconds < 6, true);
  await stack.s3Up();
  check('nothing is written', (await stack.outputs('results/')).size, before);
  check('and all pass afterwards', await invoke(stack, ...messages), []);
  check('with their results', (await stack.outputs('results/')).size, before + names.length);
}

export async function corners(map: string): Promise<string[]> {
  const environment = { AWS_LAMBDA_FUNCTION_TIMEOUT: '6', TOMARE_RESERVE_MS: '2000' };
  const stack = await Stack.start({ map, environment });
  const wrong: string[] = [];
  const check: Check = (what, got, wanted) => {
    const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
    if (a !== b) wrong.push(`${what}: ${a}, expected ${b}`);
  };
  try {
    await stack.s3.send(new CreateBucketCommand({ Bucket: CLOSED }));
    await options(stack, map, check);
    await refusals(stack, check);
    await replaced(stack, check);
    await hanging(stack, check);
  } finally {
    await stack.stop();
  }
  return wrong;
}
