// SPDX-License-Identifier: MIT
// `tomare match`: logs in, matched lines out in the order of the arguments, drive by drive; no rule is judged.
import { type MatchFormat, MatchText } from '../report/matched.ts';
import { openSession } from '../session.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { isDryRun } from './dry_run.ts';
import { overLogs } from './loop.ts';
import { output } from './output.ts';
import { checkOutput } from './preflight.ts';

export interface MatchOptions extends LogOptions {
  format: MatchFormat;
  out?: string;
}

/** The number of logs that failed. */
export async function match(paths: readonly string[], options: MatchOptions): Promise<number> {
  const files = await namedLogs(paths, options);
  checkOutput(options.out);
  const settings = settingsOf(options);
  const opening = sessionOptions(options, settings);
  const batch = {
    want: 'matched',
    session: opening,
    analyze: { vehicle: options.vehicle },
    reading: readingOf(options),
  } as const;
  const session = openSession(opening);
  const where = `${options.format}, ${options.out ?? 'standard output'}`;
  if (isDryRun(files, options, { session, settings, output: where })) return 0;
  const text = new MatchText(options.format);
  const out = output(options.out);
  try {
    await out.write(text.head);
    const loop = { ...options, jobs: options.jobs ?? 1, session, bar: options.out !== undefined };
    const failed = await overLogs(files, batch, loop, ({ matched }) => out.write(text.drive(matched)));
    await out.write(text.tail);
    out.end();
    return failed;
  } catch (error) {
    out.fail();
    throw error;
  }
}
