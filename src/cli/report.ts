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
import { overLogs } from './loop.ts';
import { warn } from './warn.ts';

export interface ReportOptions extends LogOptions {
  output: string;
  lang: Lang;
  anonymous: boolean;
  decisions?: string;
}

/** The number of logs that failed. OUTPUT when the page cannot be written; then no log was read. */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const files = await namedLogs(paths);
  const settings = settingsOf(options);
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const opening = sessionOptions(options, settings);
  const session = openSession(opening);
  const { vehicle, lang, anonymous } = options;
  const made = new Report({ session, settings, vehicle, drives: files.length, lang, anonymous });
  const batch = {
    want: 'page',
    session: opening,
    analyze: { vehicle, all: true, route: true },
    reading: readingOf(options),
  } as const;
  const failed = await overLogs(files, batch, { ...options, jobs: options.jobs ?? 1, session }, (parts) =>
    made.add(parts),
  );
  if (failed === files.length) return failed;
  writeWhole(options.output, page(await assets(), await made.sealed(decisions), { lang }), warn);
  if (options.quiet !== true) warn(`${options.output}: open it in a browser; it needs no network`);
  return failed;
}
