// SPDX-License-Identifier: MIT
// `tomare report`: logs in, one HTML file out that opens from disk. Drives are packed one after another: no fixes are kept.
import { readDecisions } from '../decisions/file.ts';
import { writeWhole } from '../files.ts';
import { assets } from '../html/assets.ts';
import type { Lang } from '../html/model.ts';
import { page } from '../html/page.ts';
import { Report } from '../html/report.ts';
import { openSession } from '../session.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { isDryRun } from './dry_run.ts';
import { overLogs } from './loop.ts';
import { checkOutput } from './preflight.ts';
import { warn } from './warn.ts';

export interface ReportOptions extends LogOptions {
  output: string;
  lang: Lang;
  anonymous: boolean;
  decisions?: string;
}

/** The number of logs that failed. OUTPUT when the page cannot be written; then no log was read. */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const files = await namedLogs(paths, options);
  checkOutput(options.output);
  const settings = settingsOf(options);
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const { vehicle, lang, anonymous } = options;
  const batch = {
    want: 'page',
    session: sessionOptions(options, settings),
    analyze: { vehicle, all: true, route: true },
    reading: readingOf(options),
  } as const;
  const session = openSession(batch.session);
  if (isDryRun(files, options, { session, settings, output: `html, ${options.output}` })) return 0;
  const made = new Report({ session, settings, vehicle, drives: files.length, lang, anonymous });
  const loop = { ...options, jobs: options.jobs ?? 1, session };
  const failed = await overLogs(files, batch, loop, (parts) => made.add(parts));
  if (failed === files.length) return failed;
  writeWhole(options.output, page(await assets(), await made.sealed(decisions), { lang }), warn);
  if (options.quiet !== true) warn(`${options.output}: open it in a browser; it needs no network`);
  return failed;
}
