// SPDX-License-Identifier: MIT
// Reads a log of any format, recognised by its content: CSV, NDJSON or GPX, each also gzipped.
// Streams with bounds on the line, the inflated size and the number of fixes.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type ErrorName, TomareError } from '../errors.ts';
import type { Log } from '../types.ts';
import { FixBuilder, LIMITS, type LogLimits } from './builder.ts';
import { readCsv, readNdjson } from './rows.ts';

/** How a log is read. */
export interface ReadOptions {
  /** IANA name, such as "Asia/Tokyo", for times without a zone. */
  timeZone: string;
  /** Lower or higher bounds than the usual ones on what one log may cost. */
  limits?: Partial<LogLimits>;
}

/** @internal The base name of a path without its extensions. */
export function logId(path: string): string {
  return basename(path).replace(/(\.(csv|tsv|txt|log|gpx|xml|ndjson|jsonl|json|nmea))?(\.gz)?$/i, '');
}

async function* bounded(
  chunks: AsyncIterable<Buffer>,
  name: string,
  limit: number,
  error: ErrorName,
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit) throw new TomareError(error, `${name}: more than ${limit} bytes; split the log`);
    yield chunk;
  }
}

/** The first bytes, and a stream that still has them. */
async function peek(chunks: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  while (size < 512) {
    const next = await iterator.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* held;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(held), all: all() };
}

async function* inflated(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
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

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* lines(chunks: AsyncIterable<Buffer>, name: string, limit: number): AsyncGenerator<string> {
  let rest = '';
  let line = 1;
  for await (const text of decoded(chunks)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      yield part;
      line++;
    }
    if (rest.length > limit) throw new TomareError('LOG_LINE_LENGTH', `${name}:${line}: longer than ${limit} bytes`);
  }
  if (rest !== '') yield rest;
}

/** What the file is when it is none of ours. */
function otherFormat(head: Buffer): string | undefined {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'text in UTF-16';
  if (head.includes(0) || head.subarray(0, 256).some((b) => b < 9 || (b > 13 && b < 32))) return 'binary data';
  if (/^\s*\[/.test(head.toString('latin1'))) return 'a JSON list';
  return /^\s*[$!][A-Z]{5},/.test(head.toString('latin1')) ? 'NMEA sentences' : undefined;
}

/** @internal As `readLog`, of bytes from anywhere. */
export async function readStream(name: string, source: AsyncIterable<Buffer>, options: ReadOptions): Promise<Log> {
  const limits = { ...LIMITS, ...options.limits };
  let { head, all } = await peek(source);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    ({ head, all } = await peek(bounded(inflated(all, name), name, limits.totalBytes, 'LOG_INFLATED')));
  } else {
    all = bounded(all, name, limits.totalBytes, 'LOG_SIZE');
  }
  if (head.length === 0) throw new TomareError('LOG_NO_FIX', `${name}: the file is empty`);
  const other = otherFormat(head);
  if (other !== undefined) {
    throw new TomareError(
      'LOG_FORMAT',
      `${name}: ${other}; CSV, NDJSON or GPX in UTF-8 is expected, each also gzipped`,
    );
  }
  const builder = new FixBuilder(name, options.timeZone, limits);
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('<')) await (await import('./gpx.ts')).readGpx(decoded(all), builder, limits.lineBytes);
  else if (start.startsWith('{')) await readNdjson(lines(all, name, limits.lineBytes), builder);
  else await readCsv(all, builder, limits.lineBytes);
  return { id: logId(name), fixes: builder.finish(), skipped: builder.skipped };
}

/**
 * Reads a driving log: CSV, NDJSON or GPX, each also gzipped, known by its content. "-" is standard input.
 * @throws TomareError LOG_* with file, line, what was expected and what to do; never with a value of the log
 * @example const log = await readLog('drive.csv', { timeZone: 'Asia/Tokyo' })
 */
export async function readLog(path: string, options: ReadOptions): Promise<Log> {
  const stream = path === '-' ? process.stdin : createReadStream(path);
  try {
    return await readStream(path === '-' ? 'stdin' : path, stream as AsyncIterable<Buffer>, options);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof TomareError || typeof code !== 'string') throw error;
    throw new TomareError('LOG_READ', `${path}: ${code === 'EISDIR' ? 'it is a folder' : code}`);
  } finally {
    stream.destroy();
  }
}
