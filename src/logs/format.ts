// SPDX-License-Identifier: MIT
// The seam of the formats: a format recognises a log by its head, reads a source and hands each fix to a
// sink, which checks it and keeps the account of the reading. Types only; a new format is one file here
// and one line in registry.ts.
import type { ErrorName, TomareError } from '../errors.ts';
import type { Text } from './codes.ts';
import type { Validity } from './validity.ts';

/** Bounds on one log; beyond them it is refused (docs/LOGS.md). */
export interface LogLimits {
  /** Bytes of a line, a text or an element. */
  lineBytes: number;
  /** Bytes of the log after inflating. */
  totalBytes: number;
  fixes: number;
  /** Rows with or without a fix. */
  rows: number;
  /** Columns of a table, keys of an object, attributes of an element. */
  columns: number;
  /** Nesting of XML elements and of JSON values. */
  depth: number;
}

/** The first 64 KiB or more of the log, or all of a shorter one, after inflating. */
export interface LogHead {
  /** File name or object key: for messages, never for deciding what the log is. */
  name: string;
  bytes: Uint8Array;
  /** Decoded, without a byte order mark. */
  text: string;
  /** WHATWG label: utf-8, utf-16le, shift_jis, … */
  encoding: string;
  /** The log has no byte beyond this head. */
  whole: boolean;
}

/** The log once inflated. It is read once: as bytes or as text. */
export interface LogSource {
  readonly name: string;
  readonly head: LogHead;
  readonly limits: LogLimits;
  /** The user's own choice of columns (`--columns`), for tables and NDJSON. */
  readonly columns: readonly ColumnChoice[];
  bytes(): AsyncIterable<Uint8Array>;
  /** Decoded by the head's encoding, without a byte order mark. */
  text(): AsyncIterable<string>;
  /** As `text`, without a string of what is ASCII. */
  pieces(): AsyncIterable<Text>;
}

/** Unit of speed, `dkmh` and `ckmh` being tenths and hundredths of km/h; `open`: the format does not say, and the movement decides. */
export type SpeedUnit = 'mps' | 'kmh' | 'mph' | 'knots' | 'cms' | 'fps' | 'mms' | 'dkmh' | 'ckmh' | 'open';

/** Metres per second of one unit. */
export const FACTOR: Record<SpeedUnit, number> = {
  mps: 1,
  kmh: 1 / 3.6,
  mph: 0.44704,
  knots: 1852 / 3600,
  cms: 0.01,
  fps: 0.3048,
  mms: 0.001,
  dkmh: 1 / 36,
  ckmh: 1 / 360,
  open: 1, // until the movement has told it
};

/** What a column may be used for. `vehicle` and `driver` are names; `valid` says whether there was a fix. */
export type Role = 'time' | 'date' | 'lat' | 'lon' | 'speed' | 'heading' | 'accuracy' | 'valid' | 'vehicle' | 'driver';

/** A column that the user names (`--columns`). */
export interface ColumnChoice {
  /** What the column is used for. */
  role: Role;
  /** Of a column of speeds; undefined: by its name, else by the movement. */
  unit: SpeedUnit | undefined;
  /** Of a column of times or dates: what comes first in 05/10/2026. Undefined: what the dates themselves show. */
  order?: 'dmy' | 'mdy' | undefined;
  /** Name of the column in the log. */
  column: string;
}

/**
 * One fix as the format has it. The sink checks its values in place and copies them: a format may use one object for all
 * fixes, and sets each value of it anew or never. It is no literal: those share their form in V8 with others of the same
 * names, whose values are texts, and then each number is an object on the heap.
 */
export class RawFix {
  /** Unix milliseconds (wall clock where `local`), a text of any form that clock/text.ts reads, or nothing. */
  time: number | string | undefined = Number.NaN;
  /** The number is a wall clock without a zone: milliseconds as if it were UTC. */
  local = false;
  /** The time was given to the minute. */
  noSeconds = false;
  /** WGS 84 degrees, a number or its text; NaN, blank or nothing: the recorder had no position. */
  lat: unknown = Number.NaN;
  lon: unknown = Number.NaN;
  /** In the unit that `declare` gave; NaN: not known. */
  speed = Number.NaN;
  /** Degrees from north, clockwise; NaN: not known. */
  heading = Number.NaN;
  /** Metres; NaN: not known. */
  accuracy = Number.NaN;
  /** False: the recorder says that it had no fix. */
  valid = true;
  /** What a column says about the fix: bits of validity.ts. */
  said = 0;
  vehicle: string | undefined;
  driver: string | undefined;
}

/** Why a row is left out. Append-only: the names stand in results. */
export const LEFT_OUT = [
  'no_position',
  'no_time',
  'not_valid',
  'not_understood',
  'not_on_earth',
  'doubled',
  'time_falls_back',
  'time_jumps',
  'impossible_jump',
  'repeated_header',
  'damaged',
  'filled_in',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** What holds for the whole log; a format calls `declare` before the first fix it concerns. */
export interface Declaration {
  /** Unit of every `RawFix.speed`. Without a declaration it is metres per second. */
  speedUnit?: SpeedUnit;
  /** What a time without a zone is: UTC by the format's definition, or a wall clock (without a declaration). */
  zoneless?: 'utc' | 'local';
  /** Role → name of the column or element that serves it. */
  columns?: Partial<Record<Role, string>>;
  /** Names that look like they matter and are not used. */
  ignored?: readonly string[];
  /** The maker by its preset, such as `GPSLogger`. */
  preset?: string;
}

/** What is wrong with a row, as the error says it when the log is refused. */
export interface Fault {
  what: string;
  error: ErrorName;
}

export interface FixSink {
  /** What a column of validity says, over the whole log. */
  readonly validity: Validity;
  declare(facts: Declaration): void;
  /** Checks and keeps a fix. `place`: line of the file, from 1; number of the record where there are no lines. */
  add(fix: RawFix, place: number): void;
  /** A row that is no fix, counted by its reason. With a fault: where too many rows have one, it ends the reading. */
  leaveOut(reason: LeftOut, place: number, fault?: Fault): void;
  /** A value as a number; NaN where it is blank or a word for nothing, and where it cannot be used, which is counted. */
  number(value: unknown, column: string, place: number): number;
  /** The column of the times holds bare seconds, which are read as those since 1970. */
  bareSeconds(column: string): void;
  /** Each position, read as 1e-7 degrees, may be degrees and minutes without a point (DDMMmmmmm) as well. */
  mayBeMinutes(): void;
  /**
   * A value of a column that may tell vehicles apart, before its fix is added; false: it is of no more use. `ofParts`: its
   * values are parts of one track.
   */
  turn(column: string, value: string, ofParts?: boolean): boolean;
  /** One sentence for `input.warnings`, without a value of the log. */
  warn(text: string): void;
  /** The error to throw when the log cannot be read on. */
  bad(place: number, what: string, error?: ErrorName): TomareError;
}

export interface LogFormat {
  /** As `input.format` says: csv, gpx, … */
  readonly name: string;
  /** For messages: "GPX 1.0 and 1.1". */
  readonly title: string;
  recognises(head: LogHead): boolean;
  read(source: LogSource, sink: FixSink): Promise<void>;
}
