// SPDX-License-Identifier: MIT
// What runs the core: the two modules of wasm/, an instance each. Tests put the native libraries in its place
// (test/engine).
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { WASI } from 'node:wasi';
import { TomareError } from '../errors.ts';
import { packageFile } from '../package_files.ts';
import { Instance } from './instance.ts';

type Call = (...args: number[]) => number;
interface Exports {
  memory: WebAssembly.Memory;
  [name: string]: Call | WebAssembly.Memory;
}

const compiled = new Map<string, WebAssembly.Module>();

function compile(file: string): WebAssembly.Module {
  let module = compiled.get(file);
  if (!module) {
    module = new WebAssembly.Module(readFileSync(packageFile(`wasm/${file}`)));
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

  constructor(exports: Exports, prefix: string) {
    super();
    this.exports = exports;
    this.prefix = prefix;
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

  /** Relative to the one folder that the module sees. */
  pathOf(file: string): string {
    return basename(file);
  }
}

/** An instance of the analyzer that sees the folder of a map; `program` in place of the committed module, for tests. */
export function analyzerInstance(mapPath: string, program = compile('tomare.wasm')): Instance {
  const wasi = new WASI({ version: 'preview1', preopens: { '/': dirname(resolve(mapPath)) } });
  const instance = new WebAssembly.Instance(program, wasi.getImportObject() as WebAssembly.Imports);
  guard(() => wasi.initialize(instance));
  return new WasmInstance(instance.exports as unknown as Exports, 'tomare_');
}

/** An instance of the map compiler. */
export function compilerInstance(): Instance {
  const exports = new WebAssembly.Instance(compile('compiler.wasm'), {}).exports as unknown as Exports;
  guard(() => (exports['_initialize'] as Call)());
  return new WasmInstance(exports, 'tomap_');
}
