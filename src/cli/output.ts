// SPDX-License-Identifier: MIT
// Where a text goes, piece by piece: standard output, or a file that is there whole at the end.
import { once } from 'node:events';
import { WholeFile } from '../files.ts';
import { warn } from './warn.ts';

export interface Output {
  /** Waits where the reader is slower. */
  write(text: string): Promise<void>;
  /** The file takes its place. */
  end(): void;
  /** Nothing is left behind. */
  fail(): void;
}

/** Opened before any work: a place that cannot be written to ends the command early. @throws TomareError OUTPUT */
export function output(path: string | undefined): Output {
  if (path === undefined) {
    const write = async (text: string) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    };
    return { write, end() {}, fail() {} };
  }
  const file = new WholeFile(path, warn);
  const encoder = new TextEncoder();
  let at = 0;
  return {
    async write(text) {
      const bytes = encoder.encode(text);
      file.write(bytes, at);
      at += bytes.byteLength;
    },
    end: () => file.commit(),
    fail: () => file.discard(),
  };
}
