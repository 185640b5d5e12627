// SPDX-License-Identifier: MIT
// In place of src/abi/engine.ts: the native libraries behind the same seam.
import { resolve } from 'node:path';
import koffi from 'koffi';
import * as modules from '../../src/abi/engine.ts';
import { Instance } from '../../src/abi/instance.ts';
import type { FileSource } from '../../src/host/host.ts';
import { built, type Functions, functions, load, memory } from './libraries.ts';

class NativeInstance extends Instance {
  private readonly functions: Functions;
  private readonly prefix: string;

  constructor(all: Functions, prefix: string) {
    super();
    this.functions = all;
    this.prefix = prefix;
  }

  call(name: string, ...args: number[]): number {
    const f = this.functions.get(this.prefix + name);
    if (!f) throw new Error(`the header declares no ${this.prefix}${name}`);
    return f(...args);
  }

  bytes(address: number, size: number): Uint8Array<ArrayBuffer> {
    return memory(address, size);
  }

  text(address: number): string {
    return koffi.decode(BigInt(address), 'char', -1) as string;
  }

  nameOf(source: FileSource): string {
    return resolve(source as string);
  }
}

const analyzer = functions(load('tomare'), 'wasm/abi.h');
const compiler = built('tomap') ? functions(load('tomap'), 'wasm/compiler_abi.h') : undefined;

/** A `program` is a module, and stays one; the library opens paths alone. */
export function analyzerInstance(map: FileSource, program?: WebAssembly.Module): Instance {
  return program || typeof map !== 'string'
    ? modules.analyzerInstance(map, program)
    : new NativeInstance(analyzer, 'tomare_');
}

/** The committed module where the library could not be built, which build.ts says. */
export function compilerInstance(): Instance {
  return compiler ? new NativeInstance(compiler, 'tomap_') : modules.compilerInstance();
}
