// SPDX-License-Identifier: MIT
// Heavy logs have a queue and a function of their own: the first function hands them over unread and once, whatever form
// their message has, and what becomes of each log is the same as without the switch.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import type { Emulator } from '../../tools/local/emulator.ts';
import { INPUT, Stack } from '../../tools/local/stack.ts';
import { account, commandLine } from './check.ts';
import { drain } from './drain.ts';
import { goodLogs, longDrive, messageOf, type TestLog } from './logs.ts';

const HEAVY_BYTES = 500_000;
const GOOD = 20;
const HEAVY = 4;
/** Each form of a message that names a log, and one more for the log that is broken. */
const HANDED = 2 * HEAVY + 1;

function heavyLogs(drives: string): TestLog[] {
  const csv = longDrive(readFileSync(join(drives, 'shopping-street.csv'), 'utf8'), 15_000);
  const good = Array.from({ length: HEAVY }, (_, i) => ({
    key: `heavy/day ${i}.csv`,
    bytes: Buffer.from(csv),
    reason: undefined,
    full: false,
  }));
  const broken = Buffer.from(`a,b,c\n${'1,2,3\n'.repeat(HEAVY_BYTES / 6)}`);
  return [...good, { key: 'heavy/broken.csv', bytes: broken, reason: 'LOG_COLUMN', full: false }];
}

/** How often a function's log has each outcome. */
function said(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []) {
    if (!line.startsWith('{"level"')) continue;
    const { message } = JSON.parse(line);
    counts[message] = (counts[message] ?? 0) + 1;
  }
  return counts;
}

class Two {
  readonly stack: Stack;
  readonly second: Emulator;
  private readonly secondLog: string;

  private constructor(stack: Stack, second: Emulator, secondLog: string) {
    this.stack = stack;
    this.second = second;
    this.secondLog = secondLog;
  }

  static async start(map: string): Promise<Two> {
    const stack = await Stack.start({ map, heavyBytes: HEAVY_BYTES, visibilitySeconds: 30 });
    const log = join(stack.folder, 'heavy.log');
    return new Two(stack, await stack.another(log), log);
  }

  async drain(): Promise<string[]> {
    const first = await drain(this.stack, 150);
    const then = await drain(this.stack, 150, undefined, { queue: this.stack.heavy, emulator: this.second });
    return [...first.errors, ...then.errors];
  }

  said() {
    return { first: said(join(this.stack.folder, 'function.log')), second: said(this.secondLog) };
  }

  async stop(): Promise<void> {
    await this.second.stop();
    await this.stack.stop();
  }
}

/** A letter of a heavy log, redriven with its attributes: it comes back while the log is broken, and clears its failure afterwards. */
async function redriven(two: Two, broken: TestLog, good: Buffer): Promise<string[]> {
  const { stack } = two;
  const wrong: string[] = [];
  const redrive = async (bytes: Buffer) => {
    await stack.put(broken.key, bytes);
    await stack.send({ bucket: INPUT, key: broken.key });
    wrong.push(...(await two.drain()));
    const [letter] = await stack.deadLetters();
    return letter;
  };
  const letter = await redrive(Buffer.concat([broken.bytes as Buffer, Buffer.from('1,2,3\n')]));
  if (!letter) return ['the broken log has no letter'];
  const again = async () => {
    await stack.send(letter.Body, letter.MessageAttributes);
    wrong.push(...(await two.drain()));
    return (await stack.deadLetters()).length;
  };
  const failures = async () => (await stack.outputs('failures/')).size;
  const before = await failures();
  if ((await again()) !== 1) wrong.push('a redriven letter that fails again does not come back once');
  await stack.put(broken.key, good);
  if ((await again()) !== 0) wrong.push('a redriven letter that succeeds comes back');
  if ((await failures()) !== before - 1)
    wrong.push(`${before} failure objects before, ${await failures()} after success`);
  return wrong;
}

export async function heavy(map: string): Promise<string[]> {
  const drives = join(DEMO_FOLDER, 'drives');
  const large = heavyLogs(drives);
  const logs = [...goodLogs(drives, GOOD), ...large];
  const two = await Two.start(map);
  const { stack } = two;
  try {
    const expected = commandLine(stack.folder, map, logs);
    for (const { key, bytes } of logs) if (bytes) await stack.put(key, bytes);
    for (const [i, log] of logs.entries()) await stack.send(messageOf(log, i));
    // a second delivery of each, as after a process that ended between handing over and its answer
    for (const [i, log] of large.slice(0, HEAVY).entries()) await stack.send(messageOf(log, i + 1));
    const errors = await two.drain();
    const { results, letters, wrong } = await account(stack, logs, expected, true);
    wrong.push(...errors);
    if (results !== GOOD + HEAVY || letters !== 1) wrong.push(`${results} results and ${letters} letters`);
    const { first, second } = two.said();
    const right =
      JSON.stringify([first['Stored'], first['HandedOver'], first['Failed']]) ===
      JSON.stringify([GOOD, HANDED, undefined]);
    if (!right) wrong.push(`the first function: ${JSON.stringify(first)}`);
    if (second['Stored'] !== HEAVY || second['Unchanged'] !== HEAVY || second['Failed'] !== 1 || second['HandedOver'])
      wrong.push(`the function of heavy logs: ${JSON.stringify(second)}`);
    wrong.push(...(await redriven(two, large[HEAVY] as TestLog, large[0]?.bytes as Buffer)));
    process.stdout.write(`${HANDED} of ${logs.length + HEAVY} messages were handed over: ${JSON.stringify(second)}\n`);
    return wrong;
  } finally {
    await two.stop();
  }
}
