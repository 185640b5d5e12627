// SPDX-License-Identifier: MIT
// Output files are written whole or not at all: a temporary file beside, synced, then renamed.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { TomareError } from './errors.ts';

export class WholeFile {
  private readonly path: string;
  private readonly temporary: string;
  private readonly fd: number;

  constructor(path: string) {
    this.path = path;
    this.temporary = `${path}.${process.pid}.part`;
    this.fd = this.attempt(() => openSync(this.temporary, 'w'));
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.discard();
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const hint = code === 'ENOSPC' ? 'the disk is full; free space and run again' : code;
      throw new TomareError('OUTPUT', `${this.path}: ${hint}; nothing was left behind`);
    }
  }

  write(bytes: Uint8Array, offset: number): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.fd, bytes, done, bytes.byteLength - done, offset + done);
      }
    });
  }

  commit(): void {
    this.attempt(() => {
      fsyncSync(this.fd);
      closeSync(this.fd);
      renameSync(this.temporary, this.path);
    });
  }

  discard(): void {
    try {
      rmSync(this.temporary, { force: true });
    } catch {
      // where the folder itself is none, there is nothing to remove
    }
  }
}

export function writeWhole(path: string, text: string): void {
  if (path === '/dev/stdout') {
    process.stdout.write(text);
    return;
  }
  const file = new WholeFile(path);
  file.write(new TextEncoder().encode(text), 0);
  file.commit();
}
