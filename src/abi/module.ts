// SPDX-License-Identifier: MIT
// Calls into a WASM module by addresses, blocks in and out; and the analyzer: one map open in one instance.
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { WASI } from 'node:wasi';
import { type CoreFault, coreError, placeOf, TomareError } from '../errors.ts';
import { packageFile } from '../package_files.ts';
import { CONSTANTS, STRUCTS } from './layout.ts';

export type Call = (...args: number[]) => number;
export interface Exports {
  memory: WebAssembly.Memory;
  [name: string]: Call | WebAssembly.Memory;
}

const compiled = new Map<string, WebAssembly.Module>();

/** A module of wasm/, compiled once. */
export function compile(file: string): WebAssembly.Module {
  let module = compiled.get(file);
  if (!module) {
    module = new WebAssembly.Module(readFileSync(packageFile(`wasm/${file}`)));
    compiled.set(file, module);
  }
  return module;
}

/** A trap leaves the instance unusable; it becomes an error that fails one input only. */
export function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw new TomareError('TRAP', error.message);
    throw error;
  }
}

/** The exports of one instance, and its memory. */
export class Instance {
  protected readonly exports: Exports;
  private readonly prefix: string;

  constructor(exports: Exports, prefix: string) {
    this.exports = exports;
    this.prefix = prefix;
  }

  /** Before any other call: the module speaks this host's version of the boundary. */
  checkVersion(version: number): void {
    if (this.call('abi_version') !== version) throw new TomareError('ABI_VERSION');
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

  view(address: number, size: number): DataView {
    return new DataView(this.exports.memory.buffer, address >>> 0, size);
  }

  /** Copies a block in, hands it to `use`, and frees it. */
  withBlock<T>(block: Uint8Array, use: (address: number) => T): T {
    const address = this.call('alloc', Math.max(block.byteLength, 8));
    if (address === 0) throw new TomareError('OUT_OF_MEMORY');
    this.bytes(address, block.byteLength).set(block);
    const result = use(address);
    this.call('free', address);
    return result;
  }

  text(address: number): string {
    const memory = new Uint8Array(this.exports.memory.buffer, address >>> 0);
    return new TextDecoder().decode(memory.slice(0, memory.indexOf(0)));
  }
}

function faultError(fault: CoreFault, where: string): TomareError {
  return coreError(fault.code, [where, placeOf(fault)].filter((part) => part !== '').join(', '));
}

/** One instance of the analyzer with one open map; the handles are addresses of the module. */
export class AnalyzerModule {
  private readonly core: Instance;
  private map = 0;
  private analyzer = 0;

  private constructor(core: Instance) {
    this.core = core;
  }

  /** `program`: in place of the committed module, for tests. */
  static open(mapPath: string, arenaBytes: number, program = compile('tomare.wasm')): AnalyzerModule {
    const path = resolve(mapPath);
    const wasi = new WASI({ version: 'preview1', preopens: { '/': dirname(path) } });
    const instance = new WebAssembly.Instance(program, wasi.getImportObject() as WebAssembly.Imports);
    guard(() => wasi.initialize(instance));
    const module = new AnalyzerModule(new Instance(instance.exports as unknown as Exports, 'tomare_'));
    module.core.checkVersion(CONSTANTS.TM_ABI_VERSION);
    module.reopen(mapPath, arenaBytes);
    return module;
  }

  /** Lets go of the map that is open, and opens it anew, or another one of its folder, in the same instance. */
  reopen(mapPath: string, arenaBytes: number): void {
    this.close();
    const name = new TextEncoder().encode(`${basename(mapPath)}\0`);
    this.map = this.core.withBlock(name, (path) =>
      this.opened(mapPath, (error) => this.core.call('map_open', path, error)),
    );
    this.analyzer = this.opened(mapPath, (error) => this.core.call('analyzer_open', this.map, arenaBytes, error));
  }

  /** Lets go of the map. */
  close(): void {
    this.core.call('analyzer_close', this.analyzer);
    this.core.call('map_close', this.map);
    this.analyzer = this.map = 0;
  }

  /** Makes a call that fills a tm_error: what it returned, and the fault. */
  private faulting(call: (error: number) => number): { returned: number; fault: CoreFault } {
    const s = STRUCTS.tm_error;
    return this.core.withBlock(new Uint8Array(s.size), (error) => {
      const returned = call(error);
      const view = this.core.view(error, s.size);
      const fault = {
        code: view.getInt32(s.code, true),
        tile: Number(view.getBigInt64(s.tile, true)),
        offset: Number(view.getBigInt64(s.offset, true)),
        section: view.getInt32(s.section, true),
      };
      return { returned, fault };
    });
  }

  /** A handle that a call made, or the error that it told. */
  private opened(where: string, call: (error: number) => number): number {
    const { returned, fault } = this.faulting(call);
    if (returned === 0) throw faultError(fault, where);
    return returned;
  }

  private handle(): number {
    if (this.analyzer === 0) throw new TomareError('MAP_OPEN', 'no map is open');
    return this.analyzer;
  }

  /** The result block of a drive block; a copy. */
  analyze(drive: Uint8Array): Uint8Array<ArrayBuffer> {
    const analyzer = this.handle();
    const { fault } = this.core.withBlock(drive, (address) =>
      this.faulting((error) => this.core.call('analyze', analyzer, address, drive.byteLength, error)),
    );
    if (fault.code !== 0) throw faultError(fault, '');
    return this.core.withBlock(new Uint8Array(4), (address) => {
      const data = this.core.call('result', analyzer, address);
      const size = this.core.view(address, 4).getUint32(0, true);
      return this.core.bytes(data, size).slice();
    });
  }

  /** The tm_map_info of the open map; a copy. */
  mapInfo(): Uint8Array<ArrayBuffer> {
    this.handle();
    const { size } = STRUCTS.tm_map_info;
    return this.core.withBlock(new Uint8Array(size), (address) => {
      this.core.call('map_info', this.map, address);
      return this.core.bytes(address, size).slice();
    });
  }

  /** Bytes read from the map file so far. */
  bytesRead(): number {
    return Number(this.core.call('bytes_read', this.handle()));
  }

  /** The fault of a damaged tile, or undefined. */
  verifyTile(number: number): CoreFault | undefined {
    const { fault } = this.faulting((error) => this.core.call('verify_tile', this.handle(), number, error));
    return fault.code === 0 ? undefined : fault;
  }
}
