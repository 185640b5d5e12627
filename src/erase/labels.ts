// SPDX-License-Identifier: MIT
// Whose an object is, in its own metadata: written with every result and failure, read when a person is erased.
// S3 takes 2 KB of metadata in ASCII, so values are percent-encoded and what has no room is left out, and said.

/** What an object is made from and about whom; a field that is not known is left out. */
export interface Labels {
  /** Name of the work: the same for a result and for what lies beside it. */
  work?: string | undefined;
  driver?: string | undefined;
  vehicle?: string | undefined;
  bucket?: string | undefined;
  /** Of the log. */
  key?: string | undefined;
  generation?: string | undefined;
  received?: string | undefined;
  etag?: string | undefined;
  version?: string | undefined;
}

/** In the order in which they find room. */
const NAMES = [
  'work',
  'driver',
  'vehicle',
  'bucket',
  'key',
  'generation',
  'received',
  'etag',
  'version',
] as const satisfies (keyof Labels)[];

/** Bytes of names and values; the rest of S3's 2,048 is left to whoever stores the object. */
const ROOM = 1_900;
/** Set where a label had no room: the object itself has to be read. */
const SHORTENED = 'shortened';

export function toMetadata(labels: Labels): Record<string, string> {
  const metadata: Record<string, string> = {};
  let left = ROOM - SHORTENED.length - 1;
  for (const name of NAMES) {
    const value = labels[name];
    if (value === undefined) continue;
    const text = encodeURIComponent(value);
    left -= name.length + text.length;
    if (left >= 0) metadata[name] = text;
    else {
      metadata[SHORTENED] = '1';
      left += name.length + text.length;
    }
  }
  return metadata;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The labels, and whether they are all of them: objects of other makers have none. */
export function fromMetadata(metadata: Readonly<Record<string, string>> | undefined): Labels & { whole: boolean } {
  const labels: Labels = {};
  for (const name of NAMES) if (metadata?.[name] !== undefined) labels[name] = decoded(metadata[name]);
  return { ...labels, whole: metadata?.['work'] !== undefined && metadata[SHORTENED] === undefined };
}
