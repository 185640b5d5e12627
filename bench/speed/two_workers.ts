// SPDX-License-Identifier: MIT
// What a second worker brings: drives per second of two threads over those of one, for the module (an
// instance each over one compiled module) and for the native library (a copy of the file each).
import { copyFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { buildNative, natives } from '../natives.ts';
import { median } from '../statistics.ts';
import type { Cell } from './cells.ts';
import { NativeEngine, WasmEngine } from './engine.ts';

interface Job {
  library: string;
  map: string;
  arenaBytes: number;
  drive: Uint8Array;
}

const RUNS = 30;
const ROUNDS = 5;

class Runner {
  private readonly worker: Worker;

  constructor(job: Job) {
    this.worker = new Worker(new URL(import.meta.url), { workerData: job });
  }

  once(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', () => resolve());
      this.worker.once('error', reject);
      this.worker.postMessage('run');
    });
  }

  stop() {
    return this.worker.terminate();
  }
}

/** Drives per second of two over one, the median of interleaved rounds. */
async function gain(jobs: [Job, Job]): Promise<number> {
  const [a, b] = jobs.map((job) => new Runner(job)) as [Runner, Runner];
  const timed = async (work: () => Promise<unknown>) => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };
  await Promise.all([a.once(), b.once()]);
  const gains: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await timed(() => (round % 2 === 0 ? a : b).once());
    const together = await timed(() => Promise.all([a.once(), b.once()]));
    gains.push((2 * alone) / together);
  }
  await Promise.all([a.stop(), b.stop()]);
  return median(gains);
}

export async function twoWorkers(cell: Cell): Promise<{ wasm: number; native: number }> {
  const drive = cell.drives[0] ?? new Uint8Array();
  const job = { map: cell.map, arenaBytes: cell.arenaMiB << 20, drive };
  const [build] = natives();
  if (!build) throw new Error('no native build');
  const library = buildNative(build);
  const second = `${library}.second.so`;
  copyFileSync(library, second);
  return {
    wasm: await gain([
      { ...job, library: '' },
      { ...job, library: '' },
    ]),
    native: await gain([
      { ...job, library },
      { ...job, library: second },
    ]),
  };
}

if (!isMainThread) {
  const job = workerData as Job;
  const engine = job.library === '' ? new WasmEngine() : new NativeEngine(job.library);
  engine.open(job.map, job.arenaBytes);
  parentPort?.on('message', () => {
    for (let i = 0; i < RUNS; i++) engine.analyze(job.drive);
    parentPort?.postMessage('done');
  });
}
