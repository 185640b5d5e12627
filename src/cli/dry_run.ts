// SPDX-License-Identifier: MIT
// `--dry-run` and `--verbose`: what serves, found as the work itself finds it.
import type { Session } from '../session.ts';
import { profileOf } from '../settings/profile.ts';
import { type Settings, settingsHash } from '../settings/settings.ts';
import { type LogOptions, settingsHere } from './common.ts';
import { warn } from './warn.ts';

const SHOWN = 5;

/** Countries of a map with the law that is taken for each. */
function lawsOf(session: Session, profile: string): string {
  if (profile !== 'auto') return `${profile}, by --profile`;
  const laws = session.map.places.map(({ country, zone }) => {
    const by = country === '' ? 'disputed' : country;
    return `${profileOf(country)} (${by}, ${zone})`;
  });
  return laws.length === 0 ? profileOf('') : laws.join('; ');
}

function settingsLine({ settings, set = [] }: LogOptions, used: Settings): string {
  const file = settings ?? settingsHere();
  const parts = [file ?? 'as shipped', ...set.map((text) => `--set ${text}`), settingsHash(used).slice(0, 14)];
  return parts.join(', ');
}

function logLines(files: readonly string[], all: boolean): string[] {
  const shown = all ? files : files.slice(0, SHOWN);
  const rest = files.length - shown.length;
  return [
    String(files.length),
    ...shown.map((file) => `  ${file}`),
    ...(rest > 0 ? [`  … and ${rest} more (-v)`] : []),
  ];
}

interface Used {
  session: Session;
  settings: Settings;
  /** Format and place. */
  output: string;
}

function usedLines(options: LogOptions, { session, settings, output }: Used): string[] {
  const { map } = session;
  const time = map.osm_time_ms === 0 ? 'of an unknown time' : `of ${new Date(map.osm_time_ms).toISOString()}`;
  return [
    `map: ${options.map} (${map.name}, ${map.tiles} ${map.tiles === 1 ? 'tile' : 'tiles'}, ${time})`,
    `law: ${lawsOf(session, options.profile)}`,
    `settings: ${settingsLine(options, settings)}`,
    `vehicle: ${options.vehicle}`,
    `output: ${output}`,
  ];
}

/** With `--verbose` says what is used. With `--dry-run` prints it, with the logs, and is true: nothing else is to be done. */
export function isDryRun(files: readonly string[], options: LogOptions, used: Used): boolean {
  const lines = usedLines(options, used);
  if (options.dryRun !== true) {
    if (options.verbose === true) lines.forEach(warn);
    return false;
  }
  const logs = `logs: ${logLines(files, options.verbose === true).join('\n')}`;
  process.stdout.write(`${[...lines, logs].join('\n')}\nnothing was read or written\n`);
  return true;
}
