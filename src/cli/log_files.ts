// SPDX-License-Identifier: MIT
// The logs that the arguments of a command name: files, the files of folders, and the logs in zip archives.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { logsIn } from '../logs/archive.ts';

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // what cannot be looked at is reported when it is read
  }
}

const SHOWN = 5;
const some = (names: readonly string[]) =>
  names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');

/** Paths for `readLog`, in the order of the arguments; a folder stands for the files in it, sorted. */
export async function logFiles(paths: readonly string[]): Promise<string[]> {
  const files = paths.flatMap((path) => {
    if (path === '-' || !isFolder(path)) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(path, entry.name))
      .sort();
  });
  const logs: string[] = [];
  for (const file of files) {
    const say = (names: string[]) => process.stderr.write(`tomare: ${file}: no logs, left out: ${some(names)}\n`);
    logs.push(...(await logsIn(file, say)));
  }
  return logs;
}
