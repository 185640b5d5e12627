// SPDX-License-Identifier: MIT
// What is made once and serves one log after another: analyzer, settings, profile.
import { Analyzer } from '../analyzer.ts';
import { describe } from '../errors.ts';
import { readLog } from '../logs/read.ts';
import { compose } from '../report/compose.ts';
import type { Result } from '../report/result.ts';
import { VERSION } from '../report/version.ts';
import { loadProfile } from '../settings/profile.ts';
import { DEFAULT_SETTINGS, knownTimeZone, loadSettings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';

export interface Job {
  map: string;
  /** Path, empty for the shipped settings. */
  settings: string;
  profile: string;
  vehicle: Vehicle;
  route: boolean;
  all: boolean;
  /** Time zone in place of the settings', or empty. */
  tz: string;
}

export type Outcome = { result: Result } | { error: string };

export function openSession(job: Job, analyzer = new Analyzer(job.map)) {
  const settings = loadSettings(job.settings === '' ? DEFAULT_SETTINGS : job.settings);
  if (job.tz !== '') settings.output.time_zone = knownTimeZone(job.tz);
  const profile = loadProfile(job.profile);
  const map = analyzer.mapInfo();
  return {
    async run(file: string): Promise<Outcome> {
      try {
        const log = await readLog(file, { timeZone: settings.output.time_zone });
        const analysis = analyzer.analyze(log.fixes, { settings, vehicle: job.vehicle, route: job.route, profile });
        const context = { ...job, id: log.id, version: VERSION, map, profile, settings };
        return { result: compose(analysis, context) };
      } catch (error) {
        const message = describe(error);
        return { error: message.includes(file) ? message : `${file}: ${message}` };
      }
    },
  };
}
