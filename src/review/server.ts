// SPDX-License-Identifier: MIT
// The review's server: loopback only, behind a random token; a decision is answered for once it is on the disk.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decisionSchema } from '../decisions/decision.ts';
import { appendDecision, readDecisions } from '../decisions/file.ts';

const MOST_BYTES = 16 << 10;

export interface ReviewOptions {
  /** The page, given the address and token that its decisions go to. */
  page: (review: { url: string; token: string }) => string;
  /** decisions.ndjson. */
  decisions: string;
  /** 0, the default: any free port. */
  port?: number;
  /** Default: a new random one. */
  token?: string;
}

export interface Review {
  /** What the reader opens; it carries the token. */
  url: string;
  close(): Promise<void>;
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}

const refuse = (response: ServerResponse, status: number, error: string) =>
  answer(response, status, 'application/json', JSON.stringify({ error }));

class ReviewServer {
  private readonly options: ReviewOptions;
  private readonly token: string;
  readonly server: Server;

  constructor(options: ReviewOptions) {
    this.options = options;
    this.token = options.token ?? randomBytes(24).toString('base64url');
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: Error) => refuse(response, 500, error.message));
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/?token=${this.token}`;
  }

  /** A foreign page cannot name this host and port: neither by another name (rebinding) nor from its own origin. */
  private local({ headers }: IncomingMessage): boolean {
    const { host } = new URL(this.origin);
    return headers.host === host && (headers.origin === undefined || headers.origin === this.origin);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.local(request)) return refuse(response, 403, 'this host or origin is not served');
    const url = new URL(request.url ?? '/', this.origin);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = url.pathname === '/' ? (url.searchParams.get('token') ?? '') : (bearer ?? '');
    if (!same(token, this.token)) return refuse(response, 401, 'open the address that tomare review printed');
    const wanted = `${request.method} ${url.pathname}`;
    if (wanted === 'GET /') {
      const page = this.options.page({ url: '/decisions', token: this.token });
      return answer(response, 200, 'text/html; charset=utf-8', page);
    }
    if (wanted === 'GET /decisions') {
      const { decisions } = readDecisions(this.options.decisions);
      return answer(response, 200, 'application/json', JSON.stringify(decisions));
    }
    if (wanted === 'POST /decisions') return this.keep(request, response);
    return refuse(response, 404, 'there is no such page');
  }

  private async keep(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, 413, `a decision has at most ${MOST_BYTES} bytes`);
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return refuse(response, 400, 'a decision is JSON');
    }
    const decision = decisionSchema.safeParse(value);
    if (!decision.success) {
      const issue = decision.error.issues[0];
      return refuse(response, 400, `${issue?.path.join('.')}: ${issue?.message}`);
    }
    appendDecision(this.options.decisions, decision.data);
    answer(response, 201, 'application/json', '{}');
  }
}

/** Starts to serve. OUTPUT or DECISIONS when the file of decisions cannot be used; EADDRINUSE when the port is taken. */
export async function startReview(options: ReviewOptions): Promise<Review> {
  readDecisions(options.decisions);
  const review = new ReviewServer(options);
  await new Promise<void>((resolve, reject) => {
    review.server.once('error', reject);
    review.server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: review.url,
    close: () =>
      new Promise((resolve) => {
        review.server.closeAllConnections();
        review.server.close(() => resolve());
      }),
  };
}
