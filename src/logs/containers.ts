// SPDX-License-Identifier: MIT
// What logs come wrapped in: gzip (also of several members) and zip (KMZ is one). A zip is read by its directory: from
// a file where there is one, else held whole within a bound. Entries are inflated as streams, within the bounds of a
// log, and their checksums are checked.
import { type ErrorName, TomareError } from '../errors.ts';
import { ChecksumError, type FileSource, type ZipEntry, type ZipFile } from '../host/host.ts';
import { gunzip, openZip } from '../host/node.ts';

/** A zip that comes as a stream is held whole; a directory lists no more entries than this. */
export const ZIP_LIMITS = { bytes: 256 * 2 ** 20, entries: 10_000 };

type Chunks = AsyncIterable<Uint8Array>;

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** A local header, or the end of an empty zip. */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

export async function* bounded(
  chunks: Chunks,
  name: string,
  limit: number,
  error: ErrorName,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit) throw new TomareError(error, `${name}: more than ${limit} bytes; split the log`);
    yield chunk;
  }
}

export async function* gunzipped(chunks: Chunks, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(chunks);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error;
    const what = code === 'Z_BUF_ERROR' ? 'it is cut short' : code;
    throw new TomareError('LOG_GZIP', `${name}: ${what}; copy or download it again`);
  }
}

/** What yauzl says is about offsets; whose fault it is can be told from its words. */
function zipError(name: string, error: unknown): TomareError {
  if (error instanceof TomareError) return error;
  const message = error instanceof Error ? error.message : '';
  if (/encrypt/.test(message)) return new TomareError('LOG_ENCRYPTED', `${name}: unpack it with its password`);
  if (/multi-disk/.test(message))
    return new TomareError('LOG_ZIP', `${name}: one part of several; unpack them together`);
  if (error instanceof ChecksumError)
    return new TomareError('LOG_ZIP', `${name}: ${message}; copy or download it again`);
  if (/compression method/i.test(message)) {
    return new TomareError('LOG_ZIP', `${name}: packed by a method other than deflate; unpack it and give the log`);
  }
  return new TomareError('LOG_ZIP', `${name}: damaged or cut short; copy or download it again`);
}

/** Files that archivers add, folders, and files without a byte. */
function isFile({ fileName, uncompressedSize }: ZipEntry): boolean {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1);
  return uncompressedSize > 0 && base !== '' && !base.startsWith('.') && !fileName.startsWith('__MACOSX/');
}

const OFFICE: [pattern: RegExp, what: string][] = [
  [/^xl\//, 'an Excel workbook; save it as CSV (UTF-8)'],
  [/^word\//, 'a Word document; save its table as CSV'],
  [/^Index\/.*\.iwa$/, 'a Numbers document; export it as CSV'],
  [/^(?:content\.xml|META-INF\/manifest\.xml)$/, 'an OpenDocument file; save it as CSV'],
  [/^\[Content_Types\]\.xml$/, 'an Office document, such as an Excel workbook; save it as CSV (UTF-8)'],
];

/** What a zip is when it is no archive of logs; `names` of its entries. */
export function officeDocument(names: readonly string[]): string | undefined {
  return OFFICE.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
}

/** What the first bytes of a zip show, for when its directory is lost. */
function lostDocument(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, 4096)).toString('latin1');
  return ['xl/', '[Content_Types].xml'].flatMap((name) => (text.includes(name) ? [officeDocument([name])] : []))[0];
}

/** An open zip. Close it. */
export class Zip {
  readonly name: string;
  /** Files that may be logs; in a KMZ its KML files. */
  readonly entries: readonly ZipEntry[];
  private readonly file: ZipFile;

  private constructor(name: string, file: ZipFile, entries: readonly ZipEntry[]) {
    this.name = name;
    this.file = file;
    const kml = entries.filter((entry) => /\.kml$/i.test(entry.fileName));
    this.entries = entries.some((entry) => entry.fileName === 'doc.kml') ? kml : entries;
  }

  /** `head`: the first bytes of the file. */
  static async ofFile(file: FileSource, name: string, head: Uint8Array): Promise<Zip> {
    return Zip.open(name, () => openZip(file), lostDocument(head));
  }

  static async ofStream(chunks: Chunks, name: string, limit = ZIP_LIMITS.bytes): Promise<Zip> {
    const parts: Uint8Array[] = [];
    for await (const part of bounded(chunks, name, limit, 'LOG_SIZE')) parts.push(new Uint8Array(part));
    const bytes = Buffer.concat(parts);
    return Zip.open(name, () => openZip(bytes), lostDocument(bytes));
  }

  /** `office`: what its first bytes show it to be, for when there is no directory. */
  private static async open(name: string, opening: () => Promise<ZipFile>, office?: string): Promise<Zip> {
    let file: ZipFile | undefined;
    try {
      file = await opening();
      const entries: ZipEntry[] = [];
      for await (const entry of file.entries()) {
        entries.push(entry);
        if (entries.length > ZIP_LIMITS.entries) {
          throw new TomareError('LOG_ZIP', `${name}: more than ${ZIP_LIMITS.entries} entries; unpack it`);
        }
      }
      const document = officeDocument(entries.map((entry) => entry.fileName));
      if (document !== undefined) throw new TomareError('LOG_FORMAT', `${name}: ${document}`);
      return new Zip(name, file, entries.filter(isFile));
    } catch (error) {
      file?.close();
      if (office !== undefined && !(error instanceof TomareError))
        throw new TomareError('LOG_FORMAT', `${name}: ${office}`);
      throw zipError(name, error);
    }
  }

  entry(name: string): ZipEntry | undefined {
    return this.entries.find((entry) => entry.fileName === name);
  }

  /** The bytes of an entry. */
  async *read(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    try {
      yield* this.file.read(entry);
    } catch (error) {
      throw zipError(`${this.name}/${entry.fileName}`, error);
    }
  }

  close(): void {
    this.file.close();
  }
}
