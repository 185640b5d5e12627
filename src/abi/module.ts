// SPDX-License-Identifier: MIT
// The only file that knows addresses: calls into the two WASM modules, blocks in and out.
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { WASI } from 'node:wasi';
import { type CoreFault, coreError, placeOf, TomareError } from '../errors.ts';
import { CONSTANTS, STRUCTS } from '../layout.ts';
import { packageFile } from '../package_files.ts';

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

class Instance {
  protected readonly exports: Exports;
  private readonly prefix: string;

  constructor(exports: Exports, prefix: string) {
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

/** One instance of the analyzer with one open map. */
export class AnalyzerModule {
  private readonly core: Instance;

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
    if (module.core.call('abi_version') !== CONSTANTS.TM_ABI_VERSION) throw new TomareError('ABI_VERSION');
    module.reopen(mapPath, arenaBytes);
    return module;
  }

  /** Lets go of the map that is open, and opens it anew, or another one of its folder, in the same instance. */
  reopen(mapPath: string, arenaBytes: number): void {
    const name = new TextEncoder().encode(`${basename(mapPath)}\0`);
    this.check(
      this.core.withBlock(name, (address) => this.core.call('open', address, arenaBytes)),
      mapPath,
    );
  }

  private fault(): CoreFault {
    const s = STRUCTS.tm_error;
    return this.core.withBlock(new Uint8Array(s.size), (address) => {
      this.core.call('error', address);
      const view = this.core.view(address, s.size);
      return {
        code: view.getInt32(s.code, true),
        tile: Number(view.getBigInt64(s.tile, true)),
        offset: Number(view.getBigInt64(s.offset, true)),
        section: view.getInt32(s.section, true),
      };
    });
  }

  private check(code: number, where: string): void {
    if (code === 0) return;
    const parts = [where, placeOf(this.fault())];
    throw coreError(code, parts.filter((p) => p !== '').join(', '));
  }

  /** The result block of a drive block; a copy. */
  analyze(drive: Uint8Array): Uint8Array<ArrayBuffer> {
    this.check(
      this.core.withBlock(drive, (address) => this.core.call('analyze', address, drive.byteLength)),
      '',
    );
    return this.result();
  }

  /** Numbers of the places of positions, given as pairs of lat_e7 and lon_e7. */
  places(positions: Int32Array): Uint16Array {
    const bytes = new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength);
    this.check(
      this.core.withBlock(bytes, (address) => this.core.call('places', address, positions.length / 2)),
      '',
    );
    return new Uint16Array(this.result().buffer);
  }

  mapInfo(): Uint8Array<ArrayBuffer> {
    this.check(this.core.call('map_info'), '');
    return this.result();
  }

  /** The fault of a damaged tile, or undefined. */
  verifyTile(number: number): CoreFault | undefined {
    return this.core.call('verify_tile', number) === 0 ? undefined : this.fault();
  }

  private result(): Uint8Array<ArrayBuffer> {
    return this.core.withBlock(new Uint8Array(4), (address) => {
      const data = this.core.call('result', address);
      const size = this.core.view(address, 4).getUint32(0, true);
      return this.core.bytes(data, size).slice();
    });
  }
}

export interface FilePiece {
  offset: number;
  bytes: Uint8Array;
}

/** One run of the map compiler. */
export class CompilerModule {
  private readonly core: Instance;

  constructor() {
    const instance = new WebAssembly.Instance(compile('compiler.wasm'), {});
    const exports = instance.exports as unknown as Exports;
    guard(() => (exports['_initialize'] as Call)());
    this.core = new Instance(exports, 'tomap_');
  }

  private check(code: number): void {
    if (code !== 0) throw coreError(code, this.core.text(this.core.call('error_text')));
  }

  begin(name: string, sha256: Uint8Array, tileTarget = 0): void {
    const block = new Uint8Array(104);
    block.set(new TextEncoder().encode(name).subarray(0, 63));
    block.set(sha256, 64);
    new DataView(block.buffer).setUint32(96, tileTarget, true);
    this.core.withBlock(block, (address) => this.check(this.core.call('begin', address)));
  }

  pass(number: number): void {
    this.check(this.core.call('pass', number));
  }

  /** kind 0: OSMHeader, 1: OSMData, 2: rows of an overlay, 3: countries and time zones. */
  block(kind: 0 | 1 | 2 | 3, data: Uint8Array): void {
    this.core.withBlock(data, (address) => this.check(this.core.call('block', kind, address, data.byteLength)));
  }

  /** Which of nodes (1) and ways or relations (2) an OSMData block has. */
  kinds(data: Uint8Array): number {
    return this.core.withBlock(data, (address) => this.core.call('kinds', address, data.byteLength));
  }

  /** Lines "row<tab>reason" of the overlay's rows that were left out. */
  finish(): string {
    this.check(this.core.call('finish'));
    return this.core.text(this.core.call('error_text'));
  }

  /** Pieces of the file; each is valid until the next is asked for. */
  *pieces(): Generator<FilePiece> {
    const address = this.core.call('alloc', 16);
    while (true) {
      this.check(this.core.call('next', address));
      const view = this.core.view(address, 16);
      const size = view.getUint32(12, true);
      if (size === 0) break;
      const data = view.getUint32(8, true);
      yield { offset: Number(view.getBigUint64(0, true)), bytes: this.core.bytes(data, size) };
    }
    this.core.call('free', address);
  }
}
