// SPDX-License-Identifier: MIT
// Results as they lie in S3: one an object, or several packed into one, a line each, gzipped. A line has the bytes that an
// object of its own would have.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';

const zipped = promisify(gzip);

const ENDING = '.ndjson.gz';
export const PACKED_TYPE = 'application/gzip';
export const isPacked = (key: string) => key.endsWith(ENDING);

export interface Packed {
  key: string;
  bytes: Uint8Array;
}

/** `folder`: of the key, with its slash. The name is that of the lines in any order: the same results, the same key and bytes. */
export async function pack(folder: string, lines: readonly string[]): Promise<Packed> {
  const text = [...new Set(lines)].sort().join('');
  const name = createHash('sha256').update(text).digest('hex').slice(0, 40);
  return { key: `${folder}${name}${ENDING}`, bytes: await zipped(text) };
}

/** Of an object of either kind, each with its line break. Its bytes say which kind it is, for a sender may choose any key. */
export function linesOf(bytes: Uint8Array): string[] {
  const zip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = Buffer.from(zip ? gunzipSync(bytes) : bytes).toString();
  return text.split(/(?<=\n)/);
}
