// SPDX-License-Identifier: MIT
// Zip archives of logs: which entries are logs, and paths that name one: archive.zip/folder/drive.gpx.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Entry } from 'yauzl';
import { TomareError } from '../errors.ts';
import { gunzipped, isGzip, isZip, Zip } from './containers.ts';
import { decoder, encodingOf } from './encoding.ts';
import { foreign, ownOutput } from './foreign.ts';
import { formatOf } from './registry.ts';

type Chunks = AsyncIterable<Uint8Array>;

const HEAD_BYTES = 64 << 10;

/** The first bytes of what a stream gives; the stream is let go. */
async function headOf(chunks: Chunks): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunks) {
    parts.push(part);
    size += part.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

/** Two lines that follow one another have as many fields, three or more: not a text for people. */
function isTable(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/, 60);
  return [',', ';', '\t', '|'].some((separator) => {
    const fields = lines.map((line) => line.split(separator).length);
    return fields.some((count, i) => count >= 3 && count === fields[i + 1]);
  });
}

/** Whether content is a log. Archives, and what cannot be opened, count: reading them says what is wrong. */
async function isLogContent(name: string, open: () => Chunks): Promise<boolean> {
  let bytes = await headOf(open()).catch(() => undefined);
  if (bytes !== undefined && isGzip(bytes)) bytes = await headOf(gunzipped(open(), name)).catch(() => undefined);
  if (bytes === undefined || isZip(bytes)) return true;
  const encoding = encodingOf(bytes);
  const text = decoder(encoding).write(bytes);
  if (ownOutput(text) !== undefined) return false;
  const format = await formatOf({ name, bytes, text, encoding, whole: false });
  if (format === undefined) return false;
  return format.name !== 'csv' || (foreign(bytes, text, encoding) === undefined && isTable(text));
}

const isLog = (zip: Zip, entry: Entry) => isLogContent(`${zip.name}/${entry.fileName}`, () => zip.read(entry));

/** Whether a file is a log, by its content, not by its name. */
export const isLogFile = (path: string): Promise<boolean> => isLogContent(path, () => createReadStream(path));

export interface Sorted {
  /** Never none. */
  logs: Entry[];
  /** Files that are no logs. */
  others: Entry[];
}

/** The entries of an archive, in its order. @throws TomareError LOG_FORMAT when none is a log */
export async function sorted(zip: Zip): Promise<Sorted> {
  const logs: Entry[] = [];
  const others: Entry[] = [];
  for (const entry of zip.entries) ((await isLog(zip, entry)) ? logs : others).push(entry);
  if (logs.length > 0) return { logs, others };
  if (others.length === 1) return { logs: others, others: [] }; // reading it says what it is
  throw new TomareError('LOG_FORMAT', `${zip.name}: none of its ${zip.entries.length} files is a log that is read`);
}

/** The only log of an archive, and how many files beside it are none. @throws TomareError LOG_SEVERAL */
export async function soleEntry(zip: Zip): Promise<{ entry: Entry; others: number }> {
  const { logs, others } = await sorted(zip);
  const [entry] = logs;
  if (entry === undefined || logs.length > 1) {
    throw new TomareError('LOG_SEVERAL', `${zip.name}: it holds ${logs.length} logs`);
  }
  return { entry, others: others.length };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The file that a path leads to, and the name of an entry where the path goes on inside that file. */
export async function placeOf(path: string): Promise<{ file: string; entry: string | undefined }> {
  for (let file = path; ; file = dirname(file)) {
    if (await exists(file)) {
      const inside = file !== path && (await stat(file)).isFile();
      return inside ? { file, entry: path.slice(file.length + 1) } : { file: path, entry: undefined };
    }
    if (dirname(file) === file || file === '.') return { file: path, entry: undefined };
  }
}

export async function fileHead(path: string, size = 512): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The paths of the logs in an archive of several; of anything else the path itself. `leftOut` is told the names of
 * files in the archive that are no logs.
 */
export async function logsIn(path: string, leftOut: (names: string[]) => void): Promise<string[]> {
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isFile() !== true) return [path]; // a pipe is read once
  const head = await fileHead(path).catch(() => new Uint8Array());
  if (!isZip(head)) return [path];
  let zip: Zip | undefined;
  try {
    zip = await Zip.ofFile(path, head);
    const { logs, others } = await sorted(zip);
    if (others.length > 0) leftOut(others.map((entry) => entry.fileName));
    return logs.length === 1 ? [path] : logs.map((entry) => `${path}/${entry.fileName}`);
  } catch {
    return [path]; // reading it says what is wrong
  } finally {
    zip?.close();
  }
}
