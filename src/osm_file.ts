// SPDX-License-Identifier: MIT
// The blobs of an .osm.pbf file (OSM wiki: PBF Format): where each lies, and its inflated bytes.
import { PbfReader } from 'pbf';
import { TomareError } from './errors.ts';
import type { FileSource, OpenFile } from './host/host.ts';
import { inflate, openFile } from './host/node.ts';

const MAX_HEADER = 64 << 10;
const MAX_BLOB = 32 << 20;
/** What else an OSM file may be, by its first bytes, and how it becomes an .osm.pbf. */
const OTHER_KINDS: { is: (head: Uint8Array, text: string) => boolean; what: string; advice: string }[] = [
  {
    is: (head) => head[0] === 0x1f && head[1] === 0x8b,
    what: 'it is packed with gzip',
    advice: 'unpack it: gunzip FILE.osm.pbf.gz; of a packed .osm.gz: osmium cat FILE.osm.gz -o FILE.osm.pbf',
  },
  {
    is: (_, text) => text.startsWith('BZh'),
    what: 'it is packed with bzip2',
    advice: 'convert it: osmium cat FILE.osm.bz2 -o FILE.osm.pbf',
  },
  {
    is: (_, text) => text.startsWith('PK'),
    what: 'it is a zip archive',
    advice: 'unpack it and give the .osm.pbf file that it holds',
  },
  {
    is: (_, text) => /^[nwr]\d+ v/.test(text),
    what: 'it is an OPL file',
    advice: 'convert it: osmium cat FILE.opl -o FILE.osm.pbf',
  },
  {
    is: (head, text) => text.includes('o5m2') || (head[0] === 0xff && head[1] === 0xe0),
    what: 'it is an o5m file',
    advice: 'convert it: osmconvert FILE.o5m -o=FILE.osm.pbf',
  },
];
const HEAD = 64;
const AGAIN = 'download the extract again';
const NAMES = ['', 'raw', 'raw_size', 'zlib', 'lzma', 'bzip2', 'lz4', 'zstd'];

/** Where a blob lies. */
export interface BlobPlace {
  type: string;
  /** Of its header, and of its data. */
  at: number;
  dataAt: number;
  size: number;
}

/** Gives back what was inflated or read at once: left to the collector, blocks wait by the hundred. */
export function release(data: Uint8Array): void {
  const { buffer } = data;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === data.byteLength) buffer.transfer(0);
}

export class OsmFile {
  readonly path: string;
  readonly size: number;
  private readonly file: OpenFile;

  /** `name`: for messages. */
  constructor(source: FileSource, name: string) {
    this.path = name;
    try {
      this.file = openFile(source);
    } catch (error) {
      throw new TomareError('PBF_READ', `${this.path}: ${(error as { code?: string }).code}`);
    }
    this.size = this.file.size;
  }

  private read(at: number, size: number, what: string): Uint8Array {
    const bytes = this.file.read(at, size);
    if (bytes.byteLength < size) throw this.damaged(at, `the file ends inside ${what}`);
    return bytes;
  }

  damaged(at: number, what: string, advice = AGAIN): TomareError {
    return new TomareError('PBF_FORMAT', `${this.path}, byte ${at}: ${what}; ${advice}`);
  }

  /** Other forms of OSM data are told by name. */
  private checkKind(): void {
    const head = this.file.read(0, Math.min(HEAD, this.size));
    const text = String.fromCharCode(...head);
    const kind = OTHER_KINDS.find(({ is }) => is(head, text));
    if (kind) throw this.damaged(0, `${kind.what}, no .osm.pbf file`, kind.advice);
  }

  /** Reads the headers alone. */
  blobs(): BlobPlace[] {
    this.checkKind();
    const places: BlobPlace[] = [];
    for (let at = 0; at < this.size; ) {
      const [a = 0, b = 0, c = 0, d = 0] = this.read(at, 4, 'a blob header');
      const headerSize = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      if (headerSize === 0 || headerSize > MAX_HEADER) {
        throw this.damaged(at, `a blob header of ${headerSize} bytes; this is not an .osm.pbf file`);
      }
      let type = '';
      let size = -1;
      this.fields(at, this.read(at + 4, headerSize, 'a blob header'), (tag, pbf) => {
        if (tag === 1) type = pbf.readString();
        else if (tag === 3) size = pbf.readVarint();
      });
      if (size < 0 || size > MAX_BLOB) throw this.damaged(at, `a blob of ${size} bytes, beyond the limit of 32 MiB`);
      const dataAt = at + 4 + headerSize;
      if (dataAt + size > this.size) throw this.damaged(dataAt, 'the file ends inside a blob');
      places.push({ type, at, dataAt, size });
      at = dataAt + size;
    }
    return places;
  }

  private fields(at: number, data: Uint8Array, take: (tag: number, pbf: PbfReader) => void): void {
    try {
      new PbfReader(data).readFields((tag, _, pbf) => take(tag, pbf), undefined);
    } catch (error) {
      if (error instanceof TomareError) throw error;
      throw this.damaged(at, 'the protobuf data of a blob is damaged');
    }
  }

  /** The inflated bytes. */
  async plain(blob: BlobPlace): Promise<Uint8Array> {
    let raw: Uint8Array | undefined;
    let zlib: Uint8Array | undefined;
    let rawSize = 0;
    let other = 'nothing known';
    const read = this.read(blob.dataAt, blob.size, 'a blob');
    this.fields(blob.at, read, (tag, pbf) => {
      if (tag === 1) raw = pbf.readBytes();
      else if (tag === 2) rawSize = pbf.readVarint();
      else if (tag === 3) zlib = pbf.readBytes();
      else if (tag > 3) other = NAMES[tag] ?? `field ${tag}`;
    });
    if (raw) return raw;
    if (!zlib) {
      const advice = 'convert it: osmium cat FILE.osm.pbf -o OUT.osm.pbf';
      throw this.damaged(blob.at, `a blob compressed with ${other}; only zlib is read`, advice);
    }
    if (rawSize === 0 || rawSize > MAX_BLOB) {
      throw this.damaged(blob.at, `a blob that says it inflates to ${rawSize} bytes; 1 byte to 32 MiB are expected`);
    }
    let plain: Uint8Array;
    try {
      plain = await inflate(zlib, rawSize, MAX_BLOB);
    } catch {
      throw this.damaged(blob.at, 'a blob does not inflate');
    } finally {
      release(read);
    }
    if (plain.byteLength === rawSize) return plain;
    throw this.damaged(blob.at, `a blob of ${plain.byteLength} bytes says that it has ${rawSize}`);
  }

  /** Whether the file's header says that nodes come before ways, and these before relations. */
  async sorted(blobs: readonly BlobPlace[]): Promise<boolean> {
    const header = blobs.find((b) => b.type === 'OSMHeader');
    if (!header) return false;
    let sorted = false;
    this.fields(header.at, await this.plain(header), (tag, pbf) => {
      if (tag === 5 && pbf.readString() === 'Sort.Type_then_ID') sorted = true;
    });
    return sorted;
  }

  close(): void {
    this.file.close();
  }
}
