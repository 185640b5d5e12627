// SPDX-License-Identifier: MIT
// Names what is written. A name is a function of everything that the bytes depend on: the same work
// gives the same key, so that a second delivery finds its result in place.
import { createHash } from 'node:crypto';
import type { Identity } from '../session.ts';

/** A log, whose bytes the ETag stands for, and what else its result depends on. */
export interface Work extends Identity {
  bucket: string;
  key: string;
  etag: string;
}

/** Folders below the output prefix that are written by name of the work only: no `result_key` may lie in them. */
const RESERVED = ['results', 'exports', 'failures'];

export const isReserved = (resultKey: string) => RESERVED.includes(resultKey.split('/')[0] ?? '');

/** 40 hexadecimal digits for what is handed in. */
export function nameOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

export function workId({ bucket, key, etag, engine, map, profile, settings, options }: Work): string {
  return nameOf(bucket, key, etag, engine, map, profile, settings, options); // their order counts
}

/** Hive-style, so that Athena finds its partitions: the day on which the drive began. */
export function resultKey(prefix: string, start: string, id: string): string {
  return `${prefix}results/date=${start.slice(0, 10)}/${id}.ndjson`;
}

/** Other formats: each in a folder of its own, for the folder is a table to Athena, as that of the results is. */
export function exportKey(prefix: string, start: string, id: string, ending: string): string {
  return `${prefix}exports/${ending}/date=${start.slice(0, 10)}/${id}.${ending}`;
}

/** Apart from the results, for a failure has no day of its own. */
export function failureKey(prefix: string, id: string): string {
  return `${prefix}failures/${id}.ndjson`;
}
