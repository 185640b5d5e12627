// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { type Format, render } from '../report/formats.ts';
import type { Result } from '../report/result.ts';
import type { Vehicle } from '../types.ts';
import { logFiles } from './log_files.ts';
import { inOrder } from './pool.ts';
import { progressBar } from './progress.ts';
import type { Job } from './session.ts';

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

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
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
