// SPDX-License-Identifier: MIT
// What is made once and serves one log after another: analyzer, settings, profile.
import { Analyzer } from '../analyzer.ts';
import { describe } from '../errors.ts';
import { parseColumns } from '../logs/choice.ts';
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
  /** `time=…,lat=…,speed=kmh:…`, or empty. */
  columns?: string | undefined;
  /** For results, where the log does not name them. */
  vehicleId?: string | undefined;
  driverId?: string | undefined;
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
        const zoneFrom = job.tz === '' ? 'default' : 'option';
        const reading = { timeZone: settings.output.time_zone, zoneFrom, columns: parseColumns(job.columns) } as const;
        const log = await readLog(file, { ...reading, vehicleId: job.vehicleId, driverId: job.driverId });
        const analysis = analyzer.analyze(log.fixes, settings, job.vehicle, job.route, profile);
        const context = { ...job, log, version: VERSION, map, profile, settings };
        return { result: compose(analysis, context) };
      } catch (error) {
        const message = describe(error);
        return { error: message.includes(file) ? message : `${file}: ${message}` };
      }
    },
  };
}
