// SPDX-License-Identifier: MIT
// Temporary files on the way to their place: made under a name of their own, removed when the process is told to end.
import { randomBytes } from 'node:crypto';
import { openSync, readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const unfinished = new Set<string>();

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // where the folder itself is none, there is nothing to remove
  }
}

/** Removes what is unfinished, then lets the signal end the process, unless the program has a handler of its own. */
function end(signal: (typeof SIGNALS)[number]): void {
  for (const path of unfinished) remove(path);
  unfinished.clear();
  listen(false);
  if (process.listenerCount(signal) > 0) return;
  process.kill(process.pid, signal);
  // the first process of a container is not ended by its own signal
  setImmediate(() => process.exit(128 + constants.signals[signal]));
}

function listen(on: boolean): void {
  for (const signal of SIGNALS) {
    if (on) process.on(signal, end);
    else process.off(signal, end);
  }
}

/** A new file beside `path`, open for writing, whose name nobody else uses: another process may write the same output. */
export function openUnfinished(path: string): { fd: number; temporary: string } {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.part`;
  if (unfinished.size === 0) listen(true);
  unfinished.add(temporary);
  try {
    return { fd: openSync(temporary, 'wx'), temporary };
  } catch (error) {
    settled(temporary);
    throw error;
  }
}

/** The file is in its place, or removed. */
export function settled(temporary: string): void {
  if (unfinished.delete(temporary) && unfinished.size === 0) listen(false);
}

/** Takes the file away. */
export function abandon(temporary: string): void {
  remove(temporary);
  settled(temporary);
}

/** Unfinished files of the same output that are not of this process: of one that runs, or of one that was killed. */
export function leftovers(path: string): string[] {
  const begin = `${basename(path)}.`;
  const folder = dirname(path);
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(begin) && /^[0-9a-f]+\.part$/.test(name.slice(begin.length)))
      .map((name) => join(folder, name))
      .filter((file) => !unfinished.has(file));
  } catch {
    return []; // a folder that cannot be listed is reported when it is written to
  }
}
