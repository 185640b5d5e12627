// SPDX-License-Identifier: MIT
// One face for what is measured: the WASM module through src/abi, a native library through koffi, both
// behind wasm/abi.h with the same drive block in and a copy of the result block out.
import koffi, { type KoffiFunc } from 'koffi';
import { AnalyzerModule } from '../src/abi/module.ts';
import { TomareError } from '../src/errors.ts';
import { CONSTANTS } from '../src/layout.ts';

export interface Engine {
  /** In a new instance, where the engine has such. */
  open(map: string, arenaBytes: number): void;
  /** The same map once more in the same instance, with nothing of it in memory. */
  reopen(map: string, arenaBytes: number): void;
  analyze(drive: Uint8Array): Uint8Array;
  /** Lets go of the map file. */
  close(): void;
}

export class WasmEngine implements Engine {
  private module: AnalyzerModule | undefined;
  private readonly program: WebAssembly.Module | undefined;

  /** `program`: in place of the committed module. */
  constructor(program?: WebAssembly.Module) {
    this.program = program;
  }

  open(map: string, arenaBytes: number): void {
    this.module = AnalyzerModule.open(map, arenaBytes, this.program);
  }

  reopen(map: string, arenaBytes: number): void {
    this.opened().reopen(map, arenaBytes);
  }

  analyze(drive: Uint8Array): Uint8Array {
    return this.opened().analyze(drive);
  }

  close(): void {
    try {
      this.opened().reopen('', 0);
    } catch (error) {
      // as it must: there is no such map, and the one that was open is dropped
      if (!(error instanceof TomareError && error.errorName === 'MAP_OPEN')) throw error;
    }
  }

  private opened(): AnalyzerModule {
    if (!this.module) throw new Error('no map is open');
    return this.module;
  }
}

export class NativeEngine implements Engine {
  private readonly openMap: KoffiFunc<(path: string, arena: number) => number>;
  private readonly run: KoffiFunc<(drive: Uint8Array, size: number) => number>;
  private readonly result: KoffiFunc<(size: number[]) => unknown>;

  /** One instance per library file: a second instance needs a copy of the file. */
  constructor(library: string) {
    const lib = koffi.load(library);
    this.openMap = lib.func('int32_t tomare_open(const char *path, uint32_t arena)');
    this.run = lib.func('int32_t tomare_analyze(const void *drive, uint32_t size)');
    this.result = lib.func('const void *tomare_result(_Out_ uint32_t *size)');
    const version = lib.func('uint32_t tomare_abi_version()')();
    if (version !== CONSTANTS.TM_ABI_VERSION) throw new Error(`${library}: ABI version ${version}`);
  }

  open(map: string, arenaBytes: number): void {
    const code = this.openMap(map, arenaBytes);
    if (code !== 0) throw new Error(`${map}: error ${code}`);
  }

  reopen(map: string, arenaBytes: number): void {
    this.open(map, arenaBytes);
  }

  analyze(drive: Uint8Array): Uint8Array {
    const code = this.run(drive, drive.byteLength);
    if (code !== 0) throw new Error(`error ${code}`);
    const size = [0];
    const block = this.result(size);
    return new Uint8Array(koffi.view(block, size[0] ?? 0)).slice();
  }

  close(): void {
    this.openMap('', 0); // fails, and drops the map that was open
  }
}
