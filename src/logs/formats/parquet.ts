// SPDX-License-Identifier: MIT
// Parquet: row groups one after another, of the flat columns, else of the structs too, as rows of CSV, so that names
// and units of columns mean what they mean there. The directory is at the end of the file, so the file is held whole
// within a bound; what a page may inflate to is bounded, too. What the host cannot inflate, and LZ4 and LZO, is refused
// by name.
// https://parquet.apache.org/docs/file-format/
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetScan,
  parquetSchema,
  type SchemaTree,
  snappyUncompress,
} from 'hyparquet';
import { TomareError } from '../../errors.ts';
import type { Inflate } from '../../host/host.ts';
import { INFLATE } from '../../host/node.ts';
import type { FixSink, LogFormat, LogSource } from '../format.ts';
import { headerOf } from '../table/header.ts';
import { meaningOf } from '../table/names.ts';
import csv from './csv.ts';

/** Of the file, and of one row group or page once inflated. */
const FILE_BYTES = 256 * 2 ** 20;
const GROUP_BYTES = 256 * 2 ** 20;
const PAGE_BYTES = 64 * 2 ** 20;
/** Values of one row group, which are decoded at once. */
const GROUP_CELLS = 50_000_000;
/** Rows that become one text. */
const ROWS = 10_000;
/** Structs within structs. */
const LEVELS = 4;

async function whole(source: LogSource, sink: FixSink): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source.bytes()) {
    size += part.length;
    if (size > FILE_BYTES) throw sink.bad(1, `more than ${FILE_BYTES} bytes; split the log`, 'LOG_SIZE');
    parts.push(new Uint8Array(part));
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

function compressors(sink: FixSink): Compressors {
  const checked = (inflate: (input: Uint8Array, size: number) => Uint8Array) => (input: Uint8Array, size: number) => {
    if (size > PAGE_BYTES) throw sink.bad(1, `a page of more than ${PAGE_BYTES} bytes`, 'LOG_INFLATED');
    return inflate(input, size);
  };
  const refused = (name: string) => () => {
    throw sink.bad(1, `compressed by ${name}; write it with snappy, gzip or zstd`, 'LOG_PARQUET');
  };
  const ofHost = (name: string, inflate: Inflate | undefined) => {
    if (inflate) return checked((input, size) => inflate(input, Math.max(size, 1)));
    return () => {
      throw sink.bad(1, `compressed by ${name}, not in the browser; write it with snappy or gzip`, 'LOG_PARQUET');
    };
  };
  return {
    SNAPPY: checked((input, size) => {
      const output = new Uint8Array(size);
      snappyUncompress(input, output);
      return output;
    }),
    GZIP: ofHost('gzip', INFLATE.GZIP),
    BROTLI: ofHost('Brotli', INFLATE.BROTLI),
    ZSTD: ofHost('Zstandard', INFLATE.ZSTD),
    LZ4: refused('LZ4'),
    LZ4_RAW: refused('LZ4'),
    LZO: refused('LZO'),
  };
}

/** One value a row: a flat column, or a field of a struct. */
interface Leaf {
  column: string;
  keys: string[];
}
const nameOf = ({ column, keys }: Leaf) => [column, ...keys].join('.');

/** The leaves of a column that is no list. */
function leavesOf({ element, children }: SchemaTree, path: readonly string[] = []): Leaf[] {
  const [column = '', ...keys] = [...path, element.name];
  const isList = element.repetition_type === 'REPEATED' || /LIST|MAP/.test(element.converted_type ?? '');
  if (isList || keys.length > LEVELS) return [];
  return children.length === 0 ? [{ column, keys }] : children.flatMap((child) => leavesOf(child, [column, ...keys]));
}

/** Flat columns; where they hold no time and position, the fields of structs too, named by their paths. */
function columnsOf(metadata: FileMetaData, choices: LogSource['columns']): Leaf[] {
  const leaves = parquetSchema(metadata).children.flatMap((child) => leavesOf(child));
  const flat = leaves.filter(({ keys }) => keys.length === 0);
  return typeof headerOf(flat.map(nameOf), choices) === 'object' ? flat : leaves;
}

/** The value of a leaf in what the library gives for its column. */
function fieldIn(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((of, key) => (typeof of === 'object' ? (of as Fields | null)?.[key] : undefined), value);
}
type Fields = Record<string, unknown>;

function fieldOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'object') return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** ISO 8601 without a zone, for a Date would lose what is finer than a millisecond. */
function instant(nanoseconds: bigint): string | null {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  if (Number.isNaN(date.getTime())) return null;
  const rest = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return `${new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)}.${String(rest).padStart(9, '0')}`;
}

/** Columns of instants; other timestamps are wall clocks, and have no Z. */
function zonedTimes(metadata: FileMetaData): Set<string> {
  const zoned = metadata.schema.filter(({ logical_type: logical, converted_type: converted, type }) => {
    if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC;
    return /^TIMESTAMP/.test(converted ?? '') || type === 'INT96';
  });
  return new Set(zoned.map((element) => element.name));
}

/** The type of a point in well-known binary, and the bytes before its numbers. */
const POINT = 1;
const POINT_HEAD = 5;

/** Well-known binary of a point as hexadecimal digits, which tables have too; a text as it is. */
function pointDigits(bytes: Uint8Array | undefined, sink: FixSink): string | undefined {
  if (bytes === undefined) return undefined;
  if (bytes.length < POINT_HEAD || (bytes[0] as number) > 1) return Buffer.from(bytes).toString();
  const type = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(1, bytes[0] === 1);
  if ((type & 0xffff) % 1000 !== POINT)
    throw sink.bad(1, 'its geometries are no points; write a row with a point and a time for each fix', 'LOG_NO_TRACK');
  return Buffer.from(bytes).toString('hex');
}

const parsersFor = (sink: FixSink) => ({
  timestampFromMilliseconds: (ms: bigint) => instant(ms * 1_000_000n),
  timestampFromMicroseconds: (us: bigint) => instant(us * 1000n),
  timestampFromNanoseconds: instant,
  geometryFromBytes: (bytes: Uint8Array | undefined) => pointDigits(bytes, sink),
  geographyFromBytes: (bytes: Uint8Array | undefined) => pointDigits(bytes, sink),
});

/** Reference systems that are WGS 84 within a metre; a blank, a slash and a projection follow in the names of others. */
const AS_WGS_84 = /CRS:?84|WGS ?84|\b(?:4326|4979|4258|4269|4612|6668|4490)\b/i;
const PROJECTED = / \/ /;

/** Of a column, as the metadata of GeoParquet tell it. */
interface Geo {
  crs?: { name?: string; id?: { code?: unknown } } | null;
}

/** Refuses geometries of another reference system; GeoParquet that names none is of WGS 84. */
function checkSystem({ schema, key_value_metadata: pairs = [] }: FileMetaData, sink: FixSink): void {
  const geo = JSON.parse(pairs.find(({ key }) => key === 'geo')?.value ?? '{}') as { columns?: Record<string, Geo> };
  const named = Object.values(geo.columns ?? {}).map(({ crs }) => (crs ? `${crs.name} ${crs.id?.code}` : ''));
  for (const { logical_type: logical } of schema)
    if (logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY') named.push(logical.crs ?? '');
  const other = named.some((text) => text !== '' && (!AS_WGS_84.test(text) || PROJECTED.test(text)));
  if (other) throw sink.bad(1, 'its positions are in another reference system than WGS 84; convert them', 'LOG_FORMAT');
}

/** Names the bytes of a column of points that nothing in the file calls geometries. */
function markPoints({ schema }: FileMetaData): void {
  for (const element of schema) {
    const bare = element.type === 'BYTE_ARRAY' && !element.logical_type && !element.converted_type;
    if (bare && meaningOf(element.name)?.role === 'point') element.logical_type = { type: 'GEOMETRY' };
  }
}

class Table {
  private readonly metadata: FileMetaData;
  private readonly columns: Leaf[];
  private readonly file: AsyncBuffer;
  private readonly source: LogSource;
  private readonly sink: FixSink;

  constructor(bytes: ArrayBuffer, source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
    this.file = { byteLength: bytes.byteLength, slice: (from, to) => bytes.slice(from, to) };
    this.metadata = parquetMetadata(bytes);
    checkSystem(this.metadata, sink);
    markPoints(this.metadata);
    this.columns = columnsOf(this.metadata, source.columns);
    this.check();
  }

  private check(): void {
    const { limits } = this.source;
    const { row_groups: groups, schema } = this.metadata;
    if (schema.length > limits.columns) throw this.sink.bad(1, `more than ${limits.columns} columns`, 'LOG_WIDTH');
    const rows = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (rows > limits.fixes) throw this.sink.bad(1, `more than ${limits.fixes} rows; split the log`, 'LOG_FIXES');
    const bytes = groups
      .flatMap((group) => group.columns)
      .map((c) => Number(c.meta_data?.total_uncompressed_size ?? 0));
    if (bytes.some((size) => size > GROUP_BYTES)) {
      throw this.sink.bad(1, `a column of a row group has more than ${GROUP_BYTES} bytes`, 'LOG_INFLATED');
    }
  }

  /** The names of the columns as the first line of a table. */
  header(): string {
    return `${this.columns.map((leaf) => fieldOf(nameOf(leaf))).join(',')}\n`;
  }

  async *rows(): AsyncGenerator<string> {
    const { file, metadata, columns, sink } = this;
    const zoned = zonedTimes(metadata);
    const wanted = [...new Set(columns.map(({ column }) => column))];
    const options = { file, metadata, columns: wanted, compressors: compressors(sink), parsers: parsersFor(sink) };
    const scan = await guarded(sink, () => parquetScan(options));
    for (const { rowStart, rowEnd } of scan.ranges) {
      this.checkCells(rowEnd - rowStart);
      const read = (column: string) => scan.readColumn({ column, rowStart, rowEnd });
      const values = await guarded(sink, () => Promise.all(wanted.map(read)));
      const data = columns.map(({ column, keys }) => {
        const of = values[wanted.indexOf(column)] as ArrayLike<unknown>;
        return keys.length === 0 ? of : Array.from(of, (value) => fieldIn(value, keys));
      });
      const marks = columns.map(({ column, keys }) => (zoned.has(keys.at(-1) ?? column) ? 'Z' : ''));
      yield* textOf(data, marks, rowEnd - rowStart);
    }
  }

  private checkCells(rows: number): void {
    if (rows * this.columns.length <= GROUP_CELLS) return;
    throw this.sink.bad(1, `a row group of more than ${GROUP_CELLS} values; write smaller row groups`, 'LOG_WIDTH');
  }
}

/** The rows of columns as lines of a table; `marks` follow a field that has a value. */
function* textOf(data: readonly ArrayLike<unknown>[], marks: readonly string[], rows: number): Generator<string> {
  for (let from = 0; from < rows; from += ROWS) {
    let text = '';
    for (let i = from; i < Math.min(rows, from + ROWS); i++) {
      data.forEach((column, c) => {
        const field = fieldOf(column[i]);
        text += (c === 0 ? '' : ',') + field + (field === '' ? '' : marks[c]);
      });
      text += '\n';
    }
    yield text;
  }
}

/** What the library throws is about offsets and types of its own. */
async function guarded<T>(sink: FixSink, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TomareError) throw error;
    throw sink.bad(1, 'damaged, or written in a way that is not read', 'LOG_PARQUET');
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const bytes = await whole(source, sink);
  const table = await guarded(sink, () => new Table(bytes, source, sink));
  const header = table.header();
  async function* text(): AsyncGenerator<string> {
    yield header;
    yield* table.rows();
  }
  const head = { ...source.head, text: header, encoding: 'utf-8', whole: false };
  await csv.read({ ...source, head, pieces: text }, sink);
}

const parquet: LogFormat = {
  name: 'parquet',
  title: 'Parquet',
  recognises: ({ bytes }) => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1',
  read,
};
export default parquet;
