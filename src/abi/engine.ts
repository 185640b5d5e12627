// SPDX-License-Identifier: MIT
// What runs the core: the two modules of wasm/, an instance each. Tests put the native libraries in its place
// (test/engine).
import { TomareError } from '../errors.ts';
import type { FileSource } from '../host/host.ts';
import { openFile, packageBytes, wasiOf } from '../host/node.ts';
import { Instance } from './instance.ts';
import { fileWasi } from './wasi.ts';

type Call = (...args: number[]) => number;
interface Exports {
  memory: WebAssembly.Memory;
  [name: string]: Call | WebAssembly.Memory;
}

const compiled = new Map<string, WebAssembly.Module>();

function compile(file: string): WebAssembly.Module {
  let module = compiled.get(file);
  if (!module) {
    module = new WebAssembly.Module(packageBytes(`wasm/${file}`));
    compiled.set(file, module);
  }
  return module;
}

/** A trap leaves the instance unusable; it becomes an error that fails one input only. */
function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw new TomareError('TRAP', error.message);
    throw error;
  }
}

class WasmInstance extends Instance {
  private readonly exports: Exports;
  private readonly prefix: string;
  private readonly file: string;

  /** `file`: the name by which the module opens its file. */
  constructor(exports: Exports, prefix: string, file = '') {
    super();
    this.exports = exports;
    this.prefix = prefix;
    this.file = file;
  }

  call(name: string, ...args: number[]): number {
    const f = this.exports[this.prefix + name];
    if (typeof f !== 'function') throw new TomareError('ABI_VERSION', `no export ${this.prefix}${name}`);
    return guard(() => f(...args));
  }

  /** Made anew at each use: growth detaches old views. */
  bytes(address: number, size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.exports.memory.buffer as ArrayBuffer, address >>> 0, size);
  }

  text(address: number): string {
    const memory = new Uint8Array(this.exports.memory.buffer, address >>> 0);
    return new TextDecoder().decode(memory.slice(0, memory.indexOf(0)));
  }

  /** Another path of the same folder is opened by its own name. */
  nameOf(source: FileSource): string {
    return wasiOf(source)?.name ?? this.file;
  }
}

/** An instance of the analyzer that sees a map; `program` in place of the committed module, for tests. */
export function analyzerInstance(map: FileSource, program = compile('tomare.wasm')): Instance {
  const wasi = wasiOf(map) ?? fileWasi(openFile(map));
  const instance = new WebAssembly.Instance(program, wasi.imports);
  guard(() => wasi.start(instance));
  return new WasmInstance(instance.exports as unknown as Exports, 'tomare_', wasi.name);
}

/** An instance of the map compiler. */
export function compilerInstance(): Instance {
  const exports = new WebAssembly.Instance(compile('compiler.wasm'), {}).exports as unknown as Exports;
  guard(() => (exports['_initialize'] as Call)());
  return new WasmInstance(exports, 'tomap_');
}
