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

export function workId({ bucket, key, etag, engine, map, profile, settings, options }: Work): string {
  const parts = [bucket, key, etag, engine, map, profile, settings, options]; // their order counts
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/** Everything that a result depends on besides its log: new settings, map, law, code or options are a new generation. */
export function generationOf({ engine, map, profile, settings, options }: Identity): string {
  const parts = [engine, map, profile, settings, options];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** What a result's key is made of. */
export interface ResultName {
  /** Of the drive, ISO 8601. */
  start: string;
  generation: string;
  id: string;
}

/** Hive-style, so that Athena finds its partitions: the day on which the drive began, then the generation. */
export function resultKey(prefix: string, { start, generation, id }: ResultName, ending: string): string {
  return `${prefix}results/date=${start.slice(0, 10)}/generation=${generation}/${id}.${ending}`;
}

/** One small object for each generation, made when it first judges a drive. */
export function generationKey(prefix: string, generation: string): string {
  return `${prefix}generations/${generation}.ndjson`;
}

/** Apart from the results, for a failure has no day of its own. */
export function failureKey(prefix: string, id: string): string {
  return `${prefix}failures/${id}.ndjson`;
}
