// SPDX-License-Identifier: MIT
// What the commands that read logs have in common: map, policy, law, clock and how logs are read.
import { TomareError } from '../errors.ts';
import { parseColumns } from '../logs/choice.ts';
import type { ReadOptions } from '../logs/read.ts';
import type { SessionOptions } from '../session.ts';
import { knownTimeZone, loadSettings, type Settings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { logFiles } from './log_files.ts';
import type { Voice } from './loop.ts';

export interface LogOptions extends Voice {
  map: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
  tz?: string;
  /** Logs that are read at the same time. Default 1. */
  jobs?: number;
  columns?: string;
  vehicleId?: string;
  driverId?: string;
}

/** The logs that the arguments name. @throws TomareError USAGE when there is none */
export async function namedLogs(paths: readonly string[]): Promise<string[]> {
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  return files;
}

export function settingsOf({ settings }: Pick<LogOptions, 'settings'>): Settings {
  return loadSettings(settings);
}

/** What a session is opened with. @throws TomareError USAGE for a zone that is none */
export function sessionOptions({ map, profile, tz }: LogOptions, settings: Settings): SessionOptions {
  const timeZone = tz === undefined ? undefined : knownTimeZone(tz, '--tz');
  return { map, settings: settings as unknown as Record<string, unknown>, profile, timeZone };
}

/** How logs are read. @throws TomareError USAGE for columns that are none */
export function readingOf({ columns, vehicleId, driverId }: LogOptions): Partial<ReadOptions> {
  return { columns: parseColumns(columns), vehicleId, driverId };
}
