// SPDX-License-Identifier: MIT
// Logs within every limit that fill the heap, each in a batch with good ones: the thread ends and not the process, so that
// the good ones have their results and the others their letters.
import { join } from 'node:path';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { until } from '../../tools/local/servers.ts';
import { Stack } from '../../tools/local/stack.ts';
import { account, commandLine } from './check.ts';
import { drain } from './drain.ts';
import { goodLogs, heapFilling, messageOf, shuffled } from './logs.ts';

/** MiB, of which 85 % are the thread's heap; such a log needs 260. */
const ENVIRONMENT = { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '200', AWS_LAMBDA_FUNCTION_TIMEOUT: '300' };
const GOOD = 18;
const FILLING = 2;

export async function heap(map: string): Promise<string[]> {
  const filling = Array.from({ length: FILLING }, (_, i) => ({
    key: `hostile/heap-${i}.geojson.gz`,
    bytes: heapFilling(250),
    reason: 'OUT_OF_MEMORY',
    full: false,
  }));
  const logs = shuffled([...goodLogs(join(DEMO_FOLDER, 'drives'), GOOD), ...filling]);
  const stack = await Stack.start({ map, environment: ENVIRONMENT, visibilitySeconds: 60 });
  try {
    const expected = commandLine(stack.folder, map, logs);
    for (const { key, bytes } of logs) if (bytes) await stack.put(key, bytes);
    for (const [i, log] of logs.entries()) await stack.send(messageOf(log, i));
    await until('the function', async () =>
      (await stack.emulator.invoke(toEvent([]))).body.includes('batchItemFailures'),
    );
    const drained = await drain(stack, 400);
    const { results, letters, wrong } = await account(stack, logs, expected, true);
    if (results !== GOOD || letters !== FILLING) wrong.push(`${results} results and ${letters} letters`);
    if (drained.errors.length > 0) wrong.push(`invocations failed: ${drained.errors}`);
    if (drained.returned !== FILLING) wrong.push(`${drained.returned} messages came again`);
    return wrong;
  } finally {
    await stack.stop();
  }
}
