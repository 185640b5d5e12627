// SPDX-License-Identifier: MIT
// 20 hostile logs of five kinds among 80 good ones: each good one has its result, each hostile one its letter with the
// reason and its failure object, and no invocation runs out of time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { Stack } from '../../tools/local/stack.ts';
import { account, commandLine } from './check.ts';
import { drain } from './drain.ts';
import { goodLogs, longDrive, messageOf, shuffled, type TestLog } from './logs.ts';

const SECONDS = 20;
/** A second for each log, which good ones and the rows that are allowed need a hundredth of; a heavy one would run for several. */
const ENVIRONMENT = {
  AWS_LAMBDA_FUNCTION_TIMEOUT: String(SECONDS),
  TOMARE_RESERVE_MS: '4000',
  TOMARE_MAX_LOG_MS: '1000',
  TOMARE_MAX_ROWS: '250000',
  TOMARE_MAX_INFLATED_BYTES: String(1 << 30),
};
const MUCH = 800 << 20;

/** Small to store, and large in what they cost. */
function hostileLogs(drives: string): TestLog[] {
  const drive = readFileSync(join(drives, 'stop-run.csv'));
  const street = readFileSync(join(drives, 'shopping-street.csv'), 'utf8');
  const filled = (begin: string, filler: string) =>
    gzipSync(Buffer.concat([Buffer.from(begin), Buffer.alloc(MUCH, filler)]));
  const gpx = '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">';
  const kinds: [name: string, reason: string, bytes: Buffer][] = [
    ['rows', 'LOG_SIZE', filled(drive.toString(), ',,\n')],
    ['lines', 'LOG_SLOW', filled(drive.toString(), '\n')],
    ['fixes', 'LOG_SLOW', gzipSync(longDrive(street, 240_000, 30))],
    ['xml', 'LOG_SLOW', filled(gpx, '<a/>')],
    ['trap', 'TRAP', drive],
  ];
  return kinds.flatMap(([name, reason, bytes]) =>
    [0, 1, 2, 3].map((i) => ({ key: `hostile/${name}-${i}.csv.gz`, bytes, reason, full: false })),
  );
}

export async function neighbours(map: string): Promise<string[]> {
  const drives = join(DEMO_FOLDER, 'drives');
  const logs = shuffled([...goodLogs(drives, 80), ...hostileLogs(drives)]);
  const worker = 'test/batch/fault_worker.ts';
  const stack = await Stack.start({ map, worker, environment: ENVIRONMENT, visibilitySeconds: SECONDS + 2 });
  try {
    const expected = commandLine(stack.folder, map, logs);
    for (const { key, bytes } of logs) if (bytes) await stack.put(key, bytes);
    for (const [i, log] of logs.entries()) await stack.send(messageOf(log, i));
    let longest = 0;
    const drained = await drain(stack, 400, ({ ms }) => {
      longest = Math.max(longest, ms);
    });
    const { results, letters, wrong } = await account(stack, logs, expected, true);
    if (results !== 80 || letters !== 20) wrong.push(`${results} results and ${letters} letters`);
    if (drained.errors.length > 0) wrong.push(`invocations failed: ${drained.errors}`);
    process.stdout.write(
      `80 good and 20 hostile logs in ${drained.batches} batches, ${drained.deliveries} deliveries: ${results} results, ` +
        `${letters} letters; the longest invocation took ${(longest / 1000).toFixed(1)} of ${SECONDS} s\n`,
    );
    return wrong;
  } finally {
    await stack.stop();
  }
}
