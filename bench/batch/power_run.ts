// SPDX-License-Identifier: MIT
// One row of bench/batch/power.ts, as a process of its own: batches of hour logs through the handler, and a line of JSON to
// its parent. usage: spawn with IPC; POWER_BATCH, POWER_RUNS and POWER_S3 say how many and where.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { contextOf, LOGS, startFunction } from '../../test/batch/in_process.ts';
import { longDrive } from '../../test/batch/logs.ts';
import { toEvent } from '../../tools/local/poller.ts';

const { POWER_BATCH: batch = '1', POWER_RUNS: runs = '5', POWER_S3: s3 = '' } = process.env;
const HOUR = 3_600;
/** Discarded: the code is not hot yet. */
const WARM = 3;

const account = { AWS_REGION: 'ap-northeast-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
Object.assign(process.env, account, { AWS_ENDPOINT_URL_S3: s3 });
const { handler, parts } = await startFunction(await demoTown());
const log = gzipSync(longDrive(readFileSync(join(DEMO_FOLDER, 'drives', 'shopping-street.csv'), 'utf8'), HOUR));
const times: { wall: number; cpu: number }[] = [];
for (let run = 0; run < WARM + Number(runs); run++) {
  const keys = Array.from({ length: Number(batch) }, (_, i) => `power/${process.pid}/${run}-${i}.csv.gz`);
  for (const Key of keys) await parts.s3.send(new PutObjectCommand({ Bucket: LOGS, Key, Body: log }));
  const messages = keys.map((key) => ({
    MessageId: key,
    Body: JSON.stringify({ bucket: LOGS, key }),
    Attributes: { ApproximateReceiveCount: '1' } as Record<string, string>,
  }));
  const [begin, before] = [performance.now(), process.cpuUsage()];
  const { batchItemFailures } = await handler(toEvent(messages), contextOf(300_000));
  const { user, system } = process.cpuUsage(before);
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} logs came back`);
  if (run >= WARM) times.push({ wall: performance.now() - begin, cpu: (user + system) / 1000 });
}
process.send?.({ times, rssMib: process.resourceUsage().maxRSS / 1024, logBytes: log.length });
await parts.analyst.close();
process.disconnect?.();
