// SPDX-License-Identifier: MIT
// The one loop over logs: every command that reads logs goes through it. Outcomes come in the order of the arguments, a
// bad log fails alone, and how each log was read is said.
import { driveIds } from '../logs/ids.ts';
import { inputLine } from '../report/input_line.ts';
import type { Result } from '../report/result.ts';
import type { Session } from '../session.ts';
import type { Batch, Parts, Want } from './outcome.ts';
import { inOrder } from './pool.ts';
import { isDrawn, progressBar } from './progress.ts';
import { warn } from './warn.ts';

/** How much is said on standard error. Quiet: errors alone. Verbose: also how each log was read, under a bar too. */
export interface Voice {
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
}

export interface LoopOptions extends Voice {
  jobs: number;
  session?: Session;
  /** False where results go to the terminal meanwhile. Default true. */
  bar?: boolean;
}

/** Something that a person should know of how the log was read. */
const notable = ({ input }: Result) => input.left_out.length + input.ignored.length + input.warnings.length > 0;

function sayInput(file: string, result: Result, { quiet, verbose }: Voice): void {
  if (quiet === true) return;
  if (verbose === true || !isDrawn() || notable(result)) warn(`${file}: ${inputLine(result)}`);
}

/**
 * Hands what is wanted of each log to `each`; the number of logs that failed. Drives get names that differ in this run.
 * An error of `each` ends the loop.
 */
export async function overLogs<W extends Want>(
  files: readonly string[],
  batch: Batch<W>,
  options: LoopOptions,
  each: (parts: Parts[W], file: string) => void | Promise<void>,
): Promise<number> {
  const ids = driveIds(files);
  const counted = batch.want === 'matched' ? '' : 'findings';
  const bar = progressBar(files.length, 'drives', { counted, wanted: options.bar ?? true });
  let failed = 0;
  let i = 0;
  try {
    for await (const outcome of inOrder(files, batch, options)) {
      const file = files[i] ?? '';
      const id = ids[i++] ?? '';
      if ('error' in outcome) {
        failed++;
        warn(outcome.error);
        bar.step();
        continue;
      }
      const parts = named(outcome as Parts[W], file === '-' ? undefined : id);
      if ('result' in parts) sayInput(file, parts.result, options);
      bar.step('result' in parts ? parts.result.findings.length : 0);
      await each(parts, file);
    }
  } finally {
    bar.stop();
  }
  return failed;
}

/** The drive with its name in this run. */
function named<W extends Want>(parts: Parts[W], id: string | undefined): Parts[W] {
  if (id === undefined) return parts;
  if ('result' in parts) parts.result.drive.id = id;
  if ('matched' in parts && parts.matched !== undefined) parts.matched.id = id;
  return parts;
}
