// SPDX-License-Identifier: MIT
// What a document may name: npm scripts, benches, checks, commands of `tomare` and their options, files.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, read } from './markdown.ts';

const node = (...args: string[]): string => {
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${args.join(' ')}: ${run.stderr}`);
  return run.stdout;
};

/** Names that `--list` or `--help` prints, a line each between `Commands:` and a blank line. */
const namesIn = (help: string): string[] =>
  [...(help.split('Commands:')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z][\w-]*)/gm)].map(
    ([, name = '']) => name,
  );
const optionsIn = (help: string): string[] => [...help.matchAll(/(?<![\w-])--?[a-z][\w-]*/g)].map(([option]) => option);

const MAIN = 'src/cli/main.ts';
const helpOf = (words: readonly string[]) => node(MAIN, ...words, '--help');

/** Options of each command of `tomare`, by its words: `analyze`, `map build`. */
export function tomareCommands(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const visit = (words: readonly string[], help: string): void => {
    found.set(words.join(' '), new Set(optionsIn(help)));
    for (const name of namesIn(help)) {
      if (name !== 'help') visit([...words, name], helpOf([...words, name]));
    }
  };
  visit([], helpOf([]));
  return found;
}

export const scripts = (): string[] => Object.keys(JSON.parse(read('package.json')).scripts);
export const benches = (): string[] => namesIn(node('bench/main.ts', '--list'));
export const checks = (): string[] => namesIn(node('test/check.ts', '--list'));

/** The words of a command line, without its environment, redirections, comments and prompts. */
export const wordsOfLine = (line: string): string[] =>
  (line.replace(/\s[|<>#].*$/, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? []).filter((word) => !/^[A-Z_]+=/.test(word));

/** Whether a word of a command, such as `tools/fuzz.sh`, is a file of the project that is there. */
export const isThere = (word: string): boolean => existsSync(join(ROOT, word));

/** Where the text of a program says what options it has. */
export const sourceOf = (family: 'bench' | 'check', name: string): string => {
  const file = family === 'bench' ? 'bench/main.ts' : 'test/check.ts';
  const start = new RegExp(`name: '${name}'[^}]*?start: (?:'([^']+)'|\\[(?:'[^']*', )*'([^']+)'\\])`, 's').exec(
    read(file),
  );
  const path = start?.[1] ?? start?.[2] ?? '';
  return isThere(path) ? read(path) : '';
};
