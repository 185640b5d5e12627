// SPDX-License-Identifier: MIT
// What the commands that read logs have in common: map, policy, law, clock and how logs are read; all of it is checked
// before the first log is opened.
import { existsSync, realpathSync } from 'node:fs';
import { TomareError } from '../errors.ts';
import { parseColumns } from '../logs/choice.ts';
import type { ReadOptions } from '../logs/read.ts';
import { packageFile } from '../package_files.ts';
import type { SessionOptions } from '../session.ts';
import { settingOf } from '../settings/override.ts';
import { knownTimeZone, loadSettings, overridden, type Settings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { logFiles } from './log_files.ts';
import type { Voice } from './loop.ts';
import { checkInputs } from './preflight.ts';
import { warn } from './warn.ts';

export interface PolicyOptions extends Voice {
  settings?: string;
  /** KEY=VALUE each. */
  set?: readonly string[];
}

export interface LogOptions extends PolicyOptions {
  map: string;
  profile: string;
  vehicle: Vehicle;
  tz?: string;
  /** Logs that are read at the same time. Default 1. */
  jobs?: number;
  columns?: string;
  vehicleId?: string;
  driverId?: string;
  dryRun?: boolean;
}

/** The logs that the arguments name. @throws TomareError USAGE when there is none, or a map among them; as `checkInputs` */
export async function namedLogs(
  paths: readonly string[],
  { map, quiet }: Voice & { map?: string | undefined } = {},
): Promise<string[]> {
  const files = await logFiles(paths, quiet === true ? () => undefined : warn);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  await checkInputs(map, files);
  return files;
}

const OWN = 'settings.yaml';

/** The settings file of the working folder; undefined where there is none, or where it is the shipped one itself. */
export function settingsHere(): string | undefined {
  return existsSync(OWN) && realpathSync(OWN) !== realpathSync(packageFile(OWN)) ? OWN : undefined;
}

/** The shipped settings, with those of the file and of `--set` in their place. @throws TomareError SETTINGS, USAGE */
export function settingsOf({ settings, set = [], quiet }: PolicyOptions): Settings {
  const here = settings === undefined ? settingsHere() : undefined;
  if (here !== undefined && quiet !== true) warn(`${here} of this folder is used`);
  const file = loadSettings(settings ?? here);
  return set.reduce((base, text) => overridden(base, settingOf(text), `--set ${text}`), file);
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
