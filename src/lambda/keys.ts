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
const RESERVED = ['results', 'exports', 'failures', 'generations', 'backfill', 'days'];

export const isReserved = (resultKey: string) => RESERVED.includes(resultKey.split('/')[0] ?? '');

/** 40 hexadecimal digits for what is handed in. */
export function nameOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

export function workId({ bucket, key, etag, engine, map, profile, settings, options }: Work): string {
  return nameOf(bucket, key, etag, engine, map, profile, settings, options); // their order counts
}

/** Everything that a result depends on besides its log: new settings, map, law, code or options are a new generation. */
export function generationOf({ engine, map, profile, settings, options }: Identity): string {
  return nameOf(engine, map, profile, settings, options).slice(0, 16);
}

/** What a result's key is made of. */
export interface ResultName {
  /** Of the drive, ISO 8601. */
  start: string;
  generation: string;
  /** Of the work. */
  id: string;
}

/** Hive-style, so that Athena finds its partitions: the day on which the drive began, then the generation. */
const folderOf = ({ start, generation }: Omit<ResultName, 'id'>) =>
  `date=${start.slice(0, 10)}/generation=${generation}`;

export function resultFolder(prefix: string, name: Omit<ResultName, 'id'>): string {
  return `${prefix}results/${folderOf(name)}/`;
}

export function resultKey(prefix: string, name: ResultName): string {
  return `${resultFolder(prefix, name)}${name.id}.ndjson`;
}

/** Other formats: each in a folder of its own, for the folder is a table to Athena, as that of the results is. */
export function exportKey(prefix: string, name: ResultName, ending: string): string {
  return `${prefix}exports/${ending}/${folderOf(name)}/${name.id}.${ending}`;
}

/** One small object for each generation, made when it first judges a drive. */
export function generationKey(prefix: string, generation: string): string {
  return `${prefix}generations/${generation}.ndjson`;
}

/** Apart from the results, for a failure has no day of its own. */
export function failureKey(prefix: string, id: string): string {
  return `${prefix}failures/${id}.ndjson`;
}
