// SPDX-License-Identifier: MIT
// decisions.ndjson: appended in one write and synced before it counts as kept, so that two writers do not mix and a
// kill loses nothing that was answered for.
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { TomareError } from '../errors.ts';
import { type Decision, decisionSchema } from './decision.ts';

/** Whether the file ends in the middle of a line: its writer was cut off, and the next line must begin anew. */
function torn(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] !== 10;
}

/** Keeps a decision; returns once it is on the disk. OUTPUT when it cannot be written. */
export function appendDecision(path: string, decision: Decision): void {
  let fd = -1;
  try {
    fd = openSync(path, 'a+');
    const line = Buffer.from(`${torn(fd) ? '\n' : ''}${JSON.stringify(decision)}\n`);
    if (writeSync(fd, line) !== line.length) throw new Error('the disk took a part of the line');
    fsyncSync(fd);
  } catch (error) {
    throw new TomareError('OUTPUT', `${path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/**
 * All decisions of a file in their order; none when there is no file. `torn` counts lines that a writer left unfinished.
 * DECISIONS names the line that is no decision.
 */
export function readDecisions(path: string): { decisions: Decision[]; torn: number } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { decisions: [], torn: 0 };
    throw new TomareError('DECISIONS', `${path}: ${code}`);
  }
  const decisions: Decision[] = [];
  let torn = 0;
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      torn++;
      continue;
    }
    const parsed = decisionSchema.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new TomareError('DECISIONS', `${path}:${i + 1}: ${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
    }
    decisions.push(parsed.data);
  }
  return { decisions, torn };
}
