// SPDX-License-Identifier: MIT
// `tomare report`: logs in, one HTML file out that opens from disk. Drives are packed one after another: no fixes are kept.
import { readDecisions } from '../decisions/file.ts';
import { describe, TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { assets } from '../html/assets.ts';
import type { Lang } from '../html/model.ts';
import { page } from '../html/page.ts';
import { Report } from '../html/report.ts';
import { driveIds } from '../logs/ids.ts';
import { readLog } from '../logs/read.ts';
import { inputLine } from '../report/input_line.ts';
import { openSession, type Plan } from '../session.ts';
import { knownTimeZone, loadSettings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { logFiles } from './log_files.ts';
import { progressBar } from './progress.ts';
import { warn } from './warn.ts';

export interface ReportOptions {
  map: string;
  output: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
  tz?: string;
  lang: Lang;
  anonymous: boolean;
  decisions?: string;
  /** Says nothing of how each log was read. */
  quiet?: boolean;
}

async function addDrive(made: Report, plan: Plan, drive: { file: string; id: string; quiet: boolean }): Promise<void> {
  const log = await readLog(drive.file, plan.reading);
  const result = plan.analyze(log);
  if (drive.file !== '-') result.drive.id = drive.id;
  if (!drive.quiet) process.stderr.write(`tomare: ${drive.file}: ${inputLine(result)}\n`);
  made.add({ result, trace: plan.trace(log), fixes: log.fixes, zone: plan.zoneOf(log) });
}

/** The number of logs that failed. OUTPUT when the page cannot be written; then no log was read. */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  const { map, settings, profile, tz } = options;
  const timeZone = tz === undefined ? undefined : knownTimeZone(tz, '--tz');
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const session = openSession({ map, settings, profile, timeZone });
  const plan = session.plan({ vehicle: options.vehicle, all: true, route: true });
  const { vehicle, lang, anonymous } = options;
  const made = new Report({
    session,
    settings: loadSettings(settings),
    vehicle,
    drives: files.length,
    lang,
    anonymous,
  });
  const bar = progressBar(files.length, 'logs');
  const ids = driveIds(files);
  let failed = 0;
  for (const [i, file] of files.entries()) {
    await addDrive(made, plan, { file, id: ids[i] ?? '', quiet: options.quiet ?? false }).catch((error: unknown) => {
      const message = describe(error);
      failed++;
      warn(message.includes(file) ? message : `${file}: ${message}`);
    });
    bar.step();
  }
  bar.stop();
  if (failed === files.length) return failed;
  writeWhole(options.output, page(await assets(), await made.sealed(decisions), { lang }), warn);
  if (options.quiet !== true)
    process.stderr.write(`tomare: ${options.output}: open it in a browser; it needs no network\n`);
  return failed;
}
