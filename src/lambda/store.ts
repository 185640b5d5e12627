// SPDX-License-Identifier: MIT
// Writes results: once, for the key says what was done. What is there already stays as it is.
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Format } from '../report/formats.ts';
import { FORMAT_FACTS } from '../report/registry.ts';

export const fileEnding = (format: Format) => FORMAT_FACTS[format].ending;

export type Stored = 'stored' | 'unchanged';

export interface Output {
  bucket: string;
  key: string;
  text: string | Uint8Array;
  format: Format;
  metadata?: Record<string, string>;
}

export async function store(s3: S3Client, output: Output, signal: AbortSignal): Promise<Stored> {
  const abortController = new AbortController();
  const abort = () => abortController.abort();
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const params = {
      Bucket: output.bucket,
      Key: output.key,
      Body: Buffer.from(output.text),
      ContentType: FORMAT_FACTS[output.format].type,
      Metadata: output.metadata ?? {},
      IfNoneMatch: '*',
    };
    await new Upload({ client: s3, params, abortController }).done();
    return 'stored';
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 412) return 'unchanged';
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
