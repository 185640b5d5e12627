// SPDX-License-Identifier: MIT
// Stored results: JSON (one, or a list) and NDJSON files, each also gzipped, and folders of them.
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { TomareError } from '../errors.ts';
import { type Result, resultSchema } from '../report/result.ts';
import { Seen } from './seen.ts';

const NAMES = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/** The files of the arguments; a folder stands for the results in it and below, sorted. */
export function resultFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => NAMES.test(name))
      .map((name) => join(path, name))
      .sort();
  });
}

function checked(value: unknown, where: string): Result {
  const parsed = resultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const what = `${issue?.path.join('.') || 'the value'}: ${issue?.message}`;
  throw new TomareError('AUDIT_INPUT', `${where}: no result of this release (${what}); analyze the log again`);
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TomareError('AUDIT_INPUT', `${where}: not JSON; a file of results is expected`);
  }
}

async function* lines(path: string): AsyncGenerator<Result> {
  const file = createReadStream(path);
  const input: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield checked(parsed(text, `${path}:${line}`), `${path}:${line}`);
  }
}

/** Every result of the files in their order, of one log and generation the first. AUDIT_INPUT names the file and line of what is no result. */
export async function* readResults(files: readonly string[]): AsyncGenerator<Result> {
  const seen = new Seen();
  for await (const result of everyResult(files)) {
    const { source } = result.drive;
    const work = source && JSON.stringify([source.bucket, source.key, source.etag, result.engine.generation]);
    if (work && !seen.add(work)) continue;
    yield result;
  }
}

async function* everyResult(files: readonly string[]): AsyncGenerator<Result> {
  for (const path of files) {
    if (/\.(ndjson|jsonl)(\.gz)?$/i.test(path)) {
      yield* lines(path);
      continue;
    }
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
      if (path.endsWith('.gz')) bytes = gunzipSync(bytes);
    } catch (error) {
      throw new TomareError('AUDIT_INPUT', `${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
    }
    const value = parsed(bytes.toString('utf8'), path);
    for (const [i, one] of (Array.isArray(value) ? value : [value]).entries())
      yield checked(one, `${path}, result ${i}`);
  }
}
