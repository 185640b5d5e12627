// SPDX-License-Identifier: MIT
// The options that commands share. Help, completion and "did you mean" use what is declared here and in program.ts.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../nearest.ts';
import { profileNames } from '../settings/profile_names.ts';
import { VEHICLES } from '../types.ts';

/** Tells the exit code of a command that ran to its end. */
export type Exit = (code: number) => void;

/** A whole number from 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1 is expected');
  return value;
}

/** Accepts a word of the list; for others the error suggests the nearest. */
export function among(choices: readonly string[]): (word: string) => string {
  return (word) => {
    if (choices.includes(word)) return word;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}${didYouMean(word, choices)}`);
  };
}

/** An option whose value is one of a closed list. */
export function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices).argParser(among(choices));
}

/** An option that may be given several times: its values in order. */
export function repeated(flags: string, description: string): Option {
  const add = (value: string, values: string[] | undefined) => [...(values ?? []), value];
  return new Option(flags, description).argParser(add);
}

/** The policy. */
export function withPolicy(command: Command): Command {
  return command
    .option(
      '--settings <file>',
      'tolerances and thresholds; default: settings.yaml in this folder, merged over the shipped one',
    )
    .addOption(repeated('--set <key=value>', 'one setting, such as speeding.tolerance_kmh=0; may be repeated'));
}

/** How much is printed on standard error. */
export function withVoice(command: Command): Command {
  return command
    .option('-q, --quiet', 'print errors only', false)
    .option('-v, --verbose', 'print how each log was read, and what is used', false);
}

/** Arguments and options of every command that judges or matches logs. */
export function withLogs(command: Command): Command {
  const profiles = ['auto', 'none', ...profileNames()];
  command
    .argument(
      '<log...>',
      'files, folders with subfolders, patterns, zip archives, @LIST (a file that lists them), or - for standard input',
    )
    .option('--map <file>', 'the road map (.tmap); default: the bundled town')
    .addOption(
      oneOf('--profile <country>', 'country profile whose law applies; auto: by the place', profiles).default('auto'),
    )
    .addOption(oneOf('--vehicle <kind>', 'the vehicle', VEHICLES).default('car'))
    .option('--tz <zone>', 'time zone (IANA name); default: that of the place')
    .option(
      '--columns <list>',
      'names of columns that are not recognized: time=…,lat=…,lon=…,speed=kmh:…; time=dmy:… for 05/10/2026',
    )
    .option('--vehicle-id <id>', 'id of the vehicle, if the logs do not name it')
    .option('--driver-id <id>', 'id of the driver, if the logs do not name them')
    .option('--jobs <n>', 'number of logs analyzed in parallel', positive, 1)
    .option('--dry-run', 'print which logs, map, settings and law would be used, and stop', false);
  return withVoice(withPolicy(command));
}
