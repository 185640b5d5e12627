// SPDX-License-Identifier: MIT
// The logs that the arguments of a command name: files, patterns, lists (@file), folders with all below them, and the logs
// in zip archives. What lies in a folder and is no log is counted and said.
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TomareError } from '../errors.ts';
import { isLogFile, logsIn } from '../logs/archive.ts';
import { warn } from './warn.ts';

type Say = (line: string) => void;

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing'; // what cannot be looked at is reported when it is read
  }
}

const SHOWN = 5;
const some = (names: readonly string[]) =>
  names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');

/** The lines of a list, "-" for standard input; empty ones and those that begin with # say nothing. */
function listed(list: string): string[] {
  let text: string;
  try {
    text = readFileSync(list === '-' ? 0 : list, 'utf8');
  } catch (error) {
    throw new TomareError('USAGE', `@${list}: the list cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** What a pattern fits, sorted; shells that expand patterns leave those alone that fit nothing. */
function matching(pattern: string): string[] {
  if (!/[*?[{]/.test(pattern) || kindOf(pattern) !== 'nothing') return [pattern];
  const found = globSync(pattern).sort();
  if (found.length === 0) throw new TomareError('USAGE', `${pattern}: no file fits this pattern`);
  return found;
}

/** Files of a folder and below, sorted; hidden ones are not looked at. */
function filesBelow(folder: string, say: Say): string[] {
  let entries: string[];
  try {
    entries = readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    say(`${folder}: it cannot be looked into (${(error as NodeJS.ErrnoException).code}) and was left out`);
    return [];
  }
  return entries.sort().flatMap((name) => {
    const path = join(folder, name);
    const kind = kindOf(path);
    return kind === 'folder' ? filesBelow(path, say) : kind === 'file' ? [path] : [];
  });
}

async function logsBelow(folder: string, say: Say): Promise<string[]> {
  const logs: string[] = [];
  const others: string[] = [];
  for (const file of filesBelow(folder, say)) ((await isLogFile(file)) ? logs : others).push(file);
  const count = others.length === 1 ? '1 file is no log and was' : `${others.length} files are no logs and were`;
  if (others.length > 0) say(`${folder}: ${count} left out: ${some(others)}`);
  return logs;
}

/** Paths for `readLog`, in the order of the arguments. @throws TomareError USAGE for lists and patterns that lead nowhere */
export async function logFiles(paths: readonly string[], say: Say = warn): Promise<string[]> {
  const named = paths
    .flatMap((path) => (path.startsWith('@') && kindOf(path) === 'nothing' ? listed(path.slice(1)) : [path]))
    .flatMap(matching);
  const logs: string[] = [];
  for (const path of named) {
    if (path !== '-' && kindOf(path) === 'folder') logs.push(...(await zipsOpened(await logsBelow(path, say), say)));
    else logs.push(...(await zipsOpened([path], say)));
  }
  return logs;
}

async function zipsOpened(files: readonly string[], say: Say): Promise<string[]> {
  const logs: string[] = [];
  for (const file of files) {
    logs.push(...(await logsIn(file, (names) => say(`${file}: no logs, left out: ${some(names)}`))));
  }
  return logs;
}
