// SPDX-License-Identifier: MIT
// Writes results: once, for the key says what was done. What is there already stays as it is.
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Format } from '../report/formats.ts';

const TYPES: Record<string, { ending: string; type: string }> = {
  ndjson: { ending: 'ndjson', type: 'application/x-ndjson' },
  json: { ending: 'json', type: 'application/json' },
  geojson: { ending: 'geojson', type: 'application/geo+json' },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
  table: { ending: 'txt', type: 'text/plain; charset=utf-8' },
  html: { ending: 'html', type: 'text/html; charset=utf-8' },
};

export const fileEnding = (format: Format) => TYPES[format]?.ending ?? format;

export type Stored = 'stored' | 'unchanged';

export interface Output {
  bucket: string;
  key: string;
  text: string;
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
      ContentType: TYPES[output.format]?.type ?? 'application/octet-stream',
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
