// SPDX-License-Identifier: MIT
// `--dry-run`: what would serve, found as the work itself finds it; no log is read.
import type { Session } from '../session.ts';
import { profileOf } from '../settings/profile.ts';
import { type Settings, settingsHash } from '../settings/settings.ts';
import { type LogOptions, settingsHere } from './common.ts';

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

/** Prints map, law, settings, vehicle, logs and output. */
export function dryRun(
  files: readonly string[],
  options: LogOptions,
  { session, settings, output }: { session: Session; settings: Settings; output: string },
): void {
  const { map } = session;
  const time = map.osm_time_ms === 0 ? 'of an unknown time' : `of ${new Date(map.osm_time_ms).toISOString()}`;
  const lines = [
    `map: ${options.map} (${map.name}, ${map.tiles} ${map.tiles === 1 ? 'tile' : 'tiles'}, ${time})`,
    `law: ${lawsOf(session, options.profile)}`,
    `settings: ${settingsLine(options, settings)}`,
    `vehicle: ${options.vehicle}`,
    `output: ${output}`,
    `logs: ${logLines(files, options.verbose === true).join('\n')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\nnothing was read or written\n`);
}
