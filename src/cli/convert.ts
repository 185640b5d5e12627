// SPDX-License-Identifier: MIT
// `tomare convert`: logs of any format in, CSV, NDJSON, GPX or GeoJSON out. One log goes to a file or to standard
// output; of several, each becomes a file of the folder that -o names. How each was read goes to standard error.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, TomareError } from '../errors.ts';
import { WholeFile } from '../files.ts';
import { driveIds } from '../logs/ids.ts';
import { readLog } from '../logs/read.ts';
import { WRITERS } from '../logs/write/registry.ts';
import { TARGETS, type Target } from '../logs/write/targets.ts';
import { knownTimeZone } from '../settings/settings.ts';
import type { Log } from '../types.ts';
import { namedLogs } from './common.ts';
import type { Voice } from './loop.ts';
import { warn } from './warn.ts';

export interface ConvertOptions extends Voice {
  /** Default: by the output's ending. */
  to?: Target;
  output?: string;
  /** IANA name, for times without a zone. */
  tz?: string;
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

/** Names of the logs' files: their ids, and a number where two would be one file. */
function fileNames(files: readonly string[], ending: string): string[] {
  const used = new Map<string, number>();
  return driveIds(files).map((id) => {
    const base = id.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.*$/, 'log');
    const times = (used.get(base) ?? 0) + 1;
    used.set(base, times);
    return `${base}${times === 1 ? '' : `-${times}`}.${ending}`;
  });
}

/** One line about the reading, and its warnings: what is left out is not left out in silence. */
function account(path: string, { input, fixes }: Log): string {
  const left = input.left_out.map((l) => `${l.rows} ${l.reason} (first: ${l.first_line})`);
  const lost = input.unusable.map((u) => `${u.rows} values of ${u.column} (first: ${u.first_line})`);
  const out = [...left, ...lost].join(', ');
  const read = `${input.format}, ${fixes.count} fixes of ${input.rows} rows${out === '' ? '' : `; left out: ${out}`}`;
  return [read, ...input.warnings].map((line) => `tomare: ${path}: ${line}\n`).join('');
}

/** @throws TomareError USAGE when the log's times have no zone and none was named: a guess would move the drive. */
async function read(path: string, { tz, quiet }: ConvertOptions): Promise<Log> {
  const zoneFrom = tz === undefined ? 'default' : 'option';
  const log = await readLog(path, { timeZone: tz ?? 'UTC', zoneFrom });
  if (log.input.zone.from === 'default') {
    throw new TomareError('USAGE', `${path}: its times have no zone; name it, such as --tz Europe/Berlin`);
  }
  if (quiet !== true) process.stderr.write(account(path, log));
  if (log.fixes.other_time_ms !== undefined)
    warn(`${path}: its times are in doubt, which no output format tells; analyze the log itself, not its copy`);
  return log;
}

function targetOf({ to, output }: ConvertOptions): Target {
  const ending = /\.(\w+)$/.exec(output ?? '')?.[1]?.toLowerCase();
  const target = to ?? TARGETS.find((name) => WRITERS[name].ending === ending);
  if (target !== undefined) return target;
  throw new TomareError('USAGE', `name the format with --to (${TARGETS.join(', ')}), or with the ending of -o`);
}

async function one(path: string, target: Target, options: ConvertOptions): Promise<void> {
  const parts = WRITERS[target].write(await read(path, options));
  if (options.output === undefined) await print(parts);
  else writeFile(options.output, parts);
}

/** The number of logs that failed. */
export async function convert(paths: readonly string[], options: ConvertOptions): Promise<number> {
  const { output, tz } = options;
  if (tz !== undefined) knownTimeZone(tz, '--tz');
  const files = await namedLogs(paths, { quiet: options.quiet });
  const target = targetOf(options);
  const [first = ''] = files;
  if (files.length === 1) {
    await one(first, target, options);
    return 0;
  }
  if (output === undefined) throw new TomareError('USAGE', `${files.length} logs; name a folder for them with -o`);
  try {
    mkdirSync(output, { recursive: true });
  } catch (error) {
    throw new TomareError('OUTPUT', `${output}: ${(error as NodeJS.ErrnoException).code}; a folder is expected`);
  }
  const writer = WRITERS[target];
  const names = fileNames(files, writer.ending);
  let failed = 0;
  for (const [i, file] of files.entries()) {
    try {
      const log = await read(file, options);
      writeFile(join(output, names[i] ?? ''), writer.write(log));
    } catch (error) {
      failed++;
      warn(describe(error));
    }
  }
  return failed;
}
