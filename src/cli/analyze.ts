// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { type Format, render } from '../report/formats.ts';
import type { Result } from '../report/result.ts';
import { knownTimeZone } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import type { Batch } from './outcome.ts';
import { inOrder } from './pool.ts';
import { progressBar } from './progress.ts';
import { warn } from './warn.ts';

export interface CommandOptions {
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

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // what cannot be looked at is reported when it is read
  }
}

/** Files of the arguments; a folder stands for the files in it, sorted. */
function logFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === '-' || !isFolder(path)) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(path, entry.name))
      .sort();
  });
}

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: CommandOptions): Promise<number> {
  const files = logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  const { map, settings, profile, tz, vehicle, route, all } = options;
  const timeZone = tz === undefined ? undefined : knownTimeZone(tz, '--tz');
  const batch: Batch = { session: { map, settings, profile, timeZone }, analyze: { vehicle, route, all } };
  const streaming = options.format === 'ndjson' && options.out === undefined;
  const bar = progressBar(files.length, 'logs');
  const results: Result[] = [];
  let failed = 0;
  for await (const outcome of inOrder(files, batch, options.jobs)) {
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
    else writeWhole(options.out, text, warn);
  }
  return failed;
}
