// SPDX-License-Identifier: MIT
// S3 and SQS in memory, as far as the function uses them: conditional puts, ranges, metadata, letters. For what real servers
// are too slow for (a soak) or too quick (a bench with a known latency); the real ones serve in every other test.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

export interface Call {
  operation: string;
  /** "bucket/key" of S3; the queue's URL of SQS. */
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

interface StoredObject {
  bytes: Buffer;
  etag: string;
  metadata: Record<string, string>;
}

/** A letter, as a message that is redriven would come. */
export interface Letter {
  body: string;
  attributes: Record<string, string>;
}

export const answer = (
  status: number,
  headers: Record<string, string> = {},
  body: Buffer = Buffer.alloc(0),
): Answer => ({
  status,
  headers: { 'content-length': String(body.length), ...headers },
  body,
});
export const fault = (status: number, name: string): Answer =>
  answer(
    status,
    { 'content-type': 'application/xml' },
    Buffer.from(`<?xml version="1.0"?><Error><Code>${name}</Code><Message>m</Message></Error>`),
  );

function metadataIn(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-')));
}

export class StandIn {
  readonly objects = new Map<string, StoredObject>();
  readonly letters: Letter[] = [];
  /** How often each key was made anew. */
  readonly creations = new Map<string, number>();
  /** Of the queue's letters that were sent. */
  sent = 0;

  put(target: string, bytes: Buffer, metadata: Record<string, string> = {}): string {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    this.objects.set(target, { bytes, etag, metadata });
    return etag;
  }

  answer({ operation, target, headers, body }: Call): Answer {
    if (operation === 'SendMessage') return this.send(body);
    const object = this.objects.get(target);
    switch (operation) {
      case 'PutObject':
        if (object && headers['if-none-match'] === '*') return fault(412, 'PreconditionFailed');
        if (!object) this.creations.set(target, (this.creations.get(target) ?? 0) + 1);
        return answer(200, { etag: this.put(target, body, metadataIn(headers)) });
      case 'DeleteObject':
        this.objects.delete(target);
        return answer(204);
      case 'HeadObject':
        return object ? answer(200, { etag: object.etag, ...object.metadata }) : answer(404);
      case 'GetObject':
        return object ? this.get(object, headers) : fault(404, 'NoSuchKey');
      default:
        return fault(501, 'NotImplemented');
    }
  }

  private get({ bytes, etag, metadata }: StoredObject, headers: Record<string, string>): Answer {
    if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return fault(412, 'PreconditionFailed');
    const [, from] = /^bytes=(\d+)-$/.exec(headers['range'] ?? '') ?? [];
    if (from === undefined) return answer(200, { etag, ...metadata }, bytes);
    return answer(206, { etag, ...metadata }, bytes.subarray(Number(from)));
  }

  private send(body: Buffer): Answer {
    const { MessageBody = '', MessageAttributes = {} } = JSON.parse(body.toString());
    const attributes = Object.entries(MessageAttributes as Record<string, { StringValue: string }>);
    this.sent++;
    this.letters.push({
      body: MessageBody,
      attributes: Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue])),
    });
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    const text = JSON.stringify({ MessageId: `letter-${this.sent}`, MD5OfMessageBody });
    return answer(200, { 'content-type': 'application/x-amz-json-1.0' }, Buffer.from(text));
  }
}

/** The parts of the SDK's request that a stand-in looks at. */
export interface SdkRequest {
  method: string;
  path: string;
  hostname: string;
  query?: Record<string, unknown>;
  headers: Record<string, string>;
  body?: Uint8Array | string | undefined;
}

const METHODS: Record<string, string> = {
  GET: 'GetObject',
  PUT: 'PutObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

export function callOf({ method, path, headers, body }: Omit<SdkRequest, 'hostname'>): Call {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const aim = lower['x-amz-target'];
  return {
    operation: aim === undefined ? (METHODS[method] ?? method) : aim.replace('AmazonSQS.', ''),
    target: decodeURIComponent(path.slice(1)),
    headers: lower,
    body: typeof body === 'string' ? Buffer.from(body) : Buffer.copyBytesFrom(body ?? new Uint8Array(0)),
  };
}

export interface SdkHandler {
  handle(
    request: SdkRequest,
    options?: { abortSignal?: AbortSignal },
  ): Promise<{ response: { statusCode: number; headers: Record<string, string>; body: Readable } }>;
}

/** In place of the SDK's own HTTP handler; everything above it (signing, retries, parsing) is the SDK's. */
export function inProcess(serve: (call: Call, signal: AbortSignal | undefined) => Promise<Answer>): SdkHandler {
  return {
    async handle(request, options) {
      // as the SDK's own does: a retry may begin after the end of its invocation, and nothing would tell it any more
      options?.abortSignal?.throwIfAborted();
      const { status, headers, body } = await serve(callOf(request), options?.abortSignal);
      return { response: { statusCode: status, headers, body: Readable.from([body], { objectMode: false }) } };
    },
  };
}
