// SPDX-License-Identifier: MIT
// ResultObjects=batch: every fault and what becomes of the results that an invocation holds back, as a table over real S3,
// queue and function. Then the view and the daily job count each drive once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Message } from '@aws-sdk/client-sqs';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { tool } from '../../tools/local/servers.ts';
import { INPUT, Stack } from '../../tools/local/stack.ts';
import { startCompact } from './compact.ts';
import { longDrive } from './logs.ts';
import { FaultProxy, type Rule } from './proxy.ts';

const root = join(import.meta.dirname, '..', '..');
const drive = (name: string) => readFileSync(join(DEMO_FOLDER, 'drives', `${name}.csv`));
const HEAVY_BYTES = 3 << 20;
/** Of `longDrive`. */
const LONG_DAY = '2026-09-21';
const GOOD = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q'];

interface Sent {
  key: string;
  more?: object;
  receives?: number;
  attributes?: Message['MessageAttributes'];
}

interface Case {
  fault: string;
  sent: readonly Sent[];
  outcome: string;
  rule?: Rule;
}

const some = (...keys: string[]): Sent[] => keys.map((key) => ({ key: `${key}.csv` }));
const again = (...keys: string[]): Sent[] => some(...keys).map((one) => ({ ...one, receives: 2 }));
const on =
  (method: string, path: RegExp, fault: ReturnType<Rule>, times = Number.POSITIVE_INFINITY): Rule =>
  (used, at) =>
    used === method && path.test(at) && times-- > 0 ? fault : undefined;
const RESULTS = /\/results\//;

const CASES: readonly Case[] = [
  { fault: 'none', sent: some('a', 'b', 'c'), outcome: '3 Stored, +results of 3' },
  { fault: 'the same batch in another order', sent: some('c', 'a', 'b'), outcome: '3 Unchanged' },
  { fault: 'a duplicate in another batch', sent: some('a', 'd'), outcome: '2 Stored, +results of 2' },
  { fault: 'a log twice in a batch', sent: some('e', 'e'), outcome: '2 Stored, +results of 1' },
  { fault: 'a message that comes again', sent: again('f', 'g'), outcome: '2 Stored, +results, +results' },
  { fault: 'and once more', sent: again('f', 'g'), outcome: '2 Unchanged' },
  {
    fault: 'PUT answered 500',
    sent: some('h', 'i'),
    rule: on('PUT', RESULTS, { status: 500, name: 'InternalError' }),
    outcome: '2 Returned InternalError, back h i',
  },
  {
    fault: 'PUT answered 403',
    sent: some('h', 'i'),
    rule: on('PUT', RESULTS, { status: 403, name: 'AccessDenied' }),
    outcome: '2 Returned AccessDenied, back h i',
  },
  {
    fault: 'PUT answered 409 once',
    sent: some('h', 'i'),
    rule: on('PUT', RESULTS, { status: 409, name: 'ConditionalRequestConflict' }, 1),
    outcome: '2 Stored, +results of 2',
  },
  {
    fault: 'PUT taken, its answer lost',
    sent: some('j', 'k'),
    rule: on('PUT', RESULTS, { reset: 0 }, 1),
    outcome: '2 Unchanged, +results of 2',
  },
  {
    fault: 'a broken log among them',
    sent: some('l', 'bad', 'm'),
    outcome: '1 Failed LOG_COLUMN, 2 Stored, +failures, +results of 2, letter LOG_COLUMN',
  },
  {
    fault: 'a broken log, and PUT answered 500',
    sent: some('n', 'worse'),
    rule: on('PUT', RESULTS, { status: 500, name: 'InternalError' }),
    outcome: '1 Failed LOG_COLUMN, 1 Returned InternalError, +failures, letter LOG_COLUMN, back n',
  },
  {
    fault: 'a log that traps',
    sent: some('n', 'trap', 'o'),
    outcome: '1 Returned TRAP, 2 Stored, +results of 2, back trap',
  },
  {
    fault: 'a log that S3 does not answer for',
    sent: some('hang', 'p'),
    rule: on('GET', /hang/, { hangs: true }),
    outcome: '1 Returned AbortError, 1 Stored, +results of 1, back hang',
  },
  {
    fault: 'a PUT that S3 does not answer',
    sent: some('q', 'r'),
    rule: on('PUT', RESULTS, { hangs: true }),
    outcome: '2 Returned AbortError, back q r',
  },
  {
    fault: 'result_key',
    sent: [...some('q'), { key: 'r.csv', more: { result_key: 'fleet/7.ndjson' } }],
    outcome: '2 Stored, +fleet, +results of 1',
  },
  {
    fault: 'other formats',
    sent: [...some('s'), { key: 't.csv', more: { formats: ['csv', 'geojson'] } }],
    outcome: '2 Stored, +exports, +exports, +results of 2',
  },
  {
    fault: 'a result above 1 MiB with its GeoJSON',
    sent: [...some('u', 'v'), { key: 'long.csv', more: { formats: ['geojson'], route: true, all: true } }],
    outcome: '3 Stored, +exports, +results, +results of 2',
  },
  { fault: 'a heavy log', sent: some('heavy', 'w'), outcome: '1 HandedOver, 1 Stored, +results of 1' },
  {
    fault: 'two days and two laws',
    sent: [...some('x', 'y', 'sixth'), { key: 'x.csv', more: { profile: 'none' } }],
    outcome: '4 Stored, +results of 1, +results of 1, +results of 2',
  },
];

class Table {
  private readonly stack: Stack;
  private readonly s3: FaultProxy;
  private seen = new Map<string, string>();
  private read = 0;
  letters: Message[] = [];

  constructor(stack: Stack, s3: FaultProxy) {
    this.stack = stack;
    this.s3 = s3;
  }

  private said(): string[] {
    const path = join(this.stack.folder, 'function.log');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const counts = new Map<string, number>();
    for (const line of text.slice(this.read).split('\n')) {
      if (!line.startsWith('{"level"')) continue;
      const { message, reason } = JSON.parse(line);
      const name = reason === undefined ? message : `${message} ${reason}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    this.read = text.length;
    return [...counts].map(([name, count]) => `${count} ${name}`).sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  }

  private async changes(): Promise<string[]> {
    const now = new Map([...(await this.stack.outputs())].filter(([key]) => !key.startsWith('generations/')));
    const name = ([key, text]: [string, string]) =>
      `${key.split('/')[0]}${key.endsWith('.gz') ? ` of ${text.trim().split('\n').length}` : ''}`;
    const made = [...now].filter(([key]) => !this.seen.has(key)).map((one) => `+${name(one)}`);
    const gone = [...this.seen].filter(([key]) => !now.has(key)).map((one) => `-${name(one)}`);
    this.seen = now;
    return [...made.sort(), ...gone.sort()];
  }

  async outcome({ sent, rule }: Pick<Case, 'sent' | 'rule'>): Promise<string> {
    this.s3.rule = rule ?? (() => undefined);
    const messages = sent.map(({ key, more, receives = 1, attributes = {} }, i) => ({
      MessageId: `${key.replace('.csv', '')} ${i}`,
      Body: JSON.stringify({ bucket: INPUT, key, ...more }),
      Attributes: { ApproximateReceiveCount: String(receives) } as never,
      MessageAttributes: attributes,
    }));
    const { body } = await this.stack.emulator.invoke(toEvent(messages));
    this.s3.rule = () => undefined;
    const failures = JSON.parse(body).batchItemFailures as { itemIdentifier: string }[] | undefined;
    const ids = failures?.map(({ itemIdentifier }) => itemIdentifier.split(' ')[0]).sort() ?? ['all'];
    this.letters = await this.stack.deadLetters();
    const letters = this.letters.map((l) => `letter ${l.MessageAttributes?.['reason']?.StringValue}`);
    const back = ids.length > 0 ? [`back ${ids.join(' ')}`] : [];
    return [...this.said(), ...(await this.changes()), ...letters, ...back].join(', ');
  }

  /** The function's process ends while S3 has the results and does not answer; at the first sign of them. */
  async killed(sent: readonly Sent[]): Promise<string> {
    const rule: Rule = (method, path) => {
      if (method !== 'PUT' || !RESULTS.test(path)) return undefined;
      for (const pid of this.stack.emulator.runtimePids()) process.kill(pid, 'SIGKILL');
      return { hangs: true };
    };
    return this.outcome({ sent, rule }).catch(() => 'all');
  }
}

type Check = (fault: string, got: string, wanted: string) => void;

async function killed(table: Table, check: Check): Promise<void> {
  const sent = some('kill', 'kill too');
  await table.killed(sent);
  const back = again('kill', 'kill too');
  check('killed before the PUT was done: again', await table.outcome({ sent: back }), '2 Stored, +results, +results');
}

/** A letter, sent again once its log is there. */
async function redriven(stack: Stack, table: Table, check: Check): Promise<void> {
  await table.outcome({ sent: some('late') });
  const [letter] = table.letters;
  await stack.put('late.csv', drive('speeding'));
  const sent = [{ key: 'late.csv', attributes: letter?.MessageAttributes ?? {} }, ...some('z')];
  const outcome = '2 Stored, +results of 2, -failures';
  check('letter redriven once the log is there', await table.outcome({ sent }), outcome);
}

/** Drives by the view of Athena and by the daily job, each counted once. */
async function counted(stack: Stack, wrong: string[]): Promise<void> {
  const folder = join(stack.folder, 'view');
  const keys = new Set<string>();
  let lines = 0;
  for (const [key, text] of await stack.outputs()) {
    if (!/^(results|generations)\//.test(key)) continue;
    const path = join(folder, key.replace(/\.gz$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (!key.startsWith('results/')) continue;
    for (const line of text.trim().split('\n')) keys.add(JSON.parse(line).drive.source.key);
    lines += text.trim().split('\n').length;
  }
  const text = execFileSync(tool('python'), ['test/batch/view.py', folder], { cwd: root, encoding: 'utf8' });
  const { results, current_results: current } = JSON.parse(text);
  const shown = `${lines} results of ${keys.size} drives: the table has ${results.length}, the view ${current.length}`;
  if (results.length !== lines || current.length !== keys.size || lines <= keys.size) wrong.push(shown);
  const compact = await startCompact(stack);
  let drives = 0;
  for (const day of ['2026-10-05', '2026-10-06', LONG_DAY])
    drives += JSON.parse((await compact.invoke({ day })).body).drives;
  await compact.stop();
  if (drives !== keys.size) wrong.push(`the daily job counts ${drives} drives`);
  process.stdout.write(`${shown}, the daily job ${drives}\n`);
}

async function fill(stack: Stack): Promise<void> {
  const csv = drive('stop-run');
  const good = [...GOOD, 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'hang', 'trap', 'kill', 'kill too'];
  for (const key of good) await stack.put(`${key}.csv`, csv);
  await stack.put('sixth.csv', Buffer.from(csv.toString().replaceAll('2026-10-05', '2026-10-06')));
  for (const key of ['bad', 'worse']) await stack.put(`${key}.csv`, Buffer.from(`a,b,${key}\n1,2,3\n`));
  const long = (fixes: number) => Buffer.from(longDrive(drive('shopping-street').toString(), fixes));
  await stack.put('long.csv', long(40_000));
  await stack.put('heavy.csv', long(80_000));
}

export async function resultBatches(map: string): Promise<string[]> {
  const environment = {
    TOMARE_RESULT_OBJECTS: 'batch',
    TOMARE_RESERVE_MS: '4000',
    AWS_LAMBDA_FUNCTION_TIMEOUT: '12',
  };
  const options = { map, environment, heavyBytes: HEAVY_BYTES, worker: 'test/batch/fault_worker.ts' };
  const stack = await Stack.start(options);
  const s3 = await FaultProxy.before(stack.environment['AWS_ENDPOINT_URL_S3'] ?? '');
  const wrong: string[] = [];
  const check: Check = (fault, got, wanted) => {
    process.stdout.write(`      ${fault.padEnd(40)} ${got}\n`);
    if (got !== wanted) wrong.push(`${fault}: ${got}, expected ${wanted}`);
  };
  try {
    await fill(stack);
    stack.environment = { ...stack.environment, AWS_ENDPOINT_URL_S3: s3.url };
    await stack.restartEmulator();
    const table = new Table(stack, s3);
    for (const one of CASES) check(one.fault, await table.outcome(one), one.outcome);
    await killed(table, check);
    await redriven(stack, table, check);
    await counted(stack, wrong);
  } finally {
    s3.close();
    await stack.stop();
  }
  return wrong;
}
