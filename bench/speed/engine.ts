// SPDX-License-Identifier: MIT
// One face for what is measured: the WASM module through src/abi, a native library through koffi, both
// behind wasm/abi.h with the same drive block in and a copy of the result block out.
import koffi from 'koffi';
import { AnalyzerModule } from '../../src/abi/module.ts';
import { CONSTANTS } from '../../src/layout.ts';

export interface Engine {
  /** In a new instance, where the engine has such. */
  open(map: string, arenaBytes: number): void;
  /** The same map once more in the same instance, with nothing of it in memory. */
  reopen(map: string, arenaBytes: number): void;
  analyze(drive: Uint8Array): Uint8Array;
  /** Lets go of the map file. */
  close(): void;
}

const FAULT = koffi.struct('tm_error', { tile: 'int64', offset: 'int64', code: 'int32', section: 'int32' });

/** The functions of a native library, whose version is this host's. */
function declared(library: string) {
  const lib = koffi.load(library);
  const version = lib.func('uint32_t tomare_abi_version()')();
  if (version !== CONSTANTS.TM_ABI_VERSION) throw new Error(`${library}: ABI version ${version}`);
  const out = koffi.out(koffi.pointer(FAULT));
  return {
    mapOpen: lib.func('tomare_map_open', 'void *', ['str', out]),
    mapClose: lib.func('tomare_map_close', 'void', ['void *']),
    analyzerOpen: lib.func('tomare_analyzer_open', 'void *', ['void *', 'uint32', out]),
    analyzerClose: lib.func('tomare_analyzer_close', 'void', ['void *']),
    analyze: lib.func('tomare_analyze', 'int32', ['void *', 'void *', 'uint32', out]),
    result: lib.func('tomare_result', 'void *', ['void *', koffi.out(koffi.pointer('uint32'))]),
  };
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
    this.opened().close();
  }

  private opened(): AnalyzerModule {
    if (!this.module) throw new Error('no map is open');
    return this.module;
  }
}

export class NativeEngine implements Engine {
  private readonly functions: ReturnType<typeof declared>;
  private map: unknown = null;
  private analyzer: unknown = null;

  constructor(library: string) {
    this.functions = declared(library);
  }

  open(map: string, arenaBytes: number): void {
    const { mapOpen, analyzerOpen } = this.functions;
    this.close();
    const error = {};
    this.map = mapOpen(map, error);
    if (this.map !== null) this.analyzer = analyzerOpen(this.map, arenaBytes, error);
    if (this.analyzer === null) throw new Error(`${map}: error ${(error as { code: number }).code}`);
  }

  reopen(map: string, arenaBytes: number): void {
    this.open(map, arenaBytes);
  }

  analyze(drive: Uint8Array): Uint8Array {
    const code = this.functions.analyze(this.analyzer, drive, drive.byteLength, null);
    if (code !== 0) throw new Error(`error ${code}`);
    const size = [0];
    const block = this.functions.result(this.analyzer, size);
    return new Uint8Array(koffi.view(block, size[0] ?? 0)).slice();
  }

  close(): void {
    this.functions.analyzerClose(this.analyzer);
    this.functions.mapClose(this.map);
    this.map = this.analyzer = null;
  }
}
