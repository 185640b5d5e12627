// SPDX-License-Identifier: MIT
// The completion script of a shell.
import type { Command } from 'commander';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { type CommandModel, commandModels } from './model.ts';
import { powershell } from './powershell.ts';
import type { Shell } from './shells.ts';
import { zsh } from './zsh.ts';

const SCRIPTS: Readonly<Record<Shell, (models: readonly CommandModel[]) => string>> = { bash, zsh, fish, powershell };

export const completion = (program: Command, shell: Shell): string => SCRIPTS[shell](commandModels(program));
