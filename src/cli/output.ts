// SPDX-License-Identifier: MIT
// Where a text or file goes, piece by piece: standard output, a device or pipe, or a file that is there whole at the end.
import { once } from 'node:events';
import { openOutput } from '../files.ts';
import { warn } from './warn.ts';

export interface Output {
  /** Waits where the reader is slower. */
  write(piece: string | Uint8Array): Promise<void>;
  /** The file takes its place. */
  end(): void;
  /** Nothing is left behind. */
  fail(): void;
}

/** Opened before any work: a place that cannot be written to ends the command early. @throws TomareError OUTPUT */
export function output(path: string | undefined): Output {
  if (path === undefined) {
    const write = async (piece: string | Uint8Array) => {
      if (piece.length > 0 && !process.stdout.write(piece)) await once(process.stdout, 'drain');
    };
    return { write, end() {}, fail() {} };
  }
  const file = openOutput(path, warn);
  const encoder = new TextEncoder();
  let at = 0;
  return {
    async write(piece) {
      const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece;
      file.write(bytes, at);
      at += bytes.byteLength;
    },
    end: () => file.commit(),
    fail: () => file.discard(),
  };
}
