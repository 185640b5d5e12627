// SPDX-License-Identifier: MIT
// Runs of the command: in one go, or killed again and again until one of them comes to its end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Ended {
  code: number | null;
  err: string;
  /** The most memory that was resident, in MiB; where the system tells it (Linux). */
  peakMiB: number;
}

export interface BrokenRun extends Ended {
  /** How often it was killed with outcomes in its journal. */
  kills: number;
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended
  }
}

/** Waits for the end, looking every few milliseconds; `look` may kill. */
async function watched(child: ChildProcess, look: () => void): Promise<Ended> {
  let err = '';
  let peakMiB = 0;
  child.stderr?.on('data', (part) => {
    err += part;
  });
  const ended = once(child, 'close');
  let running = true;
  ended.then(() => {
    running = false;
  });
  while (running) {
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
    look();
    await sleep(5);
  }
  const [code] = await ended;
  return { code, err, peakMiB };
}

const start = (args: readonly string[], cwd: string) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });

/** In one go. */
export const wholeRun = (args: readonly string[], cwd: string): Promise<Ended> => watched(start(args, cwd), () => {});

/** Kills the command (SIGKILL) some milliseconds after its journal has grown by so many bytes. */
export async function killedRun(
  args: readonly string[],
  cwd: string,
  journal: string,
  bytes: number,
): Promise<Ended & { killed: boolean }> {
  const child = start(args, cwd);
  const enough = sizeOf(journal) + bytes;
  const delay = Math.random() * 100;
  let due = Number.POSITIVE_INFINITY;
  const ended = await watched(child, () => {
    if (due === Number.POSITIVE_INFINITY && sizeOf(journal) > enough) due = performance.now() + delay;
    if (performance.now() > due) child.kill('SIGKILL');
  });
  return { ...ended, killed: child.signalCode !== null };
}

/** Kills the command whenever its journal has grown by a random number of bytes up to `most`, early at first, until it ends by itself. */
export async function brokenRun(
  args: readonly string[],
  cwd: string,
  journal: string,
  most: number,
): Promise<BrokenRun> {
  let peakMiB = 0;
  for (let kills = 0; ; kills++) {
    const ended = await killedRun(args, cwd, journal, 1 + Math.random() * (kills === 0 ? most / 10 : most));
    peakMiB = Math.max(peakMiB, ended.peakMiB);
    if (!ended.killed) return { ...ended, peakMiB, kills };
  }
}
