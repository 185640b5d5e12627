// SPDX-License-Identifier: MIT
// Output files are written whole or not at all: a temporary file beside, synced, then renamed.
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  write,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { TomareError } from './errors.ts';
import { abandon, leftovers, openUnfinished, settled } from './unfinished.ts';

function failure(path: string, error: unknown): TomareError {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  if (code === 'ENOSPC') return new TomareError('OUTPUT_FULL', `${path}: nothing was left behind`);
  return new TomareError('OUTPUT', `${path}: ${code}; nothing was left behind`);
}

/** What lies at the path: a file that may be replaced, a device or pipe that may not, or nothing yet. */
function kindOf(path: string): 'file' | 'device' | 'nothing' {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error('it is a folder');
    if (there === undefined && lstatSync(path, { throwIfNoEntry: false })) {
      throw new Error('it is a symbolic link to a file that is not there');
    }
    return there === undefined ? 'nothing' : there.isFile() ? 'file' : 'device';
  } catch (error) {
    throw failure(path, error);
  }
}

/** Says once what lies beside the output; `say` gets one line. */
function sayLeftovers(path: string, say: ((line: string) => void) | undefined): void {
  for (const file of say === undefined ? [] : leftovers(path)) {
    say?.(`${file} is the unfinished output of another run: if none is under way, it was killed; delete the file`);
  }
}

const writeAt = promisify(write);
const MAX_PENDING = 16 << 20;
const SPARE = 64 << 10;

export class WholeFile {
  private readonly path: string;
  private temporary = '';
  private fd = -1;
  private readonly pending = new Set<Promise<void>>();
  private pendingBytes = 0;
  private readonly spare: Uint8Array[] = [];
  private failed: unknown;

  /** `say`: is told, in one line, of each unfinished file of the same output that lies beside it. */
  constructor(path: string, say?: (line: string) => void) {
    const kind = kindOf(path);
    if (kind === 'device') throw failure(path, new Error('it is a device'));
    this.path = kind === 'file' ? realpathSync(path) : path; // a link stays a link
    sayLeftovers(this.path, say);
    const { fd, temporary } = this.attempt(() => openUnfinished(this.path));
    this.fd = fd;
    this.temporary = temporary;
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.discard();
      throw failure(this.path, error);
    }
  }

  write(bytes: Uint8Array, offset: number): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.fd, bytes, done, bytes.byteLength - done, offset + done);
      }
    });
  }

  /** Takes a copy, which Node's own threads write; waits while many bytes are on their way. `settle` comes after. */
  async writeSoon(bytes: Uint8Array, offset: number): Promise<void> {
    let copy = this.spare.pop();
    if (copy === undefined || copy.byteLength < bytes.byteLength) {
      copy = new Uint8Array(Math.max(bytes.byteLength, SPARE)); // kept: fresh ones would keep the collector busy
    }
    copy.set(bytes);
    const work = this.writeCopy(copy, bytes.byteLength, offset);
    this.pending.add(work);
    this.pendingBytes += bytes.byteLength;
    work.then(() => this.pending.delete(work));
    for (const oldest of this.pending) {
      if (this.pendingBytes <= MAX_PENDING) break;
      await oldest;
    }
    if (this.failed !== undefined) throw failure(this.path, this.failed);
  }

  private async writeCopy(copy: Uint8Array, size: number, offset: number): Promise<void> {
    try {
      for (let done = 0; done < size; ) {
        done += (await writeAt(this.fd, copy, done, size - done, offset + done)).bytesWritten;
      }
    } catch (error) {
      this.failed ??= error;
    }
    this.pendingBytes -= size;
    this.spare.push(copy);
  }

  /** Waits for what is on its way; before it, the file must not be closed. */
  async settle(): Promise<void> {
    await Promise.all(this.pending);
    if (this.failed !== undefined) throw failure(this.path, this.failed);
  }

  commit(): void {
    this.attempt(() => {
      fsyncSync(this.fd);
      closeSync(this.fd);
      this.fd = -1;
      renameSync(this.temporary, this.path);
      settled(this.temporary);
    });
  }

  discard(): void {
    const { fd } = this;
    this.fd = -1;
    try {
      if (fd >= 0) closeSync(fd);
    } catch {
      // it goes anyway
    }
    if (this.temporary !== '') abandon(this.temporary);
  }
}

/** A device or a pipe is written to as it is: there is nothing to rename, and what went out cannot be taken back. */
class Through {
  private readonly path: string;
  private readonly fd: number;

  constructor(path: string) {
    this.path = path;
    this.fd = this.attempt(() => openSync(path, 'w'));
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw failure(this.path, error);
    }
  }

  write(bytes: Uint8Array): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.byteLength; ) done += writeSync(this.fd, bytes, done);
    });
  }

  commit(): void {
    this.attempt(() => closeSync(this.fd));
  }

  discard(): void {
    closeSync(this.fd);
  }
}

/** A file that is written in order, from its beginning. `say` as in WholeFile. @throws TomareError OUTPUT, OUTPUT_FULL */
export function openOutput(
  path: string,
  say?: (line: string) => void,
): Pick<WholeFile, 'write' | 'commit' | 'discard'> {
  return kindOf(path) === 'device' ? new Through(path) : new WholeFile(path, say);
}

/** `say` as in WholeFile. */
export function writeWhole(path: string, text: string, say?: (line: string) => void): void {
  const file = openOutput(path, say);
  file.write(new TextEncoder().encode(text), 0);
  file.commit();
}
