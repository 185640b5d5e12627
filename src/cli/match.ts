// SPDX-License-Identifier: MIT
// `tomare match`: logs in, matched lines out in the order of the arguments, drive by drive; no rule is judged.
import { describe, TomareError } from '../errors.ts';
import { driveIds } from '../logs/ids.ts';
import { readLog } from '../logs/read.ts';
import { type MatchFormat, MatchText } from '../report/matched.ts';
import { openSession, type Plan } from '../session.ts';
import { knownTimeZone } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { logFiles } from './log_files.ts';
import { output } from './output.ts';
import { progressBar } from './progress.ts';
import { warn } from './warn.ts';

export interface MatchOptions {
  map: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
  format: MatchFormat;
  out?: string;
  tz?: string;
}

async function matched(file: string, id: string, plan: Plan) {
  const log = await readLog(file, plan.reading);
  return { id: id || log.id, trace: plan.trace(log), zone: plan.zoneOf(log) };
}

/** The number of logs that failed. */
export async function match(paths: readonly string[], options: MatchOptions): Promise<number> {
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  const { map, settings, profile, tz, vehicle, format } = options;
  const timeZone = tz === undefined ? undefined : knownTimeZone(tz, '--tz');
  const plan = openSession({ map, settings, profile, timeZone }).plan({ vehicle });
  const bar = progressBar(files.length, 'logs');
  const out = output(options.out);
  const text = new MatchText(format);
  let failed = 0;
  try {
    await out.write(text.head);
    const ids = driveIds(files);
    for (const [i, file] of files.entries()) {
      const outcome = await matched(file, ids[i] ?? '', plan).catch((error: unknown) => ({ error: describe(error) }));
      bar.step();
      if ('error' in outcome) {
        failed++;
        warn(outcome.error.includes(file) ? outcome.error : `${file}: ${outcome.error}`);
      } else {
        await out.write(text.drive(outcome));
      }
    }
    await out.write(text.tail);
    out.end();
  } catch (error) {
    out.fail();
    throw error;
  } finally {
    bar.stop();
  }
  return failed;
}
