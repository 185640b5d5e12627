// SPDX-License-Identifier: MIT
// 200 messages through real parts: 20 of them duplicates, 10 broken logs, 5 too large, one that traps, and
// S3 away for ten seconds in the middle. Then: does each log have exactly what it must?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { Stack } from '../../tools/local/stack.ts';
import { account, commandLine } from './check.ts';
import { drain } from './drain.ts';
import { LIMITS, messageOf, shuffled, type TestLog, testLogs } from './logs.ts';

/** What may never stand in a log of the function: positions, names of logs, buckets. */
const PRIVATE = /\b35\.\d{4}|\b139\.\d{4}|good-\d|trap-\d|\bbad-\d|\.csv|車両|tomare-logs|"lat|"lon/;

export const ENVIRONMENT = {
  TOMARE_MAX_LOG_BYTES: String(LIMITS.objectBytes),
  TOMARE_MAX_INFLATED_BYTES: String(LIMITS.totalBytes),
  TOMARE_MAX_FIXES: String(LIMITS.fixes),
};

async function fill(stack: Stack, logs: TestLog[]): Promise<number> {
  for (const { key, bytes } of logs) if (bytes) await stack.put(key, bytes);
  const duplicates = [...logs.slice(0, 16), ...logs.slice(164, 168)];
  const messages = shuffled([...logs, ...duplicates].map((log, i) => messageOf(log, i)));
  for (const message of messages) await stack.send(message);
  await stack.send({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'tomare-logs' });
  return messages.length;
}

export async function endToEnd(map: string, objects: 'log' | 'batch' = 'log'): Promise<string[]> {
  const logs = testLogs(join(DEMO_FOLDER, 'drives'));
  const worker = 'test/batch/fault_worker.ts';
  const environment = { ...ENVIRONMENT, TOMARE_RESULT_OBJECTS: objects };
  const stack = await Stack.start({ map, worker, environment, visibilitySeconds: 8, maxReceives: 6 });
  try {
    const expected = commandLine(stack.folder, map, logs);
    const messages = await fill(stack, logs);
    let met = 0;
    let outage: Promise<void> | undefined;
    const drained = await drain(stack, 240, async ({ returned }, batches) => {
      if (returned > 1) met++;
      if (batches === 8) {
        await stack.s3Server.stop();
        outage = sleep(10_000).then(() => stack.s3Server.start());
      }
    });
    await outage;
    await stack.s3Up();
    const { results, letters, wrong } = await account(stack, logs, expected, true, objects === 'batch');
    if (messages !== 200) wrong.push(`${messages} messages were sent`);
    if (met < 3) wrong.push(`only ${met} batches met the outage`);
    if (drained.errors.length > 0) wrong.push(`invocations failed: ${drained.errors}`);
    const log = readFileSync(join(stack.folder, 'function.log'), 'utf8');
    // the emulator's own lines are marked so; they hold times only
    const leak = log.split('\n').find((line) => !line.includes('(rapid)') && PRIVATE.test(line));
    if (leak) wrong.push(`the function's log is not private: ${leak.slice(0, 200)}`);
    if (!log.includes('"_aws"') || !log.includes('"LogsStored"')) wrong.push('no metrics in the log');
    process.stdout.write(
      `${messages} messages in ${drained.batches} batches, ${drained.deliveries} deliveries, ${met} batches met the ` +
        `outage: ${results} results that equal the command line's, ${letters} dead letters with their reasons\n`,
    );
    return wrong;
  } finally {
    await stack.stop();
  }
}
