// SPDX-License-Identifier: MIT
// Hosts the map compiler: reads .osm.pbf blobs, inflates them with Node's zlib, a few at a time, hands
// plain blocks to the module, and writes the .tmap file whole or not at all.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { PbfReader } from 'pbf';
import { CompilerModule } from './abi/module.ts';
import { TomareError } from './errors.ts';
import { WholeFile } from './files.ts';
import { overlayBlock } from './overlay/block.ts';
import type { LeftOut, OverlayRow } from './overlay/rows.ts';

const inflateBlob = promisify(inflate);
const MAX_HEADER = 64 << 10;
const MAX_BLOB = 32 << 20;
const IN_FLIGHT = 6;

interface Blob {
  type: string;
  at: number;
  raw?: Uint8Array;
  zlib?: Uint8Array;
  other?: string;
  rawSize: number;
}

class BlobFile {
  readonly path: string;
  readonly size: number;
  private readonly fd: number;

  constructor(path: string) {
    this.path = path;
    try {
      this.fd = openSync(path, 'r');
    } catch (error) {
      throw new TomareError('PBF_READ', `${path}: ${(error as NodeJS.ErrnoException).code}`);
    }
    const stat = fstatSync(this.fd);
    if (!stat.isFile()) throw new TomareError('PBF_READ', `${path}: it is not a file`);
    this.size = stat.size;
  }

  private read(at: number, size: number, what: string): Buffer {
    const buffer = Buffer.alloc(size);
    const got = readSync(this.fd, buffer, 0, size, at);
    if (got < size) throw this.damaged(at, `the file ends inside ${what}`);
    return buffer;
  }

  damaged(at: number, what: string): TomareError {
    return new TomareError('PBF_FORMAT', `${this.path}, byte ${at}: ${what}; download the extract again`);
  }

  *blobs(): Generator<Blob> {
    for (let at = 0; at < this.size; ) {
      const headerSize = this.read(at, 4, 'a blob header').readUInt32BE(0);
      if (headerSize === 0 || headerSize > MAX_HEADER) {
        throw this.damaged(at, `a blob header of ${headerSize} bytes; this is not an .osm.pbf file`);
      }
      const blob: Blob = { type: '', at, rawSize: 0 };
      let size = -1;
      this.parse(at, () =>
        new PbfReader(this.read(at + 4, headerSize, 'a blob header')).readFields((tag, _, pbf) => {
          if (tag === 1) blob.type = pbf.readString();
          else if (tag === 3) size = pbf.readVarint();
        }, undefined),
      );
      if (size < 0 || size > MAX_BLOB) throw this.damaged(at, `a blob of ${size} bytes, beyond the limit of 32 MiB`);
      const data = this.read(at + 4 + headerSize, size, 'a blob');
      this.parse(at, () =>
        new PbfReader(data).readFields((tag, _, pbf) => {
          if (tag === 1) blob.raw = pbf.readBytes();
          else if (tag === 2) blob.rawSize = pbf.readVarint();
          else if (tag === 3) blob.zlib = pbf.readBytes();
          else if (tag > 3) blob.other = { 4: 'lzma', 5: 'bzip2', 6: 'lz4', 7: 'zstd' }[tag] ?? `field ${tag}`;
        }, undefined),
      );
      yield blob;
      at += 4 + headerSize + size;
    }
  }

  private parse(at: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof TomareError) throw error;
      throw this.damaged(at, 'the protobuf data of a blob is damaged');
    }
  }

  async plain(blob: Blob): Promise<Uint8Array> {
    if (blob.raw) return blob.raw;
    if (!blob.zlib)
      throw this.damaged(blob.at, `a blob compressed with ${blob.other ?? 'nothing known'}; only zlib is read`);
    try {
      return await inflateBlob(blob.zlib, { maxOutputLength: MAX_BLOB });
    } catch {
      throw this.damaged(blob.at, 'a blob does not inflate');
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}

async function feed(file: BlobFile, compiler: CompilerModule, progress: (bytes: number) => void): Promise<void> {
  const waiting: { blob: Blob; data: Promise<Uint8Array> }[] = [];
  const take = async () => {
    const next = waiting.shift();
    if (!next) return;
    const data = await next.data;
    try {
      compiler.block(next.blob.type === 'OSMHeader' ? 0 : 1, data);
    } catch (error) {
      for (const rest of waiting) rest.data.catch(() => undefined);
      if (!(error instanceof TomareError) || error.errorName === 'OUT_OF_MEMORY') throw error;
      throw new TomareError(error.errorName, `${file.path}, blob at byte ${next.blob.at}: ${error.detail}`);
    }
    progress(next.blob.at);
  };
  for (const blob of file.blobs()) {
    if (blob.type !== 'OSMHeader' && blob.type !== 'OSMData') continue;
    const data = file.plain(blob);
    data.catch(() => undefined);
    waiting.push({ blob, data });
    if (waiting.length >= IN_FLIGHT) await take();
  }
  while (waiting.length > 0) await take();
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

export interface BuildOptions {
  inputs: readonly string[];
  output: string;
  /** Default: the first input's name without its extensions. */
  name?: string;
  /** Bytes that a tile is split to stay below; default 64 KiB. */
  tileTarget?: number;
  onProgress?: (done: number, total: number) => void;
  /** Rows of a regulation overlay, and what becomes of those that no road takes. */
  overlay?: readonly OverlayRow[];
  onLeftOut?: (rows: LeftOut[]) => void;
}

function leftOut(text: string): LeftOut[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [row = '', reason = ''] = line.split('\t');
    return { row: Number(row), reason };
  });
}

export function mapName(path: string): string {
  return basename(path).replace(/(\.osm)?\.pbf$/, '');
}

export async function buildMap(options: BuildOptions): Promise<void> {
  const out = new WholeFile(options.output); // first, so that a bad path is known before the work
  try {
    await compileInto(out, options);
    out.commit();
  } catch (error) {
    out.discard();
    throw error;
  }
}

async function compileInto(out: WholeFile, options: BuildOptions): Promise<void> {
  const [first] = options.inputs;
  if (first === undefined) throw new TomareError('USAGE', 'map build needs at least one .osm.pbf file');
  const files: BlobFile[] = [];
  try {
    for (const path of options.inputs) files.push(new BlobFile(path));
    await compile(first, files, out, options);
  } finally {
    for (const file of files) file.close();
  }
}

async function compile(
  first: string,
  files: readonly BlobFile[],
  out: WholeFile,
  options: BuildOptions,
): Promise<void> {
  const total = 2 * files.reduce((sum, f) => sum + f.size, 0);
  const compiler = new CompilerModule();
  compiler.begin(options.name ?? mapName(first), digest(options.inputs), options.tileTarget);
  let done = 0;
  for (const pass of [1, 2]) {
    compiler.pass(pass);
    for (const file of files) {
      await feed(file, compiler, (bytes) => options.onProgress?.(done + bytes, total));
      done += file.size;
    }
  }
  try {
    if (options.overlay && options.overlay.length > 0) compiler.block(2, overlayBlock(options.overlay));
    const rows = leftOut(compiler.finish());
    options.onLeftOut?.(rows);
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    throw new TomareError(error.errorName, `${options.inputs.join(', ')}: ${error.detail}`);
  }
  for (const piece of compiler.pieces()) out.write(piece.bytes, piece.offset);
  options.onProgress?.(total, total);
}
