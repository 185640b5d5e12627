// SPDX-License-Identifier: MIT
// What the function is told by its environment; read and checked once, at start.
import * as z from 'zod';
import { TomareError } from '../errors.ts';

const bytes = z.coerce.number().int().min(1);

const schema = z.object({
  /** Path of the road map inside the image. */
  TOMARE_MAP: z.string().min(1),
  /** Buckets that logs may come from, separated by commas. */
  TOMARE_INPUT_BUCKETS: z.string().min(1),
  TOMARE_OUTPUT_BUCKET: z.string().min(1),
  /** Begins every key that is written; empty or ending in "/". */
  TOMARE_OUTPUT_PREFIX: z
    .string()
    .regex(/^$|\/$/)
    .default(''),
  /** One object for each log's result, or for those of a batch. */
  TOMARE_RESULT_OBJECTS: z.enum(['log', 'batch']).default('log'),
  TOMARE_DEAD_LETTER_URL: z.url(),
  /** Of the queue that takes heavy logs; none: this function reads them too. */
  TOMARE_HEAVY_QUEUE_URL: z.url().optional(),
  /** A log is heavy from so many bytes on, as it is stored. */
  TOMARE_HEAVY_BYTES: bytes.default(2 << 20),
  /** Name of this stack in metrics and logs. */
  POWERTOOLS_SERVICE_NAME: z.string().min(1).default('tomare'),
  TOMARE_PROFILE: z.string().default('auto'),
  /** In place of the zone of the place; "auto", and Lambda's own default ":UTC", leave it to the place. */
  TZ: z.string().optional(),
  /** Of the stored object, compressed or not. */
  TOMARE_MAX_LOG_BYTES: bytes.default(64 << 20),
  TOMARE_MAX_INFLATED_BYTES: bytes.default(256 << 20),
  TOMARE_MAX_FIXES: bytes.default(1_000_000),
  /** With and without a fix. */
  TOMARE_MAX_ROWS: bytes.default(4_000_000),
  /** With less time left than this, the next record is given back. */
  TOMARE_RESERVE_MS: bytes.default(5_000),
  /** At most for the reading and judging of one log; less where its neighbours need the time. */
  TOMARE_MAX_LOG_MS: bytes.default(60_000),
});

export interface Config {
  map: string;
  inputBuckets: ReadonlySet<string>;
  outputBucket: string;
  outputPrefix: string;
  resultObjects: 'log' | 'batch';
  deadLetterUrl: string;
  heavy: { queueUrl: string; bytes: number } | undefined;
  serviceName: string;
  profile: string;
  timeZone: string | undefined;
  limits: { objectBytes: number; totalBytes: number; fixes: number; rows: number };
  reserveMs: number;
  logMs: number;
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = schema.safeParse(environment);
  if (!result.success) throw new TomareError('USAGE', `environment: ${z.prettifyError(result.error)}`);
  const e = result.data;
  const queueUrl = e.TOMARE_HEAVY_QUEUE_URL;
  return {
    map: e.TOMARE_MAP,
    inputBuckets: new Set(e.TOMARE_INPUT_BUCKETS.split(',').map((name) => name.trim())),
    outputBucket: e.TOMARE_OUTPUT_BUCKET,
    outputPrefix: e.TOMARE_OUTPUT_PREFIX,
    resultObjects: e.TOMARE_RESULT_OBJECTS,
    deadLetterUrl: e.TOMARE_DEAD_LETTER_URL,
    heavy: queueUrl === undefined ? undefined : { queueUrl, bytes: e.TOMARE_HEAVY_BYTES },
    serviceName: e.POWERTOOLS_SERVICE_NAME,
    profile: e.TOMARE_PROFILE,
    timeZone: e.TZ === undefined || e.TZ === '' || e.TZ === ':UTC' ? undefined : e.TZ.replace(/^:/, ''),
    limits: {
      objectBytes: e.TOMARE_MAX_LOG_BYTES,
      totalBytes: e.TOMARE_MAX_INFLATED_BYTES,
      fixes: e.TOMARE_MAX_FIXES,
      rows: e.TOMARE_MAX_ROWS,
    },
    reserveMs: e.TOMARE_RESERVE_MS,
    logMs: e.TOMARE_MAX_LOG_MS,
  };
}
