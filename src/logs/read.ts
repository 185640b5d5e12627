// SPDX-License-Identifier: MIT
// Reads a log of any format, recognised by its content, each also gzipped. Streams with bounds on what it
// may cost, and gives the account of the reading with the fixes.
import { TomareError } from '../errors.ts';
import { type Checksum, type FileSource, hexOf, nameOf } from '../host/host.ts';
import { sha256, streamOf } from '../host/node.ts';
import type { Log } from '../types.ts';
import { type ArchivedLog, fileHead, placeOf, soleEntry } from './archive.ts';
import { Ascii, type Text } from './codes.ts';
import { bounded, gunzipped, isGzip, isZip, Zip } from './containers.ts';
import { decoder, encodingOf } from './encoding.ts';
import { type FinishOptions, finish } from './finish.ts';
import { foreign, ownOutput } from './foreign.ts';
import type { ColumnChoice, LogFormat, LogHead, LogLimits, LogSource } from './format.ts';
import { logId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { formatOf } from './registry.ts';
import { Sink } from './sink.ts';

/** How to read a log. `timeZone`: IANA name, such as "Asia/Tokyo", for times without a zone. */
export interface ReadOptions extends FinishOptions {
  /** Bounds that replace the usual ones. */
  limits?: Partial<LogLimits>;
  /** Columns that the user names, for tables and NDJSON. */
  columns?: readonly ColumnChoice[];
  /** Vehicle and driver, if the log does not name them. */
  vehicleId?: string | undefined;
  driverId?: string | undefined;
}

type Chunks = AsyncIterable<Uint8Array>;

const HEAD_BYTES = 64 << 10;

async function* hashed(chunks: Chunks, hash: Checksum): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The first bytes, and a stream that still has them. */
async function peek(chunks: Chunks, size: number) {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let whole = false;
  for (let got = 0; got < size && !whole; ) {
    const next = await iterator.next();
    if (next.done) whole = true;
    else {
      held.push(new Uint8Array(next.value));
      got += next.value.length;
    }
  }
  const head = Buffer.concat(held);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      while (held.length > 0) yield held.shift() as Uint8Array;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  const close = async () => void (await iterator.return?.());
  return { head, whole, all: all(), close };
}

/** Recorders fill fields, and files after a loss of power, with zeros: no text has them. */
const withoutZeros = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '') : text);

/** Bytes that become text at once: what lives when V8 collects decides how far its young generation grows. */
const TEXT_BYTES = 16 << 10;

/** Of bytes in UTF-8: those that are ASCII as they are. */
async function* pieces(chunks: Chunks, encoding: string): AsyncGenerator<Text> {
  const text = decoder(encoding);
  const ascii = new Ascii(TEXT_BYTES);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += TEXT_BYTES) {
      const bytes = chunk.subarray(at, at + TEXT_BYTES);
      yield text.asIs(bytes, ascii) ? ascii : withoutZeros(text.write(bytes));
    }
  }
  yield text.end();
}

async function* decoded(chunks: Chunks, encoding: string): AsyncGenerator<string> {
  const text = decoder(encoding);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += TEXT_BYTES)
      yield withoutZeros(text.write(chunk.subarray(at, at + TEXT_BYTES)));
  }
  yield text.end();
}

/** `others`: files beside the log in its archive that are no logs. */
type Begun = Awaited<ReturnType<typeof peek>> & { others?: number };
type OpenSource = LogSource & { others: number; close(): Promise<void> };

/** The log itself: out of gzip and zip, with its first bytes. `inside`: the bytes are those of an archive's entry. */
async function unwrapped(name: string, bytes: Chunks, limits: LogLimits, inside: boolean): Promise<Begun> {
  const outer = await peek(bytes, 4);
  const gzipped = isGzip(outer.head);
  const plain = gzipped ? gunzipped(outer.all, name) : outer.all;
  const excess = gzipped || inside ? 'LOG_INFLATED' : 'LOG_SIZE';
  const begin = await peek(bounded(plain, name, limits.totalBytes, excess), HEAD_BYTES);
  if (!isZip(begin.head)) return begin;
  if (inside) throw new TomareError('LOG_ZIP', `${name}: an archive within an archive; unpack it`);
  const zip = await Zip.ofStream(begin.all, name);
  const { entry, others } = await soleEntry(zip);
  const log = await unwrapped(name, zip.read(entry), limits, true);
  return { ...log, others };
}

/** The log as its format reads it, inflated. */
async function open(
  name: string,
  bytes: Chunks,
  limits: LogLimits,
  columns: readonly ColumnChoice[],
  inside: boolean,
): Promise<OpenSource> {
  const begin = await unwrapped(name, bytes, limits, inside);
  if (begin.head.length === 0) throw new TomareError('LOG_NO_FIX', `${name}: the file is empty`);
  const encoding = encodingOf(begin.head);
  const text = withoutZeros(decoder(encoding).write(begin.head));
  const head: LogHead = { name, bytes: begin.head, text, encoding, whole: begin.whole };
  const { all, close, others = 0 } = begin;
  return {
    name,
    head,
    limits,
    columns,
    bytes: () => all,
    text: () => decoded(all, encoding),
    pieces: () => pieces(all, encoding),
    close,
    others,
  };
}

/** The format of the log, or the error that says what it is instead. */
async function known(head: LogHead): Promise<LogFormat> {
  const own = ownOutput(head.text);
  if (own !== undefined) throw new TomareError('LOG_FORMAT', `${head.name}: ${own}`);
  const format = await formatOf(head);
  const other =
    format === undefined || format.name === 'csv' ? foreign(head.bytes, head.text, head.encoding) : undefined;
  if (format !== undefined && other === undefined) return format;
  throw new TomareError('LOG_FORMAT', `${head.name}: ${other ?? 'a kind that is not known'}`);
}

/**
 * @internal As `readLog`, of bytes from anywhere.
 * @throws TomareError LOG_…: the file, the line, what was expected; never a value of the log.
 */
export function readStream(name: string, bytes: Chunks, options: ReadOptions): Promise<Log> {
  return readBytes(name, bytes, options, false);
}

async function readBytes(name: string, bytes: Chunks, options: ReadOptions, inside: boolean): Promise<Log> {
  const hash = sha256();
  const limits = { ...LIMITS, ...options.limits };
  const source = await open(name, hashed(bytes, hash), limits, options.columns ?? [], inside);
  const sink = new Sink(name, limits);
  const { head, others } = source;
  if (others > 0) sink.warn(`the archive has ${others} more files, which are no logs`);
  let format: LogFormat;
  try {
    format = await known(head);
    await format.read(source, sink);
  } finally {
    await source.close();
  }
  const log = finish(logId(name), format.name, head.encoding, sink, options);
  log.input.sha256 = hexOf(hash.digest());
  log.vehicle_id ??= options.vehicleId ?? null;
  log.driver_id ??= options.driverId ?? null;
  return log;
}

/** An entry of an archive, as a log of its own. */
async function readEntry(file: FileSource, entryName: string, options: ReadOptions): Promise<Log> {
  const name = `${nameOf(file)}/${entryName}`;
  const head = fileHead(file);
  if (!isZip(head)) throw new TomareError('LOG_READ', `${name}: ENOTDIR`);
  const zip = await Zip.ofFile(file, nameOf(file), head);
  try {
    const entry = zip.entry(entryName);
    if (entry === undefined) throw new TomareError('LOG_READ', `${name}: the archive has no such entry`);
    return await readBytes(name, zip.read(entry), options, true);
  } finally {
    zip.close();
  }
}

/**
 * Reads a driving log of any format that is known by its content, also gzipped or in a zip: a path, bytes or a Blob (the
 * File that a user chose). `archive.zip/drive.gpx` is an entry of an archive, "-" is standard input.
 * @throws TomareError LOG_* with file, line, what was expected and what to do; never with a value of the log
 * @example const log = await readLog('drive.csv', { timeZone: 'Asia/Tokyo' })
 */
export async function readLog(log: FileSource | ArchivedLog, options: ReadOptions): Promise<Log> {
  if (typeof log === 'object' && 'archive' in log) return readEntry(log.archive, log.entry, options);
  if (typeof log === 'string' && log !== '-') {
    const { file, entry } = placeOf(log);
    if (entry !== undefined) return readEntry(file, entry, options);
  }
  const name = log === '-' ? 'stdin' : nameOf(log);
  const stream = streamOf(log);
  try {
    return await readStream(name, stream.chunks, options);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (error instanceof TomareError || typeof code !== 'string') throw error;
    throw new TomareError('LOG_READ', `${name}: ${code === 'EISDIR' ? 'it is a folder' : code}`);
  } finally {
    stream.close();
  }
}
