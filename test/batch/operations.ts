// SPDX-License-Identifier: MIT
// docs/OPERATIONS.md as a new operator tries it: its shell blocks run in their order, by the real command line of AWS,
// against S3, queues and function of this machine; CloudFormation and Step Functions are moto's. S3's notifications, which the local
// server does not send, are sent here.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { CREDENTIALS, freePort, REGION, Server, tool, until } from '../../tools/local/servers.ts';
import { INPUT, OUTPUT, Stack } from '../../tools/local/stack.ts';
import { drain } from './drain.ts';

const root = join(import.meta.dirname, '..', '..');
const DEAD_ARN = `arn:aws:sqs:${REGION}:000000000000:dead`;
const QUEUE_ARN = `arn:aws:sqs:${REGION}:000000000000:logs`;

/** The shell blocks of the page; the first is the names of the stack's parts, which every later one needs. */
function blocks(): string[] {
  const page = readFileSync(join(root, 'docs', 'OPERATIONS.md'), 'utf8');
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
}

type Shell = (script: string) => string;

/** Where commands run: a folder with the demo's drives, `tomare` and `aws` on the path, every service on this machine. */
function shellOf(stack: Stack, map: string, moto: string): Shell {
  const folder = join(stack.folder, 'operator');
  const bin = join(folder, 'bin');
  for (const made of [bin, join(folder, 'build')]) mkdirSync(made, { recursive: true });
  copyFileSync(map, join(folder, 'build', 'map.tmap'));
  for (const name of ['stop-run.csv', 'stop-roll.csv'])
    copyFileSync(join(DEMO_FOLDER, 'drives', name), join(folder, name));
  const main = join(root, 'src', 'cli', 'main.ts');
  writeFileSync(
    join(bin, 'tomare'),
    `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${main}' "$@"\n`,
  );
  // version 1 of the command line takes no endpoint for SQS from the environment
  const sqs = `[ "$1" = sqs ] && set -- "$@" --endpoint-url "$AWS_ENDPOINT_URL_SQS"`;
  writeFileSync(join(bin, 'aws'), `#!/bin/sh\n${sqs}\nexec '${tool('aws')}' "$@"\n`);
  for (const name of ['tomare', 'aws']) chmodSync(join(bin, name), 0o755);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...stack.environment,
    PATH: `${bin}:${process.env['PATH']}`,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
    AWS_PAGER: '',
    AWS_ENDPOINT_URL_CLOUDFORMATION: moto,
    AWS_ENDPOINT_URL_SFN: moto,
  };
  return (script) => {
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${script}\n${status}: ${stdout.slice(-300)} ${stderr.slice(-600)}`);
    return stdout;
  };
}

/** The stack as CloudFormation would show it: its outputs are the parts on this machine. */
function deploy(shell: Shell, stack: Stack): void {
  const machine = `aws stepfunctions create-state-machine --name backfill --role-arn arn:aws:iam::123456789012:role/r \
    --definition '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}' --query stateMachineArn --output text`;
  const outputs = {
    InputBucketName: INPUT,
    OutputBucketName: OUTPUT,
    QueueUrl: stack.queue,
    QueueArn: QUEUE_ARN,
    BackfillQueueUrl: stack.queue,
    DeadLetterUrl: stack.dead,
    DeadLetterArn: DEAD_ARN,
    BackfillArn: shell(machine).trim(),
    DailyArn: shell(machine.replace('--name backfill', '--name daily')).trim(),
  };
  const template = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
  };
  shell(`aws cloudformation create-stack --stack-name tomare --template-body '${JSON.stringify(template)}'`);
}

/** As the bucket's notification does, for each object that is new. */
async function notify(stack: Stack, told: Set<string>): Promise<void> {
  const { Contents = [] } = await stack.s3.send(new ListObjectsV2Command({ Bucket: INPUT, Prefix: 'logs/' }));
  for (const { Key = '', ETag = '' } of Contents) {
    if (told.has(Key + ETag)) continue;
    told.add(Key + ETag);
    const s3 = { bucket: { name: INPUT }, object: { key: encodeURIComponent(Key) } };
    await stack.send({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] });
  }
}

/** What must hold after a block, known by a word of it. */
const EXPECTED: readonly (readonly [block: RegExp, printed: RegExp])[] = [
  [/s3 ls --recursive/, /tomare\/results\/date=2026-10-05\/generation=[0-9a-f]{16}\/[0-9a-f]{40}\.ndjson/],
  [/send-message /, /"MessageId"/],
  [/generations\//, /[0-9a-f]{16}\.ndjson/],
  [/gzip -dcf/, /"key":"logs\/stop-run\.csv"/],
  [/start-execution/, /"executionArn"/],
  [/receive-message/, /LOG_COLUMN[\s\S]*TaskHandle/],
  [/tomare erase/, /would erase: [1-9]\d* objects, 0 letters, 2 logs\nerased: [1-9]\d* objects, 0 letters, 2 logs/],
  [/tomare audit/, /download/],
  [/map info/, /^[0-9a-f]{64}$/m],
];

async function tried(stack: Stack, map: string, moto: string): Promise<string[]> {
  const shell = shellOf(stack, map, moto);
  deploy(shell, stack);
  const [names = '', ...others] = blocks();
  // run once, for each takes seven calls
  const known = shell(`${names}\ndeclare -p ${[...names.matchAll(/\b([A-Z_]+)=/g)].map(([, name]) => name).join(' ')}`);
  const wrong: string[] = [];
  const told = new Set<string>();
  const seen = new Set<RegExp>();
  await stack.put('logs/broken.csv', Buffer.from('a,b\n1,2\n')); // so that there is a letter
  for (const block of others) {
    await notify(stack, told);
    await drain(stack, 150); // a slow start of the emulator costs a visibility timeout
    const generation = [...(await stack.outputs('tomare/generations/')).keys()][0]
      ?.split('/')
      .at(-1)
      ?.replace('.ndjson', '');
    const printed = shell(`${known}\nGENERATION=${generation ?? ''}\n${block}`);
    for (const [what, wanted] of EXPECTED) {
      if (!what.test(block)) continue;
      seen.add(what);
      if (!wanted.test(printed)) wrong.push(`${block.trim()}\nprinted ${printed.slice(0, 400)}`);
    }
  }
  for (const [what] of EXPECTED) if (!seen.has(what)) wrong.push(`no block has ${what}`);
  process.stdout.write(`${others.length + 1} blocks of OPERATIONS.md ran\n`);
  return wrong;
}

export async function operations(map: string): Promise<string[]> {
  const stack = await Stack.start({ map, visibilitySeconds: 30, environment: { TOMARE_OUTPUT_PREFIX: 'tomare/' } });
  const port = await freePort();
  const moto = new Server([tool('moto_server'), '-p', String(port)], join(stack.folder, 'moto.log'));
  moto.start();
  try {
    const url = `http://127.0.0.1:${port}`;
    await until('moto', async () => (await fetch(`${url}/moto-api/`)).ok);
    return await tried(stack, map, url);
  } finally {
    await moto.stop();
    await stack.stop();
  }
}
