// SPDX-License-Identifier: MIT
// What can be completed, taken from the declarations of the command line itself.
import type { Command } from 'commander';

export interface OptionModel {
  /** With their dashes: the long one, and the short one where there is one. */
  flags: string[];
  description: string;
  /** Whether a value follows. */
  takesValue: boolean;
  /** The values of a closed list; none where any value goes. */
  values: readonly string[];
}

export interface CommandModel {
  /** Words after the program's name: "map info"; '' for the program itself. */
  path: string;
  name: string;
  description: string;
  options: OptionModel[];
  /** Names and descriptions of the commands below. */
  commands: { name: string; description: string }[];
  /** Values of the first argument, where it is one of a closed list. */
  values: readonly string[];
}

function modelOf(command: Command, path: string): CommandModel[] {
  const help = { flags: ['--help', '-h'], description: 'display help for command', takesValue: false, values: [] };
  const options = command.options
    .filter((option) => !option.hidden)
    .map((option) => ({
      flags: [option.long, option.short].filter((flag) => flag !== undefined && flag !== null),
      description: option.description,
      takesValue: option.required || option.optional,
      values: option.argChoices ?? [],
    }));
  const own: CommandModel = {
    path,
    name: command.name(),
    description: command.description(),
    options: [...options, help],
    commands: command.commands.map((below) => ({ name: below.name(), description: below.description() })),
    values: command.registeredArguments[0]?.argChoices ?? [],
  };
  const below = command.commands.flatMap((c) => modelOf(c, path === '' ? c.name() : `${path} ${c.name()}`));
  return [own, ...below];
}

/** The program first, then each command after the one it belongs to. */
export const commandModels = (program: Command): CommandModel[] => modelOf(program, '');
