// SPDX-License-Identifier: MIT
// Runs logs one after another, or `--jobs` at a time in workers, and gives the outcomes in the order of
// the logs. A worker that dies fails its log only: another takes its place.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openSession, type Session } from '../session.ts';
import { type Batch, type Outcome, outcomeOf, type Want } from './outcome.ts';

/** node:wasi says on every start that it is experimental. */
const QUIET = '--disable-warning=ExperimentalWarning';
/** Outcomes per worker that may wait for an earlier log: more would fill the memory behind one that takes long. */
const AHEAD = 4;

export interface PoolOptions {
  jobs: number;
  /** An open session of the batch. Default: one is opened, so that a bad map ends the command before the first log. */
  session?: Session;
  /** The worker's file; tests hand in their own. */
  program?: URL;
}

export async function* inOrder<W extends Want>(
  files: readonly string[],
  batch: Batch<W>,
  { jobs, session = openSession(batch.session), program }: PoolOptions,
): AsyncGenerator<Outcome<W>> {
  if (jobs > 1 && files.length > 1) yield* new Pool(files, batch, Math.min(jobs, files.length), program).outcomes();
  else for (const file of files) yield await outcomeOf(session, file, batch);
}

class Pool<W extends Want> {
  private readonly files: readonly string[];
  private readonly batch: Batch<W>;
  private readonly jobs: number;
  private readonly program: URL;
  private readonly workers = new Set<Worker>();
  private readonly done = new Map<number, PromiseWithResolvers<Outcome<W>>>();
  /** Workers that wait until an earlier outcome was taken. */
  private idle: (() => void)[] = [];
  private next = 0;
  private taken = 0;

  constructor(files: readonly string[], batch: Batch<W>, jobs: number, program?: URL) {
    this.files = files;
    this.batch = batch;
    this.jobs = jobs;
    this.program = program ?? new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
  }

  async *outcomes(): AsyncGenerator<Outcome<W>> {
    for (let i = 0; i < this.jobs; i++) this.start();
    try {
      for (; this.taken < this.files.length; ) {
        const outcome = await this.slot(this.taken).promise;
        this.done.delete(this.taken++);
        for (const wake of this.idle.splice(0)) wake();
        yield outcome;
      }
    } finally {
      await Promise.all([...this.workers].map((worker) => worker.terminate()));
    }
  }

  private slot(index: number): PromiseWithResolvers<Outcome<W>> {
    const slot = this.done.get(index) ?? Promise.withResolvers<Outcome<W>>();
    this.done.set(index, slot);
    return slot;
  }

  private start(): void {
    const worker = new Worker(this.program, {
      workerData: this.batch,
      execArgv: [...process.execArgv, QUIET],
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    let current = -1;
    const give = () => {
      current = -1;
      if (this.next >= this.files.length) worker.postMessage(null);
      else if (this.next >= this.taken + this.jobs * AHEAD) this.idle.push(give);
      else {
        current = this.next++;
        worker.postMessage({ index: current, file: this.files[current] });
      }
    };
    this.workers.add(worker);
    worker.on('message', ({ index, outcome }: { index: number; outcome: Outcome<W> }) => {
      this.slot(index).resolve(outcome);
      give();
    });
    worker.on('error', (error: Error) => {
      this.workers.delete(worker);
      if (current >= 0) this.slot(current).resolve({ error: `${this.files[current]}: ${error.message}` });
      if (this.next < this.files.length) this.start();
    });
    give();
  }
}
