// SPDX-License-Identifier: MIT
// A family of programs by name: `npm run bench -- NAME` and `npm run check -- NAME`.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';

const ROOT = join(import.meta.dirname, '..');

export interface Named {
  name: string;
  /** The question that it answers, in one line. */
  question: string;
  /** What is started: a TypeScript file of the project, or a command with its first arguments. */
  start: string | readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Whether it needs the stand-ins for AWS (`tools/batch.sh`). */
  batch?: boolean;
}

function commandOf({ start, batch }: Named): string[] {
  const words = typeof start === 'string' ? [process.execPath, ...process.execArgv, start] : [...start];
  return batch ? ['tools/batch.sh', ...words] : words;
}

/** Starts a program in the project's folder; this process ends with its exit code. */
function run(entry: Named, words: readonly string[]): void {
  const [program = '', ...args] = [...commandOf(entry), ...words];
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...entry.env }, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${program}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

/**
 * Runs the entry that the first word names, with the words after it. `--list` prints the names; an unknown name is an
 * error that offers the nearest one.
 * @param unnamed the entry that runs when the first word is no name; without it the names are printed.
 */
export function runNamed(family: string, entries: readonly Named[], words: string[], unnamed?: string): void {
  const program = new Command(`npm run ${family} --`).usage('[NAME] [OPTIONS]').helpCommand(false);
  program.option('--list', 'print the names');
  const [first = ''] = words;
  const named = first !== '' && !first.startsWith('-');
  if (['--list', '--help', '-h'].includes(first) || (!named && unnamed === undefined)) words = ['--help'];
  else if (!named && unnamed !== undefined) words = [unnamed, ...words];
  for (const entry of entries) {
    const command = program.command(entry.name).description(entry.question).usage('[OPTIONS]');
    command.helpOption(false).allowUnknownOption().allowExcessArguments();
    command.action(() => run(entry, words.slice(1)));
  }
  program.parse(words, { from: 'user' });
}
