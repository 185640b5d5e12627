// SPDX-License-Identifier: MIT
// From the body of a message to the logs it names: our own form, S3 notifications, and these inside
// SNS and EventBridge envelopes.
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { FORMATS } from '../report/formats.ts';
import { VEHICLES } from '../types.ts';

const bucket = z.string().min(3).max(63);
const key = z.string().min(1).max(1024);
const person = z.string().min(1).max(128);
const versionId = z.string().min(1).max(1024);
/** Of nested values in a message; settings have three levels. */
const DEPTH = 32;

/** A key below the output prefix: no empty, "." or ".." part. */
const resultKey = z
  .string()
  .max(512)
  .regex(/^[\w=+@.-]+(\/[\w=+@.-]+)*$/)
  .refine((text) => !text.split('/').some((part) => part === '.' || part === '..'));

const jobSchema = z.strictObject({
  bucket,
  key,
  /** Of the object, in a bucket that keeps versions. */
  version_id: versionId.optional(),
  vehicle: z.enum(VEHICLES).optional(),
  /** Whose drive it is, before what the log's metadata and the log itself say. */
  driver_id: person.optional(),
  vehicle_id: person.optional(),
  profile: z.string().optional(),
  /** Overrides, by group and name of settings.yaml. */
  settings: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  route: z.boolean().optional(),
  all: z.boolean().optional(),
  result_key: resultKey.optional(),
  /** What is stored beside the result. */
  formats: z.array(z.enum(FORMATS)).optional(),
});
export type Job = z.infer<typeof jobSchema>;

const s3Event = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal('aws:s3'),
      eventName: z.string(),
      s3: z.object({
        bucket: z.object({ name: bucket }),
        object: z.object({ key, versionId: versionId.optional(), size: z.number().optional() }),
      }),
    }),
  ),
});
const s3Test = z.object({ Service: z.literal('Amazon S3'), Event: z.literal('s3:TestEvent') });
const sns = z.object({ Type: z.literal('Notification'), Message: z.string() });
const eventBridge = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  detail: z.object({
    bucket: z.object({ name: bucket }),
    object: z.object({ key, 'version-id': versionId.optional(), size: z.number().optional() }),
  }),
});

function refuse(what: string): TomareError {
  return new TomareError('MESSAGE', `${what}; {"bucket", "key"} or an S3 notification is expected`);
}

/** S3 encodes keys as forms do. */
function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw refuse('the key is not URL-encoded');
  }
}

function jobOf(bucket: string, key: string, versionId: string | undefined): Job {
  return { bucket, key, ...(versionId === undefined ? {} : { version_id: versionId }) };
}

/** What the console puts where a folder is made. */
const isFolder = (key: string, size: number | undefined) => size === 0 && key.endsWith('/');

function notified(event: z.infer<typeof s3Event>): Job[] {
  return event.Records.filter((r) => /^(s3:)?ObjectCreated:/.test(r.eventName)).flatMap(
    ({ s3: { bucket, object } }) => {
      const key = decodeKey(object.key);
      return isFolder(key, object.size) ? [] : [jobOf(bucket.name, key, object.versionId)];
    },
  );
}

/** EventBridge, unlike S3 itself, does not encode keys. */
function bridged({ detail, 'detail-type': type }: z.infer<typeof eventBridge>): Job[] {
  const { key, size, 'version-id': version } = detail.object;
  return type !== 'Object Created' || isFolder(key, size) ? [] : [jobOf(detail.bucket.name, key, version)];
}

/** Level by level, for a deep value would overrun the stack of whoever walks down. */
function checkDepth(value: unknown): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH) throw refuse('the body nests too deep');
    level = level.flatMap((v) => (typeof v === 'object' && v !== null ? Object.values(v) : []));
  }
}

/** The jobs of a message: none for a test event. */
export function parseMessage(body: string, depth = 0): Job[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw refuse('the body is not JSON');
  }
  checkDepth(value);
  if (s3Test.safeParse(value).success) return [];
  const event = s3Event.safeParse(value);
  if (event.success) return notified(event.data);
  const bridge = eventBridge.safeParse(value);
  if (bridge.success) return bridged(bridge.data);
  const envelope = sns.safeParse(value);
  if (envelope.success && depth === 0) return parseMessage(envelope.data.Message, 1);
  const job = jobSchema.safeParse(value);
  if (!job.success) throw refuse(`fields: ${job.error.issues.map((i) => i.path.join('.') || i.code).join(', ')}`);
  return [job.data];
}
