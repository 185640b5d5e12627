// SPDX-License-Identifier: MIT
// One worker of `--jobs`: its own instance of the module over its own map.
import { parentPort, workerData } from 'node:worker_threads';
import { openSession } from '../session.ts';
import { type Batch, outcomeOf } from './outcome.ts';

const batch = workerData as Batch;
const session = openSession(batch.session);
parentPort?.on('message', async (task: { index: number; file: string } | null) => {
  if (task === null) return void parentPort?.close();
  parentPort?.postMessage({ index: task.index, outcome: await outcomeOf(session, task.file, batch) });
});
