// SPDX-License-Identifier: MIT
// The one loop over logs: every command that reads logs goes through it. Outcomes come in the order of the arguments, a
// bad log fails alone, and how each log was read is said.
import { driveIds } from '../logs/ids.ts';
import { inputLine } from '../report/input_line.ts';
import type { Result } from '../report/result.ts';
import type { Session } from '../session.ts';
import type { Journal } from './journal.ts';
import type { Batch, DriveWant, Outcome, Parts, Want } from './outcome.ts';
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

type Take<W extends Want> = (outcome: Outcome<W>, index: number) => void | Promise<void>;

/** Runs the logs of these indices and hands each outcome on, named and said. */
async function run<W extends Want>(
  files: readonly string[],
  indices: readonly number[],
  batch: Batch<W>,
  options: LoopOptions,
  take: Take<W>,
): Promise<void> {
  const ids = driveIds(files);
  const counted = batch.want === 'matched' ? '' : 'findings';
  const bar = progressBar(files.length, 'drives', { counted, wanted: options.bar ?? true });
  bar.set(files.length - indices.length);
  let at = 0;
  try {
    const wanted = indices.map((index) => files[index] ?? '');
    for await (const outcome of inOrder(wanted, batch, options)) {
      const index = indices[at++] ?? 0;
      const file = files[index] ?? '';
      let findings = 0;
      if ('error' in outcome) warn(outcome.error);
      else {
        const parts = named(outcome as Parts[W], file === '-' ? undefined : ids[index]);
        if ('result' in parts) sayInput(file, parts.result, options);
        if ('result' in parts) findings = parts.result.findings.length;
      }
      bar.step(findings);
      await take(outcome, index);
    }
  } finally {
    bar.stop();
  }
}

/**
 * Hands what is wanted of each log to `each`; the number of logs that failed. Drives get names that differ in this run.
 * An error of `each` ends the loop.
 */
export async function overLogs<W extends Want>(
  files: readonly string[],
  batch: Batch<W>,
  options: LoopOptions,
  each: (parts: Parts[W]) => void | Promise<void>,
): Promise<number> {
  let failed = 0;
  await run(files, [...files.keys()], batch, options, async (outcome) => {
    if ('error' in outcome) failed++;
    else await each(outcome as Parts[W]);
  });
  return failed;
}

/** Does what the journal lacks, and keeps it. */
export async function overKeptLogs(
  files: readonly string[],
  batch: Batch<DriveWant>,
  options: LoopOptions,
  journal: Journal,
): Promise<void> {
  const missing = [...files.keys()].filter((index) => !journal.has(index));
  const kept = files.length - missing.length;
  if (kept > 0 && options.quiet !== true) warn(`${kept} of ${files.length} drives were done before; continuing`);
  await run(files, missing, batch, options, (outcome, index) => journal.keep(index, outcome));
}

/** The drive with its name in this run. */
function named<W extends Want>(parts: Parts[W], id: string | undefined): Parts[W] {
  if (id === undefined) return parts;
  if ('result' in parts) parts.result.drive.id = id;
  if ('matched' in parts && parts.matched !== undefined) parts.matched.id = id;
  return parts;
}
