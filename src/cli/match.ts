// SPDX-License-Identifier: MIT
// `tomare match`: logs in, matched lines out in the order of the arguments, drive by drive; no rule is judged.
import { type MatchFormat, MatchText } from '../report/matched.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { overLogs } from './loop.ts';
import { output } from './output.ts';

export interface MatchOptions extends LogOptions {
  format: MatchFormat;
  out?: string;
}

/** The number of logs that failed. */
export async function match(paths: readonly string[], options: MatchOptions): Promise<number> {
  const files = await namedLogs(paths);
  const session = sessionOptions(options, settingsOf(options));
  const batch = {
    want: 'matched',
    session,
    analyze: { vehicle: options.vehicle },
    reading: readingOf(options),
  } as const;
  const text = new MatchText(options.format);
  const out = output(options.out);
  try {
    await out.write(text.head);
    const jobs = options.jobs ?? 1;
    const failed = await overLogs(files, batch, { ...options, jobs }, ({ matched }) => out.write(text.drive(matched)));
    await out.write(text.tail);
    out.end();
    return failed;
  } catch (error) {
    out.fail();
    throw error;
  }
}
