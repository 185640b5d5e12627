// SPDX-License-Identifier: MIT
// Writes results: once, for the key says what was done. What is there already stays as it is.
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
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
  /** In place of the format's own. */
  type?: string;
  metadata: Record<string, string>;
}

/** S3 refuses a put while another one of the same key is under way; by then that one is mostly done. */
const CONFLICTS = 3;

/** One put, or the parts of a large object; ends with the signal. @throws ServiceFault */
async function put(s3: S3Client, output: Output, signal: AbortSignal, replace: boolean): Promise<void> {
  signal.throwIfAborted();
  const abortController = new AbortController();
  const abort = () => abortController.abort();
  signal.addEventListener('abort', abort, { once: true });
  const params = {
    Bucket: output.bucket,
    Key: output.key,
    Body: output.bytes,
    ContentType: output.type ?? FORMAT_FACTS[output.format].type,
    Metadata: output.metadata,
    ...(replace ? {} : { IfNoneMatch: '*' }),
  };
  try {
    await named('PutObject', new Upload({ client: s3, params, abortController }).done());
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** `replace`: also what is there already. @throws ServiceFault */
export async function store(s3: S3Client, output: Output, signal: AbortSignal, replace = false): Promise<Stored> {
  for (let attempt = 1; ; attempt++) {
    try {
      await put(s3, output, signal, replace);
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
