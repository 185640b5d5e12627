// SPDX-License-Identifier: MIT
// The function's process is killed with -9 at a hundred random moments while batches of 500 logs run. After the messages
// have come again, nothing is lost and nothing is half written.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { Stack } from '../../tools/local/stack.ts';
import { account, commandLine } from './check.ts';
import { drain } from './drain.ts';
import { ENVIRONMENT } from './end_to_end.ts';
import { messageOf, testLogs } from './logs.ts';

const GOOD = 485;

export async function killed(map: string, objects: 'log' | 'batch' = 'log', kills = 100): Promise<string[]> {
  const logs = testLogs(join(DEMO_FOLDER, 'drives'), GOOD).filter((log) => log.reason !== 'TRAP');
  const environment = { ...ENVIRONMENT, TOMARE_RESULT_OBJECTS: objects };
  // many receives: each kill costs every message of its batch one
  const stack = await Stack.start({ map, environment, visibilitySeconds: 2, maxReceives: 1000 });
  try {
    const expected = commandLine(stack.folder, map, logs);
    for (const { key, bytes } of logs) if (bytes) await stack.put(key, bytes);
    const again = async () => {
      for (const [i, log] of logs.entries()) await stack.send(messageOf(log, i));
    };
    await again();
    let done = 0;
    let during = 0;
    let busy = true;
    const killer = (async () => {
      while (busy && done < kills) {
        await sleep(50 + Math.random() * 500);
        const pids = stack.emulator.runtimePids();
        for (const pid of pids) process.kill(pid, 'SIGKILL');
        if (pids.length > 0) done++;
      }
    })();
    while (done < kills) {
      const { errors } = await drain(stack, 240);
      during += errors.length;
      if (done < kills) await again();
    }
    busy = false;
    await killer;
    during += (await drain(stack, 120)).errors.length;
    const { results, letters, wrong } = await account(stack, logs, expected, false, objects === 'batch');
    if (during < kills / 2) wrong.push(`only ${during} invocations died; the others were killed between two`);
    process.stdout.write(
      `killed ${done} times over ${logs.length} logs, ${during} of them in the middle of a batch: ${results} results, ` +
        `${letters} dead letters\n`,
    );
    return wrong;
  } finally {
    await stack.stop();
  }
}
