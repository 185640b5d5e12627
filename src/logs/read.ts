// SPDX-License-Identifier: MIT
// Reads a log of any format, recognised by its content, each also gzipped. Streams with bounds on what it
// may cost, and gives the account of the reading with the fixes.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type ErrorName, TomareError } from '../errors.ts';
import type { Log } from '../types.ts';
import { decoder, encodingOf } from './encoding.ts';
import { type FinishOptions, finish } from './finish.ts';
import { foreign } from './foreign.ts';
import type { ColumnChoice, LogFormat, LogHead, LogLimits, LogSource } from './format.ts';
import { logId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { formatOf } from './registry.ts';
import { Sink } from './sink.ts';

/** How a log is read. `timeZone`: IANA name, such as "Asia/Tokyo", for times without a zone. */
export interface ReadOptions extends FinishOptions {
  /** Lower or higher bounds than the usual ones on what one log may cost. */
  limits?: Partial<LogLimits>;
  /** The user's own choice of columns. */
  columns?: readonly ColumnChoice[];
  /** Names the vehicle or the driver where the log does not. */
  vehicleId?: string | undefined;
  driverId?: string | undefined;
}

type Chunks = AsyncIterable<Uint8Array>;

const HEAD_BYTES = 64 << 10;
const CHUNK_BYTES = 64 << 10;
const EXPECTED = 'CSV, NDJSON or GPX is expected, each also gzipped';

async function* bounded(chunks: Chunks, name: string, limit: number, error: ErrorName): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit) throw new TomareError(error, `${name}: more than ${limit} bytes; split the log`);
    yield chunk;
  }
}

async function* hashed(chunks: Chunks, hash: Hash): AsyncGenerator<Uint8Array> {
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
      held.push(next.value);
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

async function* inflated(chunks: Chunks, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  pipeline(chunks, gunzip).catch(() => undefined); // seen by the loop below
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error;
    const what = code === 'Z_BUF_ERROR' ? 'it is cut short' : code;
    throw new TomareError('LOG_GZIP', `${name}: ${what}; fetch it again`);
  }
}

async function* decoded(chunks: Chunks, encoding: string): AsyncGenerator<string> {
  const text = decoder(encoding);
  for await (const chunk of chunks) yield text.write(chunk);
  yield text.end();
}

/** The log as its format reads it, inflated. */
async function open(
  name: string,
  bytes: Chunks,
  limits: LogLimits,
  columns: readonly ColumnChoice[],
): Promise<LogSource & { close(): Promise<void> }> {
  let begin = await peek(bytes, 2);
  const zipped = begin.head[0] === 0x1f && begin.head[1] === 0x8b;
  const plain = zipped ? inflated(begin.all, name) : begin.all;
  begin = await peek(bounded(plain, name, limits.totalBytes, zipped ? 'LOG_INFLATED' : 'LOG_SIZE'), HEAD_BYTES);
  if (begin.head.length === 0) throw new TomareError('LOG_NO_FIX', `${name}: the file is empty`);
  const encoding = encodingOf(begin.head);
  const text = decoder(encoding).write(begin.head);
  const head: LogHead = { name, bytes: begin.head, text, encoding, whole: begin.whole };
  const { all, close } = begin;
  return { name, head, limits, columns, bytes: () => all, text: () => decoded(all, encoding), close };
}

/** The format of the log, or the error that says what it is instead. */
async function known(head: LogHead): Promise<LogFormat> {
  const format = await formatOf(head);
  const other =
    format === undefined || format.name === 'csv' ? foreign(head.bytes, head.text, head.encoding) : undefined;
  if (format !== undefined && other === undefined) return format;
  throw new TomareError('LOG_FORMAT', `${head.name}: ${other ?? 'unknown'}; ${EXPECTED}`);
}

/**
 * @internal As `readLog`, of bytes from anywhere.
 * @throws TomareError LOG_…: the file, the line, what was expected; never a value of the log.
 */
export async function readStream(name: string, bytes: Chunks, options: ReadOptions): Promise<Log> {
  const hash = createHash('sha256');
  const limits = { ...LIMITS, ...options.limits };
  const source = await open(name, hashed(bytes, hash), limits, options.columns ?? []);
  const sink = new Sink(name, limits);
  const { head } = source;
  let format: LogFormat;
  try {
    format = await known(head);
    await format.read(source, sink);
  } finally {
    await source.close();
  }
  const log = finish(logId(name), format.name, head.encoding, sink, options);
  log.input.sha256 = hash.digest('hex');
  log.vehicle_id ??= options.vehicleId ?? null;
  log.driver_id ??= options.driverId ?? null;
  return log;
}

/**
 * Reads a driving log of any format that is known by its content, also gzipped. "-" is standard input.
 * @throws TomareError LOG_* with file, line, what was expected and what to do; never with a value of the log
 * @example const log = await readLog('drive.csv', { timeZone: 'Asia/Tokyo' })
 */
export async function readLog(path: string, options: ReadOptions): Promise<Log> {
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    return await readStream(path === '-' ? 'stdin' : path, stream as Chunks, options);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof TomareError || typeof code !== 'string') throw error;
    throw new TomareError('LOG_READ', `${path}: ${code === 'EISDIR' ? 'it is a folder' : code}`);
  } finally {
    stream.destroy();
  }
}
