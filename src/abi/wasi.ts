// SPDX-License-Identifier: MIT
// The four calls of WASI preview 1 that the analyzer makes, over one file that is read at any place: for hosts without
// files of their own. Every other call of WASI is missing, so that a module which wants more does not start.
import type { OpenFile } from '../host/host.ts';

const [OK, EBADF, EIO, ENOENT] = [0, 8, 29, 44];
const FOLDER = 3;
const FILE = 4;
/** Of __wasi_filestat_t: the type, a regular file, and the size. */
const STAT = { bytes: 64, type: 16, regular: 4, size: 32 } as const;
/** The name by which the module opens the file. */
export const FILE_NAME = 'map';

export interface FileWasi {
  imports: WebAssembly.Imports;
  start(instance: WebAssembly.Instance): void;
  name: string;
}

/** WASI that shows a module one file, FILE_NAME. */
export function fileWasi(file: OpenFile): FileWasi {
  let memory: WebAssembly.Memory | undefined;
  /** Made anew at each use: growth detaches old views. */
  const view = () => new DataView((memory as WebAssembly.Memory).buffer);
  const bytes = (at: number, size: number) => new Uint8Array((memory as WebAssembly.Memory).buffer, at, size);
  const calls = {
    path_open(folder: number, _lookup: number, path: number, length: number, ...rest: (number | bigint)[]) {
      if (folder !== FOLDER) return EBADF;
      if (new TextDecoder().decode(bytes(path, length)) !== FILE_NAME) return ENOENT;
      view().setInt32(rest.at(-1) as number, FILE, true);
      return OK;
    },
    fd_filestat_get(fd: number, at: number) {
      if (fd !== FILE) return EBADF;
      bytes(at, STAT.bytes).fill(0);
      view().setUint8(at + STAT.type, STAT.regular);
      view().setBigUint64(at + STAT.size, BigInt(file.size), true);
      return OK;
    },
    fd_pread(fd: number, buffers: number, count: number, offset: bigint, read: number) {
      if (fd !== FILE) return EBADF;
      let total = 0;
      try {
        for (let i = 0; i < count; i++) {
          const [at, size] = [view().getUint32(buffers + 8 * i, true), view().getUint32(buffers + 8 * i + 4, true)];
          const piece = file.read(Number(offset) + total, size);
          bytes(at, piece.byteLength).set(piece);
          total += piece.byteLength;
          if (piece.byteLength < size) break;
        }
      } catch {
        return EIO; // the file was changed or taken away while it was read
      }
      view().setUint32(read, total, true);
      return OK;
    },
    fd_close: (fd: number) => (fd === FILE ? OK : EBADF),
  };
  return {
    imports: { wasi_snapshot_preview1: calls },
    start(instance) {
      memory = instance.exports['memory'] as WebAssembly.Memory;
      (instance.exports['_initialize'] as () => void)();
    },
    name: FILE_NAME,
  };
}
