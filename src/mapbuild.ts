// SPDX-License-Identifier: MIT
// Hosts the map compiler: inflates the blobs of .osm.pbf files, a few at a time, hands plain blocks to the
// module, each in the passes that need it, and writes the .tmap file whole or not at all.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { CompilerModule } from './abi/compiler_module.ts';
import { TomareError } from './errors.ts';
import { WholeFile } from './files.ts';
import { CONSTANTS } from './layout.ts';
import { type BlobPlace, OsmFile, release } from './osm_file.ts';
import { overlayBlock } from './overlay/block.ts';
import type { LeftOut, OverlayRow } from './overlay/rows.ts';
import { packageFile } from './package_files.ts';

const IN_FLIGHT = 6;
const NODES = CONSTANTS.TOMAP_HAS_NODES;
const OTHERS = CONSTANTS.TOMAP_HAS_OTHERS;

/** A file says that it is sorted, and is not. */
class OutOfOrder extends Error {}

/** One input on its way through the passes: which blobs the second one need not see. */
class Input {
  readonly file: OsmFile;
  private blobs: BlobPlace[] = [];
  /** So says the file's order. */
  private nodesAlone = new Set<BlobPlace>();
  /** So pass 1 found. */
  private readonly withoutNodes = new Set<BlobPlace>();

  constructor(file: OsmFile) {
    this.file = file;
  }

  async index(compiler: CompilerModule, trusted: boolean): Promise<void> {
    const all = this.file.blobs();
    this.blobs = all.filter((b) => b.type === 'OSMHeader' || b.type === 'OSMData');
    if (!trusted || !(await this.file.sorted(all))) return;
    const data = all.filter((b) => b.type === 'OSMData');
    let first = 0;
    for (let end = data.length; first < end; ) {
      const middle = (first + end) >> 1;
      const kinds = compiler.kinds(await this.file.plain(data[middle] as BlobPlace));
      if ((kinds & OTHERS) === 0) first = middle + 1;
      else end = middle;
    }
    this.nodesAlone = new Set(data.slice(0, first));
  }

  private needed(pass: number): BlobPlace[] {
    const left = pass === 1 ? this.nodesAlone : this.withoutNodes;
    return this.blobs.filter((b) => !left.has(b));
  }

  private take(pass: number, blob: BlobPlace, data: Uint8Array, compiler: CompilerModule): void {
    if (blob.type === 'OSMHeader') {
      compiler.block('header', data);
      return;
    }
    const kinds = compiler.kinds(data);
    if (pass === 1 && (kinds & NODES) === 0) this.withoutNodes.add(blob);
    if (pass === 2 && (kinds & OTHERS) !== 0 && this.nodesAlone.has(blob)) throw new OutOfOrder();
    compiler.block('data', data);
  }

  async feed(pass: number, compiler: CompilerModule, progress: (bytes: number) => void): Promise<void> {
    const waiting: { blob: BlobPlace; data: Promise<Uint8Array> }[] = [];
    const takeFirst = async () => {
      const next = waiting.shift();
      if (!next) return;
      const data = await next.data;
      try {
        this.take(pass, next.blob, data, compiler);
      } catch (error) {
        if (!(error instanceof TomareError) || error.errorName === 'OUT_OF_MEMORY') throw error;
        throw new TomareError(error.errorName, `${this.file.path}, blob at byte ${next.blob.at}: ${error.detail}`);
      }
      release(data);
      progress(next.blob.at);
    };
    for (const blob of this.needed(pass)) {
      const data = this.file.plain(blob);
      data.catch(() => undefined); // one that is not waited for any more
      waiting.push({ blob, data });
      if (waiting.length >= IN_FLIGHT) await takeFirst();
    }
    while (waiting.length > 0) await takeFirst();
  }
}

function digest(paths: readonly string[]): Uint8Array {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20);
  for (const path of paths) {
    const fd = openSync(path, 'r');
    for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) hash.update(chunk.subarray(0, got));
    closeSync(fd);
  }
  return hash.digest();
}

/** What a map is built from, and where it goes. */
export interface BuildOptions {
  /** Paths of OpenStreetMap extracts (.osm.pbf, zlib); several become one map. */
  inputs: readonly string[];
  /** Path of the map (.tmap): replaced whole when all went well, else left as it was. */
  output: string;
  /** Default: the first input's name without its extensions. */
  name?: string;
  /** Bytes that a tile is split to stay below; default 64 KiB. */
  tileTarget?: number;
  /** Bytes read so far, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Rows of a regulation overlay, as `readOverlay` gives them. */
  overlay?: readonly OverlayRow[];
  /** Is told of the rows that no road takes. */
  onLeftOut?: (rows: LeftOut[]) => void;
  /** Is told, in one line each, of what a person should look at; the build goes on. */
  onWarning?: (line: string) => void;
}

function leftOut(text: string): LeftOut[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [row = '', reason = ''] = line.split('\t');
    return { row: Number(row), reason };
  });
}

/** @internal */
export function mapName(path: string): string {
  return basename(path).replace(/(\.osm)?\.pbf$/, '');
}

/**
 * Compiles OpenStreetMap extracts to a road map; the same extracts give the same bytes.
 * @throws TomareError PBF_* for an extract that cannot be used, MAP_* for what the compiler refuses, OUTPUT or OUTPUT_FULL; nothing
 *   is left behind then
 * @example await buildMap({ inputs: ['malta.osm.pbf'], output: 'malta.tmap' })
 */
export async function buildMap(options: BuildOptions): Promise<void> {
  const out = new WholeFile(options.output, options.onWarning); // first, so that a bad path is known before the work
  try {
    await compileInto(out, options);
    await out.settle();
    out.commit();
  } catch (error) {
    await out.settle().catch(() => undefined); // the first error is the one to tell
    out.discard();
    throw error;
  }
}

async function compileInto(out: WholeFile, options: BuildOptions): Promise<void> {
  const [first] = options.inputs;
  if (first === undefined) throw new TomareError('USAGE', 'map build needs at least one .osm.pbf file');
  const files: OsmFile[] = [];
  try {
    for (const path of options.inputs) files.push(new OsmFile(path));
    await compile(first, files, out, options, true).catch((error) => {
      if (!(error instanceof OutOfOrder)) throw error;
      return compile(first, files, out, options, false);
    });
  } finally {
    for (const file of files) file.close();
  }
}

async function compile(
  first: string,
  files: readonly OsmFile[],
  out: WholeFile,
  options: BuildOptions,
  trusted: boolean,
): Promise<void> {
  const total = 2 * files.reduce((sum, f) => sum + f.size, 0);
  const compiler = new CompilerModule();
  compiler.begin(options.name ?? mapName(first), digest(options.inputs), options.tileTarget);
  const inputs = files.map((f) => new Input(f));
  for (const input of inputs) await input.index(compiler, trusted);
  let done = 0;
  for (const pass of [1, 2]) {
    compiler.pass(pass);
    for (const input of inputs) {
      await input.feed(pass, compiler, (bytes) => options.onProgress?.(done + bytes, total));
      done += input.file.size;
    }
  }
  try {
    compiler.block('places', readFileSync(packageFile('mapdata/places/places.bin')));
    if (options.overlay && options.overlay.length > 0) compiler.block('rows', overlayBlock(options.overlay));
    const rows = leftOut(compiler.finish());
    options.onLeftOut?.(rows);
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    throw new TomareError(error.errorName, `${options.inputs.join(', ')}: ${error.detail}`);
  }
  for (const piece of compiler.pieces()) await out.writeSoon(piece.bytes, piece.offset);
  options.onProgress?.(total, total);
}
