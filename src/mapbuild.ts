// SPDX-License-Identifier: MIT
// Hosts the map compiler. It converts .osm files to PBF, inflates blobs a few at a time, and passes each block to the
// module in the passes that need it. The .tmap file is written completely or not at all.
import { CompilerModule } from './abi/compiler_module.ts';
import { TomareError } from './errors.ts';
import { type FileSource, type NewFile, nameOf } from './host/host.ts';
import { baseName, newFile, openFile, packageBytes, sha256 } from './host/node.ts';
import { CONSTANTS } from './layout.ts';
import { type BlobPlace, OsmFile, release } from './osm_file.ts';
import { overlayBlock } from './overlay/block.ts';
import type { LeftOut, OverlayRow } from './overlay/rows.ts';

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

const DIGEST_BYTES = 1 << 20;

function digest(sources: readonly FileSource[]): Uint8Array {
  const sum = sha256();
  for (const source of sources) {
    const file = openFile(source);
    for (let at = 0; at < file.size; at += DIGEST_BYTES) sum.update(file.read(at, DIGEST_BYTES));
    file.close();
  }
  return sum.digest();
}

/** How to build a map. */
export interface BuildOptions {
  /**
   * OpenStreetMap extracts (.osm.pbf with zlib, or .osm): paths on Node, bytes, or Files in a browser's worker. Several become
   * one map.
   */
  inputs: readonly FileSource[];
  /** Path of the map (.tmap). An existing file is replaced only if the build succeeds. */
  output: string;
  /** Default: the first input's name without its extensions. */
  name?: string;
  /** A tile of more bytes is split. Default 64 KiB. */
  tileTarget?: number;
  /** Called with the bytes read so far, and their total. */
  onProgress?: (done: number, total: number) => void;
  /** Rows of a regulation overlay, as `readOverlay` gives them. */
  overlay?: readonly OverlayRow[];
  /** Is told of the rows that no road takes. */
  onLeftOut?: (rows: LeftOut[]) => void;
  /** Is told, in one line each, of what a person should look at; the build goes on. */
  onWarning?: (line: string) => void;
  /** Turn restrictions that found no place, with the reason. */
  onDropped?: (restrictions: DroppedRestriction[]) => void;
}

export interface DroppedRestriction {
  relation: number;
  reason: string;
}

const DROPPED = 'restrictions_dropped_';

/** Lines "r<relation><tab>statistic" (compiler_abi.h). */
function droppedIn(text: string): DroppedRestriction[] {
  const lines = text.split('\n').filter((line) => line.startsWith('r'));
  return lines.map((line) => {
    const [relation = '', reason = ''] = line.slice(1).split('\t');
    return { relation: Number(relation), reason: reason.replace(DROPPED, '').replaceAll('_', ' ') };
  });
}

function leftOut(text: string): LeftOut[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('r'));
  return lines.map((line) => {
    const [row = '', reason = ''] = line.split('\t');
    return { row: Number(row), reason };
  });
}

/** @internal */
export function mapName(path: string): string {
  return baseName(path).replace(/\.osm$|(\.osm)?\.pbf$/, '');
}

/**
 * Compiles OpenStreetMap extracts to a road map; the same extracts give the same bytes.
 * @throws TomareError PBF_* for an extract that cannot be used, MAP_* for what the compiler refuses, OUTPUT or OUTPUT_FULL; nothing
 *   is left behind then
 * @example await buildMap({ inputs: ['malta.osm.pbf'], output: 'malta.tmap' })
 */
export async function buildMap(options: BuildOptions): Promise<void> {
  const out = newFile(options.output, options.onWarning); // first, so that a bad path is known before the work
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

/** A map in memory. */
class Bytes implements NewFile {
  bytes = new Uint8Array(0);

  async writeSoon(bytes: Uint8Array, offset: number): Promise<void> {
    const end = offset + bytes.byteLength;
    if (end > this.bytes.byteLength) {
      if (end > this.bytes.buffer.byteLength) {
        const larger = new Uint8Array(Math.max(end, 2 * this.bytes.buffer.byteLength));
        larger.set(this.bytes);
        this.bytes = larger;
      }
      this.bytes = new Uint8Array(this.bytes.buffer, 0, end);
    }
    this.bytes.set(bytes, offset);
  }

  async settle(): Promise<void> {}
  commit(): void {}
  discard(): void {}
}

/**
 * As `buildMap`, but returns the bytes of the map, for hosts without files.
 * @example const map = await buildMapBytes({ inputs: [file] })
 */
export async function buildMapBytes(options: Omit<BuildOptions, 'output'>): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Bytes();
  await compileInto(out, { ...options, output: '' });
  return out.bytes;
}

async function compileInto(out: NewFile, options: BuildOptions): Promise<void> {
  const [first] = options.inputs;
  if (first === undefined) throw new TomareError('USAGE', 'map build needs at least one .osm.pbf file');
  const { asPbf } = await import('./osm_xml.ts');
  const files: OsmFile[] = [];
  try {
    for (const input of options.inputs) files.push(new OsmFile(await asPbf(input), nameOf(input)));
    await compile(first, files, out, options, true).catch((error) => {
      if (!(error instanceof OutOfOrder)) throw error;
      return compile(first, files, out, options, false);
    });
  } finally {
    for (const file of files) file.close();
  }
}

async function compile(
  first: FileSource,
  files: readonly OsmFile[],
  out: NewFile,
  options: BuildOptions,
  trusted: boolean,
): Promise<void> {
  const total = 2 * files.reduce((sum, f) => sum + f.size, 0);
  const compiler = new CompilerModule();
  compiler.begin(options.name ?? mapName(nameOf(first)), digest(options.inputs), options.tileTarget);
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
    compiler.block('places', packageBytes('mapdata/places/places.bin'));
    if (options.overlay && options.overlay.length > 0) compiler.block('rows', overlayBlock(options.overlay));
    const told = compiler.finish();
    options.onLeftOut?.(leftOut(told));
    options.onDropped?.(droppedIn(told));
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    throw new TomareError(error.errorName, `${options.inputs.map(nameOf).join(', ')}: ${error.detail}`);
  }
  for (const piece of compiler.pieces()) await out.writeSoon(piece.bytes, piece.offset);
  options.onProgress?.(total, total);
}
