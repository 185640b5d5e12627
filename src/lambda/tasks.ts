// SPDX-License-Identifier: MIT
// What the handler's thread and the analyst's say to one another. One request at a time; bytes are handed over, not copied.
import { type ErrorName, TomareError } from '../errors.ts';
import type { ReadOptions } from '../logs/read.ts';
import type { Format } from '../report/formats.ts';
import type { AnalyzeOptions, Identity, Source } from '../session.ts';
import type { Owner } from './origin.ts';

/** One log to be read, judged and written out. */
export interface LogTask {
  /** Names the log in messages and gives the drive its id. */
  name: string;
  source: Source;
  owner: Owner;
  options: AnalyzeOptions;
  limits: NonNullable<ReadOptions['limits']>;
  /** In which its result is wanted. */
  formats: Format[];
}

export type Request =
  | { kind: 'identity'; options: AnalyzeOptions }
  /** `bytes`: the whole log; without them it is asked for chunk by chunk. */
  | { kind: 'log'; task: LogTask; bytes: Uint8Array | undefined }
  /** Answers "more": null at the end, "broken" when there will be no more. */
  | { kind: 'chunk'; bytes: Uint8Array | null | 'broken' };

export interface Analyzed {
  /** When the drive began, ISO 8601 in the zone of the place. */
  start: string;
  fixes: number;
  driver_id: string | null;
  vehicle_id: string | null;
  /** Number of findings by rule and verdict. */
  findings: { rule: string; verdict: string; count: number }[];
  texts: { format: Format; bytes: Uint8Array }[];
}

/** Bytes of a result that is stored before the next log is judged: bounds the memory of results that wait. */
const LARGE = 1 << 20;
export const isLarge = ({ texts }: Analyzed) => texts.reduce((sum, { bytes }) => sum + bytes.length, 0) > LARGE;

export type Reply =
  | { kind: 'ready' }
  | { kind: 'more' }
  | { kind: 'identity'; identity: Identity }
  | { kind: 'analyzed'; analyzed: Analyzed }
  | { kind: 'failed'; name: ErrorName; detail: string };

/** An error that is none of the list would be met again on every attempt: it is held against the log, as a trap is. */
export function failedReply(error: unknown): Reply {
  if (error instanceof TomareError) return { kind: 'failed', name: error.errorName, detail: error.detail };
  return { kind: 'failed', name: 'TRAP', detail: error instanceof Error ? error.name : 'Error' };
}
