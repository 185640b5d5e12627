// SPDX-License-Identifier: MIT
// The options that commands share. Help, completion and "did you mean" are made of what is declared here and in program.ts.
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

/** Takes a word of the list; says which was meant of others. */
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
    .option('--settings <file>', 'the policy; default: settings.yaml of this folder, over the shipped one')
    .addOption(repeated('--set <key=value>', 'one setting, such as speeding.tolerance_kmh=0; may be repeated'));
}

/** How much is said on standard error. */
export function withVoice(command: Command): Command {
  return command
    .option('-q, --quiet', 'say nothing but errors', false)
    .option('-v, --verbose', 'say how each log was read, and list what is used', false);
}

/** What every command that judges or matches logs takes. */
export function withLogs(command: Command): Command {
  const profiles = ['auto', 'none', ...profileNames()];
  command
    .argument(
      '<log...>',
      'files, folders with all below, patterns, zip archives, @list of them, or - for standard input',
    )
    .option('--map <file>', 'the road map (.tmap); without it the bundled town')
    .addOption(oneOf('--profile <country>', 'the law, in place of that of the place', profiles).default('auto'))
    .addOption(oneOf('--vehicle <kind>', 'the vehicle', VEHICLES).default('car'))
    .option('--tz <zone>', 'time zone, in place of that of the place (IANA name)')
    .option('--columns <list>', 'which columns serve: time=…,lat=…,lon=…,speed=kmh:…')
    .option('--vehicle-id <id>', 'the vehicle, where the logs do not name it')
    .option('--driver-id <id>', 'the driver, where the logs do not name them')
    .option('--jobs <n>', 'logs read at the same time', positive, 1)
    .option('--dry-run', 'say which logs, map, settings and law would serve, and do no more', false);
  return withVoice(withPolicy(command));
}
