// SPDX-License-Identifier: MIT
// Reads a log from S3 as a stream: its size is checked before a byte is asked for, and IfMatch makes sure
// that the bytes belong to the ETag that names the result.
import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { TomareError } from '../errors.ts';

export interface Place {
  bucket: string;
  key: string;
}

export interface LogHead {
  etag: string;
  bytes: number;
  /** Of the object, where its bucket keeps versions. */
  version: string | undefined;
  /** When S3 took the object. */
  received: Date | undefined;
  /** What whoever put the log said of it. */
  metadata: Readonly<Record<string, string>>;
}

/** What S3 said, where it is the log's own fault; other errors are returned as they came. */
function readError(error: unknown): unknown {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'AccessDenied' || name === 'AllAccessDisabled') return new TomareError('LOG_ACCESS');
  if ($metadata?.httpStatusCode === 404) return new TomareError('LOG_MISSING');
  if ($metadata?.httpStatusCode === 412) return new TomareError('LOG_CHANGED');
  return error;
}

export async function headLog(s3: S3Client, place: Place, limit: number, signal: AbortSignal): Promise<LogHead> {
  const request = { Bucket: place.bucket, Key: place.key };
  try {
    const head = await s3.send(new HeadObjectCommand(request), { abortSignal: signal });
    const bytes = head.ContentLength ?? 0;
    if (bytes > limit) throw new TomareError('LOG_SIZE', `${bytes} bytes; at most ${limit} are allowed`);
    const { ETag = '', VersionId: version, LastModified: received, Metadata: metadata = {} } = head;
    return { etag: ETag, bytes, version, received, metadata };
  } catch (error) {
    // An answer to HEAD has no body: only GET says whether access is denied or a token has expired.
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403) {
      await s3.send(new GetObjectCommand({ ...request, Range: 'bytes=0-0' }), { abortSignal: signal }).then(
        (answer) => (answer.Body as Readable).destroy(),
        (denied) => {
          throw readError(denied);
        },
      );
    }
    throw readError(error);
  }
}

/** Hands the log's bytes to `use`. A connection that breaks wins over what `use` made of the torso. */
export async function withLog<T>(
  s3: S3Client,
  place: Place,
  head: LogHead,
  signal: AbortSignal,
  use: (bytes: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const get = new GetObjectCommand({ Bucket: place.bucket, Key: place.key, IfMatch: head.etag });
  const answer = await s3.send(get, { abortSignal: signal }).catch((error) => {
    throw readError(error);
  });
  const body = answer.Body as Readable;
  let broken: unknown;
  async function* bytes(): AsyncGenerator<Buffer> {
    let got = 0;
    try {
      for await (const chunk of body) {
        got += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (got !== head.bytes) throw new Error('the connection ended early');
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  try {
    return await use(bytes());
  } catch (error) {
    throw broken ?? error;
  } finally {
    body.destroy();
  }
}
