// SPDX-License-Identifier: MIT
// What the page and its worker tell each other.
import type { Lang } from '../html/model.ts';
import type { Vehicle } from '../types.ts';

/** What is to be analyzed. */
export interface Job {
  /** One .tmap, or OpenStreetMap extracts; none: the bundled town. */
  maps: readonly File[];
  /** Empty with the bundled town: its own drives. */
  logs: readonly File[];
  vehicle: Vehicle;
  /** "auto", "none", or the name of a profile. */
  profile: string;
  lang: Lang;
  anonymous: boolean;
}

/** An error of one file, or of the map. */
export interface Failure {
  about: 'map' | 'log';
  file: string;
  /** Of docs/ERRORS.md; 0: none of the list. */
  code: number;
  name: string;
  message: string;
}

/** What came of it. */
export interface Done {
  kind: 'done';
  /** The report's data; empty when no log could be analyzed. */
  sealed: string;
  drives: number;
  failures: Failure[];
  /** One result a line, as `tomare analyze --format ndjson --all --route` prints them. */
  results: Blob;
  /** The map that was compiled; none where a .tmap was given. */
  map: File | undefined;
}

export type Told =
  | { kind: 'ready'; profiles: string[]; version: string }
  | { kind: 'progress'; stage: 'map' | 'logs' | 'report'; done: number; total: number; file: string }
  | { kind: 'failed'; failures: Failure[] }
  | Done;
