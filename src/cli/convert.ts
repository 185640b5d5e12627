// SPDX-License-Identifier: MIT
// `tomare convert`: logs of any format in, CSV, NDJSON, GPX or GeoJSON out. One log goes to a file or to standard
// output; of several, each becomes a file of the folder that -o names.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, TomareError } from '../errors.ts';
import { WholeFile } from '../files.ts';
import { readLog } from '../logs/read.ts';
import { writerOf } from '../logs/write/registry.ts';
import type { LogWriter } from '../logs/write/writer.ts';
import type { Log } from '../types.ts';
import { logFiles } from './log_files.ts';

export interface ConvertOptions {
  to: string;
  output?: string;
  /** For times without a zone. */
  timeZone: string;
}

/** The parts go to the file as they come; it is there whole or not at all. */
function writeFile(path: string, parts: Iterable<string>): void {
  const file = new WholeFile(path);
  const encoder = new TextEncoder();
  let offset = 0;
  try {
    for (const part of parts) {
      const bytes = encoder.encode(part);
      file.write(bytes, offset);
      offset += bytes.byteLength;
    }
  } catch (error) {
    file.discard();
    throw error;
  }
  file.commit();
}

async function print(parts: Iterable<string>): Promise<void> {
  for (const part of parts) {
    if (!process.stdout.write(part)) await once(process.stdout, 'drain');
  }
}

/** A name for each log's file: its id, and a number where two have one id. */
function fileNames(ending: string) {
  const used = new Map<string, number>();
  return ({ id }: Log): string => {
    const base = id.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_') || 'log';
    const times = (used.get(base) ?? 0) + 1;
    used.set(base, times);
    return `${base}${times === 1 ? '' : `-${times}`}.${ending}`;
  };
}

async function one(path: string, writer: LogWriter, options: ConvertOptions): Promise<void> {
  const log = await readLog(path, { timeZone: options.timeZone });
  for (const warning of log.input.warnings) process.stderr.write(`tomare: ${path}: ${warning}\n`);
  if (options.output === undefined) await print(writer.write(log));
  else writeFile(options.output, writer.write(log));
}

/** The number of logs that failed. */
export async function convert(paths: readonly string[], options: ConvertOptions): Promise<number> {
  const writer = writerOf(options.to);
  if (writer === undefined) throw new TomareError('USAGE', `--to ${options.to}: no such format`);
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    await one(only, writer, options);
    return 0;
  }
  const { output } = options;
  if (output === undefined) throw new TomareError('USAGE', `${files.length} logs; name a folder for them by -o`);
  try {
    mkdirSync(output, { recursive: true });
  } catch (error) {
    throw new TomareError('OUTPUT', `${output}: ${(error as NodeJS.ErrnoException).code}; a folder is expected`);
  }
  const nameOf = fileNames(writer.ending);
  let failed = 0;
  for (const file of files) {
    try {
      const log = await readLog(file, { timeZone: options.timeZone });
      writeFile(join(output, nameOf(log)), writer.write(log));
    } catch (error) {
      failed++;
      process.stderr.write(`tomare: ${describe(error)}\n`);
    }
  }
  return failed;
}
