// SPDX-License-Identifier: MIT
// Runs logs one after another, or `--jobs` at a time in workers, and gives the outcomes in the order of
// the logs. A worker that dies fails its log only: another takes its place.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openSession } from '../session.ts';
import { type Batch, type Outcome, outcomeOf } from './outcome.ts';

/** node:wasi says on every start that it is experimental. */
const QUIET = '--disable-warning=ExperimentalWarning';

/** `program`: the worker's file; tests hand in their own. */
export async function* inOrder(
  files: readonly string[],
  batch: Batch,
  jobs: number,
  program = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url),
): AsyncGenerator<Outcome> {
  const session = openSession(batch.session); // a bad map or bad settings end the command before the first log
  if (jobs <= 1 || files.length <= 1) {
    for (const file of files) yield await outcomeOf(session, file, batch);
    return;
  }
  const settle: ((outcome: Outcome) => void)[] = [];
  const results = files.map((_, i) => new Promise<Outcome>((resolve) => settle.splice(i, 0, resolve)));
  let next = 0;
  const start = () => {
    const worker = new Worker(program, { workerData: batch, execArgv: [...process.execArgv, QUIET] });
    let current = -1;
    const give = () => {
      current = next < files.length ? next++ : -1;
      worker.postMessage(current < 0 ? null : { index: current, file: files[current] });
    };
    worker.on('message', ({ index, outcome }: { index: number; outcome: Outcome }) => {
      settle[index]?.(outcome);
      give();
    });
    worker.on('error', (error: Error) => {
      settle[current]?.({ error: `${files[current]}: ${error.message}` });
      if (next < files.length) start();
    });
    give();
  };
  for (let i = 0; i < Math.min(jobs, files.length); i++) start();
  for (const result of results) yield await result;
}
