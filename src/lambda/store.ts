// SPDX-License-Identifier: MIT
// Writes results: once, for the key says what was done. What is there already stays as it is.
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Format } from '../report/formats.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import { named, type ServiceFault } from './service.ts';

export const fileEnding = (format: Format) => FORMAT_FACTS[format].ending;

export type Stored = 'stored' | 'unchanged';

export interface Output {
  bucket: string;
  key: string;
  bytes: Uint8Array;
  format: Format;
  metadata: Record<string, string>;
}

/** S3 refuses a put while another one of the same key is under way; by then that one is mostly done. */
const CONFLICTS = 3;

/** `replace`: also what is there already. @throws ServiceFault */
export async function store(s3: S3Client, output: Output, signal: AbortSignal, replace = false): Promise<Stored> {
  const put = new PutObjectCommand({
    Bucket: output.bucket,
    Key: output.key,
    Body: output.bytes,
    ContentType: FORMAT_FACTS[output.format].type,
    Metadata: output.metadata,
    ...(replace ? {} : { IfNoneMatch: '*' }),
  });
  for (let attempt = 1; ; attempt++) {
    try {
      signal.throwIfAborted();
      await named('PutObject', s3.send(put, { abortSignal: signal }));
      return 'stored';
    } catch (error) {
      const { status } = error as ServiceFault;
      if (status === 412) return 'unchanged';
      if (status !== 409 || attempt === CONFLICTS) throw error;
    }
  }
}

/** The metadata of an object that is there. @throws ServiceFault */
export async function metadataOf(
  s3: S3Client,
  place: { bucket: string; key: string },
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const request = new HeadObjectCommand({ Bucket: place.bucket, Key: place.key });
  return (await named('HeadObject', s3.send(request, { abortSignal: signal }))).Metadata ?? {};
}
