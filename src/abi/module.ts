// SPDX-License-Identifier: MIT
// The analyzer: calls by addresses, blocks in and out; one map open in one instance.
import { type CoreFault, coreError, placeOf, TomareError } from '../errors.ts';
import { type FileSource, nameOf } from '../host/host.ts';
import { CONSTANTS, STRUCTS } from '../layout.ts';
import { analyzerInstance } from './engine.ts';
import type { Instance } from './instance.ts';

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
  static open(map: FileSource, arenaBytes: number, program?: WebAssembly.Module): AnalyzerModule {
    const module = new AnalyzerModule(analyzerInstance(map, program));
    module.core.checkVersion(CONSTANTS.TM_ABI_VERSION);
    module.reopen(map, arenaBytes);
    return module;
  }

  /** Lets go of the map that is open, and opens it anew, or another one of its folder, in the same instance. */
  reopen(map: FileSource, arenaBytes: number): void {
    this.close();
    const name = new TextEncoder().encode(`${this.core.nameOf(map)}\0`);
    this.map = this.core.withBlock(name, (path) =>
      this.opened(nameOf(map), (error) => this.core.call('map_open', path, error)),
    );
    this.analyzer = this.opened(nameOf(map), (error) => this.core.call('analyzer_open', this.map, arenaBytes, error));
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

  /** The block that a call makes of a block; a copy. */
  private made(name: 'analyze' | 'trace' | 'roads', given: Uint8Array): Uint8Array<ArrayBuffer> {
    const analyzer = this.handle();
    const { fault } = this.core.withBlock(given, (address) =>
      this.faulting((error) => this.core.call(name, analyzer, address, given.byteLength, error)),
    );
    if (fault.code !== 0) throw faultError(fault, '');
    return this.result(analyzer);
  }

  /** What the last call made; a copy. */
  private result(analyzer: number): Uint8Array<ArrayBuffer> {
    return this.core.withBlock(new Uint8Array(4), (address) => {
      const data = this.core.call('result', analyzer, address);
      const size = this.core.view(address, 4).getUint32(0, true);
      return this.core.bytes(data, size).slice();
    });
  }

  /** The result block of a drive block. */
  analyze(drive: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.made('analyze', drive);
  }

  /** The trace block of a drive block. */
  trace(drive: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.made('trace', drive);
  }

  /** The roads block of a request. */
  roads(request: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.made('roads', request);
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

  /** The tm_place records of the open map, by their numbers; a copy. */
  mapPlaces(count: number): Uint8Array<ArrayBuffer> {
    const { size } = STRUCTS.tm_place;
    const all = new Uint8Array(count * size);
    this.core.withBlock(new Uint8Array(size), (address) => {
      for (let i = 0; i < count; i++) {
        this.core.call('map_place', this.map, i, address);
        all.set(this.core.bytes(address, size), i * size);
      }
    });
    return all;
  }

  /** Numbers of the places of positions, given as pairs of lat_e7 and lon_e7. */
  places(positions: Int32Array): Uint16Array {
    const analyzer = this.handle();
    const bytes = new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength);
    const { fault } = this.core.withBlock(bytes, (address) =>
      this.faulting((error) => this.core.call('places', analyzer, address, positions.length / 2, error)),
    );
    if (fault.code !== 0) throw faultError(fault, '');
    return new Uint16Array(this.result(analyzer).buffer);
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
