// SPDX-License-Identifier: MIT
// The daily job's function: which days there are to write, and one of them. An entry of its own in the same image.
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { type Compacted, compactDay, type Unchanged } from '../days/compact.ts';
import { openSession, type Session } from '../session.ts';

const DAY_MS = 86_400_000;
const eventSchema = z.union([
  /** The days before this one, as many as are asked for. */
  z.strictObject({ last: z.number().int().min(1).max(366) }),
  z.strictObject({ day: z.iso.date() }),
]);

const s3 = new S3Client({});
let session: Session | undefined;

/** @throws Error for another event, and what S3 says */
export async function handler(event: unknown): Promise<{ day: string }[] | Compacted | Unchanged> {
  const asked = eventSchema.parse(event);
  if ('last' in asked) {
    const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
    return Array.from({ length: asked.last }, (_, i) => ({ day: day(i + 1) }));
  }
  const { TOMARE_OUTPUT_BUCKET: bucket = '', TOMARE_OUTPUT_PREFIX: prefix = '', TOMARE_MAP: map = '' } = process.env;
  session ??= openSession({ map });
  const compacted = await compactDay(s3, { bucket, prefix }, asked.day, session);
  process.stdout.write(`${JSON.stringify(compacted)}\n`);
  return compacted;
}
