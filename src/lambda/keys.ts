// SPDX-License-Identifier: MIT
// Names what is written. A name is a function of everything that the bytes depend on: the same work
// gives the same key, so that a second delivery finds its result in place.
import { createHash } from 'node:crypto';

/** What a result depends on; the order counts. */
export interface Work {
  bucket: string;
  key: string;
  etag: string;
  /** Checksum of the module, and the version of what composes the result. */
  engine: string;
  map: string;
  profile: string;
  settings: string;
  options: string;
}

export function workId(work: Work): string {
  const parts = [
    work.bucket,
    work.key,
    work.etag,
    work.engine,
    work.map,
    work.profile,
    work.settings,
    work.options,
  ] satisfies string[];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/** Hive-style, so that Athena finds its partitions: the day on which the drive began. */
export function resultKey(prefix: string, start: string, id: string, ending: string): string {
  return `${prefix}results/date=${start.slice(0, 10)}/${id}.${ending}`;
}

/** Apart from the results, for a failure has no day of its own. */
export function failureKey(prefix: string, id: string): string {
  return `${prefix}failures/${id}.ndjson`;
}
