// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { type Format, render } from '../report/formats.ts';
import type { Result } from '../report/result.ts';
import type { Vehicle } from '../types.ts';
import { progressBar } from './progress.ts';
import { type Job, openSession } from './session.ts';

export interface AnalyzeOptions {
  map: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
  format: Format;
  out?: string;
  route: boolean;
  all: boolean;
  jobs: number;
  tz?: string;
}

/** Files of the arguments; a folder stands for the files in it, sorted. */
function logFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(path, entry.name))
      .sort();
  });
}

export type Outcome = { result: Result } | { error: string };

async function* inOrder(files: readonly string[], job: Job, jobs: number): AsyncGenerator<Outcome> {
  const session = openSession(job); // a bad map or bad settings end the command before the first log
  if (jobs <= 1 || files.length <= 1) {
    for (const file of files) yield await session.run(file);
    return;
  }
  const workers = Array.from(
    { length: Math.min(jobs, files.length) },
    () => new Worker(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url), { workerData: job }),
  );
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const results = files.map((_, i) => new Promise<Outcome>((resolve) => waiting.set(i, resolve)));
  let next = 0;
  for (const worker of workers) {
    let current = -1;
    const give = () => {
      if (next >= files.length) return void worker.postMessage(null);
      current = next++;
      worker.postMessage({ index: current, file: files[current] });
    };
    worker.on('message', ({ index, outcome }: { index: number; outcome: Outcome }) => {
      waiting.get(index)?.(outcome);
      give();
    });
    worker.on('error', (error: Error) => {
      waiting.get(current)?.({ error: `${files[current]}: ${error.message}` });
    });
    give();
  }
  for (const result of results) yield await result;
}

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  const files = logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', 'no log was given');
  const job: Job = { ...options, settings: options.settings ?? '', tz: options.tz ?? '' };
  const streaming = options.format === 'ndjson' && options.out === undefined;
  const bar = progressBar(files.length, 'logs');
  const results: Result[] = [];
  let failed = 0;
  for await (const outcome of inOrder(files, job, options.jobs)) {
    bar.step();
    if ('error' in outcome) {
      failed++;
      process.stderr.write(`tomare: ${outcome.error}\n`);
    } else if (streaming) {
      process.stdout.write(render([outcome.result], 'ndjson'));
    } else {
      results.push(outcome.result);
    }
  }
  bar.stop();
  if (!streaming && (results.length > 0 || options.out !== undefined)) {
    const text = render(results, options.format);
    if (options.out === undefined) process.stdout.write(text);
    else writeWhole(options.out, text);
  }
  return failed;
}
