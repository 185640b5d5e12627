// SPDX-License-Identifier: MIT
// A map and logs that are bytes in memory give what files give: the host of src/abi/wasi.ts beside that of Node.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileWasi } from '../../src/abi/wasi.ts';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { openSession, type Session } from '../../src/session.ts';

let bytes: Uint8Array;
let ofFile: Session;
let ofBytes: Session;

beforeAll(async () => {
  const map = await demoTown();
  bytes = readFileSync(map);
  ofFile = openSession({ map });
  ofBytes = openSession({ map: bytes, arenaBytes: 1 << 16 });
});

const drives = () => readdirSync(join(DEMO_FOLDER, 'drives')).filter((name) => name.endsWith('.csv'));

describe('a map in memory', () => {
  it('gives the same results, byte by byte, of logs that are Files', async () => {
    expect(drives().length).toBeGreaterThan(10);
    for (const name of drives()) {
      const path = join(DEMO_FOLDER, 'drives', name);
      const options = { all: true, route: true };
      const log = new File([readFileSync(path)], name);
      expect(JSON.stringify(await ofBytes.run(log, options)), name).toBe(
        JSON.stringify(await ofFile.run(path, options)),
      );
    }
  });

  it('that is damaged is an error that names no path', () => {
    expect(() => openSession({ map: bytes.subarray(0, 1000) })).toThrow(/the bytes given/);
    expect(() => openSession({ map: new TextEncoder().encode('nothing of the kind'.repeat(999)) })).toThrow(/MAP|map/);
  });
});

describe('the four calls of WASI', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const calls = (read: (at: number, size: number) => Uint8Array) => {
    const { imports, start } = fileWasi({ size: 10, read, close: () => undefined });
    start({ exports: { memory, _initialize: () => undefined } } as unknown as WebAssembly.Instance);
    return imports['wasi_snapshot_preview1'] as Record<string, (...args: (number | bigint)[]) => number>;
  };

  it('another name, folder or descriptor is refused', () => {
    const { path_open, fd_pread, fd_close, fd_filestat_get } = calls(() => new Uint8Array());
    new Uint8Array(memory.buffer).set(new TextEncoder().encode('passwd'), 100);
    expect(path_open?.(3, 1, 100, 6, 0, 0n, 0n, 0, 0)).toBe(44);
    expect(path_open?.(9, 1, 100, 6, 0, 0n, 0n, 0, 0)).toBe(8);
    expect([fd_pread?.(5, 0, 0, 0n, 0), fd_close?.(5), fd_filestat_get?.(5, 0)]).toEqual([8, 8, 8]);
  });

  it('a file that goes away while it is read is an error of reading', () => {
    const { fd_pread } = calls(() => {
      throw new Error('NotReadableError');
    });
    new DataView(memory.buffer).setUint32(4, 10, true);
    expect(fd_pread?.(4, 0, 1, 0n, 64)).toBe(29);
  });

  it('several buffers are filled one after another, and the last one as far as the file goes', () => {
    const file = Uint8Array.from({ length: 10 }, (_, i) => i);
    const { fd_pread } = calls((at, size) => file.subarray(at, at + size));
    const view = new DataView(memory.buffer);
    for (const [i, [at, size]] of [
      [200, 3],
      [300, 50],
    ].entries()) {
      view.setUint32(8 * i, at ?? 0, true);
      view.setUint32(8 * i + 4, size ?? 0, true);
    }
    expect(fd_pread?.(4, 0, 2, 2n, 64)).toBe(0);
    expect(view.getUint32(64, true)).toBe(8);
    expect([view.getUint8(200), view.getUint8(202), view.getUint8(300), view.getUint8(304)]).toEqual([2, 4, 5, 9]);
  });
});
