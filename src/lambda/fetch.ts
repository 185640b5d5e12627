// SPDX-License-Identifier: MIT
// Reads a log from S3 with one request: its headers are checked before the body is read. The ETag that names the result
// is that of the bytes which were got.
import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { TomareError } from '../errors.ts';
import { named, type ServiceFault } from './service.ts';

export interface Place {
  bucket: string;
  key: string;
  version_id?: string | undefined;
}

/** What S3 says of a log. */
export interface LogHead {
  etag: string;
  /** Of the object, where its bucket keeps versions. */
  version: string | undefined;
  /** When S3 took the object. */
  received: Date | undefined;
  /** What whoever put the log said of it. */
  metadata: Readonly<Record<string, string>>;
}

export interface OpenLog {
  head: LogHead;
  /** As stored. */
  bytes: number;
  /** All of a small log, read ahead. */
  whole: Uint8Array | undefined;
  /** What is left to read. @throws where the connection breaks */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Lets the connection go. */
  close(): void;
}

/** Read before the log's turn comes; a larger one waits in its connection. Bounds memory by the logs that are ahead. */
const READ_AHEAD = 1 << 20;

/** What S3 said, where it is the log's own fault; other faults are returned as they came. */
function readError(fault: ServiceFault): Error {
  if (fault.name === 'InvalidObjectState') return new TomareError('LOG_ACCESS', 'it is archived; restore it first');
  if (fault.name === 'AccessDenied' || fault.name === 'AllAccessDisabled') return new TomareError('LOG_ACCESS');
  if (fault.status === 412) return new TomareError('LOG_CHANGED');
  // 405: a delete marker was asked for by its version
  if (fault.status === 404 || fault.status === 405) return new TomareError('LOG_MISSING');
  return fault;
}

/** How often a read goes on after its connection broke; one that waits for its turn may be closed by the other side. */
const RESUMES = 2;

class Body {
  private readonly from: (range: string) => Promise<Readable>;
  private readonly bytes: number;
  private readonly signal: AbortSignal;
  private stream: Readable;

  /** `from`: the rest of the same bytes. */
  constructor(stream: Readable, bytes: number, signal: AbortSignal, from: (range: string) => Promise<Readable>) {
    this.stream = stream;
    this.bytes = bytes;
    this.signal = signal;
    this.from = from;
    this.hold();
  }

  /** What breaks while nobody reads is met by the next read. */
  private hold(): void {
    this.stream.on('error', () => {});
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    let got = 0;
    for (let resumed = 0; ; resumed++) {
      try {
        for await (const chunk of this.stream) {
          got += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
        if (got === this.bytes) return;
        throw new Error('the connection ended early');
      } catch (error) {
        if (resumed === RESUMES || got >= this.bytes || this.signal.aborted) throw error;
        this.stream = await this.from(`bytes=${got}-`);
        this.hold();
      }
    }
  }

  close(): void {
    this.stream.destroy();
  }
}

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/**
 * The log, or "folder" for the empty object that the console puts where a folder is made.
 * @throws TomareError LOG_SIZE, LOG_MISSING, LOG_ACCESS; ServiceFault for what may pass
 */
export async function openLog(
  s3: S3Client,
  place: Place,
  limit: number,
  signal: AbortSignal,
): Promise<OpenLog | 'folder'> {
  const get = async (rest: { Range?: string; IfMatch?: string } = {}) => {
    const request = { Bucket: place.bucket, Key: place.key, VersionId: place.version_id, ...rest };
    return named('GetObject', s3.send(new GetObjectCommand(request), { abortSignal: signal })).catch((fault) => {
      throw readError(fault);
    });
  };
  const answer = await get();
  const { ContentLength: bytes = 0, ETag: etag = '', VersionId: version, LastModified: received } = answer;
  const head = { etag, version, received, metadata: answer.Metadata ?? {} };
  const from = async (Range: string) => (await get({ Range, IfMatch: etag })).Body as Readable;
  const body = new Body(answer.Body as Readable, bytes, signal, from);
  const close = () => body.close();
  if (bytes > limit || (bytes === 0 && place.key.endsWith('/'))) {
    close();
    if (bytes === 0) return 'folder';
    throw new TomareError('LOG_SIZE', `${bytes} bytes; at most ${limit} are allowed`);
  }
  const chunks = () => body.chunks();
  if (bytes > READ_AHEAD) return { head, bytes, whole: undefined, chunks, close };
  return { head, bytes, whole: await named('GetObject', allOf(chunks())), chunks, close };
}
