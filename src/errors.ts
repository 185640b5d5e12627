// SPDX-License-Identifier: MIT
// Every error a user can see: numbered, append-only, one sentence each. Codes below 100 are the
// core's (core-cpp/base/error.hpp). A message names the file and place, what was expected, and what to do.
import { CORE_ERRORS } from './layout.ts';

const HOST_ERRORS = [
  { code: 100, name: 'LOG_READ', text: 'The log cannot be read' },
  { code: 101, name: 'LOG_FORMAT', text: 'The format of the log is unknown' },
  { code: 102, name: 'LOG_HEADER', text: 'The log has no header line' },
  { code: 103, name: 'LOG_ROW', text: 'A row of the log has a value that cannot be used' },
  { code: 104, name: 'LOG_NO_FIX', text: 'The log has no fix' },
  { code: 105, name: 'LOG_ONE_FIX', text: 'The log has only one fix, which is no drive' },
  { code: 106, name: 'LOG_LINE_LENGTH', text: 'A line of the log is longer than the limit' },
  { code: 107, name: 'LOG_SIZE', text: 'The log is larger than the limit' },
  { code: 108, name: 'LOG_XML', text: 'The XML of the log is not well-formed' },
  { code: 109, name: 'LOG_GZIP', text: 'The compressed log is damaged' },
  { code: 110, name: 'SETTINGS', text: 'The settings have an unknown key or a value out of range' },
  { code: 111, name: 'PROFILE', text: 'The country profile is missing or malformed' },
  { code: 112, name: 'OUTPUT', text: 'The output cannot be written' },
  { code: 113, name: 'USAGE', text: 'The command was called wrongly' },
  { code: 114, name: 'PBF_FORMAT', text: 'The file is not an OSM extract (PBF or XML), or is cut short' },
  { code: 115, name: 'TRAP', text: 'The module stopped on this input' },
  { code: 116, name: 'LOG_SEPARATOR', text: 'The rows of the log have more fields than its header' },
  { code: 117, name: 'LOG_COLUMN', text: 'The log lacks a required column' },
  { code: 118, name: 'LOG_NUMBER', text: 'A value of the log is not a number' },
  { code: 119, name: 'LOG_POSITION', text: 'A position of the log is not on Earth' },
  { code: 120, name: 'LOG_SWAPPED', text: 'Latitude and longitude of the log are swapped' },
  { code: 121, name: 'LOG_TIME', text: 'A time of the log cannot be understood' },
  { code: 122, name: 'LOG_TIME_RANGE', text: 'A time of the log lies outside the years 1970 to 2105' },
  { code: 123, name: 'LOG_TIME_ORDER', text: 'The times of the log are not in order' },
  { code: 124, name: 'LOG_TIME_EQUAL', text: 'All fixes of the log have the same time' },
  { code: 125, name: 'LOG_FIXES', text: 'The log has more fixes than the limit' },
  { code: 126, name: 'LOG_ENTITY', text: 'The XML of the log has a document type or entities of its own' },
  { code: 127, name: 'LOG_INFLATED', text: 'The compressed log inflates beyond the limit' },
  { code: 128, name: 'OUTPUT_FULL', text: 'The disk is full' },
  { code: 129, name: 'PBF_READ', text: 'The OSM file cannot be read' },
  { code: 130, name: 'MESSAGE', text: 'The message names no log' },
  { code: 131, name: 'BUCKET', text: 'This function may not read the bucket of the log' },
  { code: 132, name: 'LOG_MISSING', text: 'There is no object under the key of the log' },
  { code: 133, name: 'LOG_ACCESS', text: 'Access to the log is denied' },
  { code: 134, name: 'LOG_CHANGED', text: 'The log was replaced while it was read' },
  { code: 135, name: 'TIME_LEFT', text: 'Too little time was left for this log' },
  { code: 136, name: 'LOG_VEHICLES', text: 'The log holds more than one vehicle or drive' },
  { code: 137, name: 'LOG_DEPTH', text: 'The log nests deeper than the limit' },
  { code: 138, name: 'LOG_WIDTH', text: 'The log has more columns, keys or attributes than the limit' },
  { code: 139, name: 'LOG_SLOW', text: 'The log needs more time than one log may take' },
  { code: 140, name: 'RESULT_KEY', text: 'The key for the result is taken or reserved' },
  { code: 141, name: 'MAP_RELEASE', text: 'The map of the new version is not the one to be released' },
  { code: 160, name: 'LOG_NO_TIMES', text: 'The log has positions and no times' },
  { code: 161, name: 'LOG_NO_TRACK', text: 'The file has no recorded track' },
  { code: 162, name: 'LOG_JSON', text: 'The JSON of the log is not well-formed' },
  { code: 163, name: 'LOG_FIT', text: 'The FIT file is damaged' },
  { code: 164, name: 'LOG_PARQUET', text: 'The Parquet file cannot be read' },
  { code: 165, name: 'LOG_ZIP', text: 'The zip archive cannot be read' },
  { code: 166, name: 'LOG_ENCRYPTED', text: 'The archive is encrypted' },
  { code: 167, name: 'LOG_SEVERAL', text: 'The archive holds more than one log' },
  { code: 168, name: 'LOG_COARSE', text: 'The positions of the log are too coarse to distinguish roads' },
  { code: 169, name: 'LOG_DEGREES', text: 'The positions of the log are degrees of another form' },
  { code: 170, name: 'LOG_TIME_COARSE', text: 'The times of the log are too coarse for a speed' },
  { code: 180, name: 'AUDIT_INPUT', text: 'The file holds no results that can be audited' },
  { code: 181, name: 'DECISIONS', text: 'The file of decisions cannot be read' },
] as const;

/** Names of all errors, as docs/ERRORS.md and `tomare explain` list them. */
export type ErrorName = (typeof HOST_ERRORS)[number]['name'] | (typeof CORE_ERRORS)[number]['name'];
export const ERRORS: readonly { code: number; name: ErrorName; text: string }[] = [...CORE_ERRORS, ...HOST_ERRORS];

/**
 * An error that a user can act on: its message names the file and place, what was expected, and what to do.
 * @example if (error instanceof TomareError && error.errorName === 'LOG_OUTSIDE_MAP') …
 */
export class TomareError extends Error {
  /** Its number in the list, which never changes. */
  readonly code: number;
  /** Its name in the list. */
  readonly errorName: ErrorName;
  /** The part of `message` after the list's sentence. */
  readonly detail: string;

  /** `detail` follows the list's sentence in the message: what, where, and what to do. */
  constructor(name: ErrorName, detail = '') {
    const entry = ERRORS.find((e) => e.name === name);
    super(detail === '' ? (entry?.text ?? name) : `${entry?.text ?? name}: ${detail}`);
    this.code = entry?.code ?? 0;
    this.errorName = name;
    this.detail = detail;
  }
}

/** Where the core found an error; -1 or 0: not known. */
export interface CoreFault {
  code: number;
  tile: number;
  offset: number;
  section: number;
}

/** The place of a fault in words. `offset` counts elements, bytes or fixes, depending on the section and tile. */
export function placeOf({ tile, offset, section }: CoreFault): string {
  const parts: string[] = [];
  if (tile >= 0) parts.push(`tile ${tile}`);
  if (section > 0) parts.push(formatSection(section));
  const unit = section > 400 ? 'element' : section > 0 || tile >= 0 ? 'byte' : 'fix';
  if (offset >= 0) parts.push(`${unit} ${offset}`);
  return parts.join(', ');
}

/** The core's section number as FORMAT.md titles it: 413 is "section 4.13 of FORMAT.md". */
export function formatSection(section: number): string {
  const [chapter, part] = [Math.floor(section / 100), section % 100];
  return `section ${chapter}${part === 0 ? '' : `.${part}`} of FORMAT.md`;
}

export function coreError(code: number, detail = ''): TomareError {
  return new TomareError(ERRORS.find((e) => e.code === code)?.name ?? 'TRAP', detail);
}

/** The message for people, with name and code. */
export function describe(error: unknown): string {
  if (error instanceof TomareError) return `${error.message} (${error.errorName} ${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
