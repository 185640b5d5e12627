// SPDX-License-Identifier: MIT
// One worker of `--jobs`: its own instance of the module over its own map.
import { parentPort, workerData } from 'node:worker_threads';
import { type Job, openSession } from './session.ts';

const session = openSession(workerData as Job);
parentPort?.on('message', async (task: { index: number; file: string } | null) => {
  if (task === null) return void parentPort?.close();
  parentPort?.postMessage({ index: task.index, outcome: await session.run(task.file) });
});
