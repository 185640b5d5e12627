// SPDX-License-Identifier: MIT
// Every error a user can meet: numbered, append-only, one sentence each. Codes below 100 are the
// core's (core-cpp/base/error.hpp); a message says which file, where, what was expected, what to do.
import { CORE_ERRORS } from './abi/layout.ts';

const HOST_ERRORS = [
  { code: 100, name: 'LOG_READ', text: 'The log cannot be read' },
  { code: 101, name: 'LOG_FORMAT', text: 'The log is in no known format' },
  { code: 102, name: 'LOG_HEADER', text: 'The log has no usable header line' },
  { code: 103, name: 'LOG_ROW', text: 'A row of the log has a value that cannot be used' },
  { code: 104, name: 'LOG_NO_FIX', text: 'The log has no fix' },
  { code: 105, name: 'LOG_ONE_FIX', text: 'The log has one fix only, which is no drive' },
  { code: 106, name: 'LOG_LINE_LENGTH', text: 'A line of the log is longer than the limit' },
  { code: 107, name: 'LOG_SIZE', text: 'The log is larger than the limit' },
  { code: 108, name: 'LOG_XML', text: 'The GPX file is not well-formed or uses entities' },
  { code: 109, name: 'LOG_GZIP', text: 'The compressed log is damaged' },
  { code: 110, name: 'SETTINGS', text: 'The settings have an unknown key or a value out of range' },
  { code: 111, name: 'PROFILE', text: 'The country profile is missing or malformed' },
  { code: 112, name: 'OUTPUT', text: 'The output cannot be written' },
  { code: 113, name: 'USAGE', text: 'The command was called wrongly' },
  { code: 114, name: 'PBF_FORMAT', text: 'The file is not an OSM PBF file or is cut short' },
  { code: 115, name: 'TRAP', text: 'The module stopped on this input' },
  { code: 130, name: 'MESSAGE', text: 'The message names no log' },
  { code: 131, name: 'BUCKET', text: 'The bucket of the log is not one that this function may read' },
  { code: 132, name: 'LOG_MISSING', text: 'There is no object under the key of the log' },
  { code: 133, name: 'LOG_ACCESS', text: 'Access to the log is denied' },
  { code: 134, name: 'LOG_CHANGED', text: 'The log was replaced while it was read' },
  { code: 135, name: 'TIME_LEFT', text: 'Too little time was left for this log' },
] as const;

export type ErrorName = (typeof HOST_ERRORS)[number]['name'] | (typeof CORE_ERRORS)[number]['name'];
export const ERRORS: readonly { code: number; name: ErrorName; text: string }[] = [...CORE_ERRORS, ...HOST_ERRORS];

export class TomareError extends Error {
  readonly code: number;
  readonly errorName: ErrorName;

  /** `detail`: what and where, and what to do; follows the sentence of the list. */
  constructor(name: ErrorName, detail = '') {
    const entry = ERRORS.find((e) => e.name === name);
    super(detail === '' ? (entry?.text ?? name) : `${entry?.text ?? name}: ${detail}`);
    this.code = entry?.code ?? 0;
    this.errorName = name;
  }
}

export function coreError(code: number, detail = ''): TomareError {
  return new TomareError(ERRORS.find((e) => e.code === code)?.name ?? 'TRAP', detail);
}
