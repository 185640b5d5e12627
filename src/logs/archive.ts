// SPDX-License-Identifier: MIT
// Zip archives of logs: which entries are logs, and paths that name one: archive.zip/folder/drive.gpx.
import { TomareError } from '../errors.ts';
import { type BlobLike, type FileSource, nameOf, type ZipEntry } from '../host/host.ts';
import { kindOf, openFile, streamOf } from '../host/node.ts';
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
    parts.push(new Uint8Array(part));
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

const isLog = (zip: Zip, entry: ZipEntry) => isLogContent(`${zip.name}/${entry.fileName}`, () => zip.read(entry));

/** Whether a file is a log, by its content, not by its name. */
export const isLogFile = (path: string): Promise<boolean> => isLogContent(path, () => streamOf(path).chunks);

export interface Sorted {
  /** Never none. */
  logs: ZipEntry[];
  /** Files that are no logs. */
  others: ZipEntry[];
}

/** The entries of an archive, in its order. @throws TomareError LOG_FORMAT when none is a log */
export async function sorted(zip: Zip): Promise<Sorted> {
  const logs: ZipEntry[] = [];
  const others: ZipEntry[] = [];
  for (const entry of zip.entries) ((await isLog(zip, entry)) ? logs : others).push(entry);
  if (logs.length > 0) return { logs, others };
  if (others.length === 1) return { logs: others, others: [] }; // reading it says what it is
  throw new TomareError('LOG_FORMAT', `${zip.name}: none of its ${zip.entries.length} files is a log that is read`);
}

/** The only log of an archive, and how many files beside it are none. @throws TomareError LOG_SEVERAL */
export async function soleEntry(zip: Zip): Promise<{ entry: ZipEntry; others: number }> {
  const { logs, others } = await sorted(zip);
  const [entry] = logs;
  if (entry === undefined || logs.length > 1) {
    throw new TomareError('LOG_SEVERAL', `${zip.name}: it holds ${logs.length} logs`);
  }
  return { entry, others: others.length };
}

/** The folder of a path; the path itself where there is none above. */
const above = (path: string) => /^(.+)[\\/][^\\/]*$/.exec(path)?.[1] ?? path;

/** The file that a path leads to, and the name of an entry where the path goes on inside that file. */
export function placeOf(path: string): { file: string; entry: string | undefined } {
  for (let file = path; ; file = above(file)) {
    const kind = kindOf(file);
    if (kind !== 'nothing') {
      const inside = file !== path && kind === 'file';
      return inside ? { file, entry: path.slice(file.length + 1) } : { file: path, entry: undefined };
    }
    if (above(file) === file) return { file: path, entry: undefined };
  }
}

export function fileHead(source: FileSource, size = 512): Uint8Array {
  const file = openFile(source);
  try {
    return file.read(0, size);
  } finally {
    file.close();
  }
}

/** One log of an archive that has several, where the archive is no path. */
export interface ArchivedLog {
  archive: BlobLike;
  entry: string;
}

/** The logs in an archive of several; undefined for anything else. `leftOut` is told the names of files that are no logs. */
async function severalIn(source: FileSource, leftOut: (names: string[]) => void): Promise<string[] | undefined> {
  let zip: Zip | undefined;
  try {
    const head = fileHead(source);
    if (!isZip(head)) return undefined;
    zip = await Zip.ofFile(source, nameOf(source), head);
    const { logs, others } = await sorted(zip);
    if (others.length > 0) leftOut(others.map((entry) => entry.fileName));
    return logs.length === 1 ? undefined : logs.map((entry) => entry.fileName);
  } catch {
    return undefined; // reading it says what is wrong
  } finally {
    zip?.close();
  }
}

/**
 * The paths of the logs in an archive of several; of anything else the path itself. `leftOut` is told the names of
 * files in the archive that are no logs.
 */
export async function logsIn(path: string, leftOut: (names: string[]) => void): Promise<string[]> {
  if (kindOf(path) !== 'file') return [path]; // a pipe is read once
  const entries = await severalIn(path, leftOut);
  return entries?.map((entry) => `${path}/${entry}`) ?? [path];
}

/** As `logsIn`, of a file without a path. */
export async function logsOf<F extends BlobLike>(
  file: F,
  leftOut: (names: string[]) => void,
): Promise<(F | ArchivedLog)[]> {
  const entries = await severalIn(file, leftOut);
  return entries?.map((entry) => ({ archive: file, entry })) ?? [file];
}
