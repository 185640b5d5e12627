// SPDX-License-Identifier: MIT
// Stands before a real server and answers in its place where a rule says so: the answers of S3 and SQS that their
// stand-ins never give.
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer in the server's place; `reset`: the connection breaks after so many bytes of the server's own answer; `hangs`: there is none. */
export type Fault = { status: number; name: string } | { reset: number } | { hangs: true };
/** `path`: with the bucket, or that of the queue. */
export type Rule = (method: string, path: string) => Fault | undefined;

export class FaultProxy {
  private readonly target: URL;
  private readonly server = createServer((request, response) => void this.serve(request, response));
  rule: Rule = () => undefined;

  private constructor(target: string) {
    this.target = new URL(target);
  }

  static async before(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await buffer(request);
    const fault = this.rule(method, new URL(url, this.url).pathname);
    if (fault && 'hangs' in fault) return;
    if (fault && 'status' in fault) {
      // SQS is asked by POST and answers in JSON
      const [type, text] =
        method === 'POST'
          ? ['application/x-amz-json-1.0', JSON.stringify({ __type: `com.amazonaws.sqs#${fault.name}`, message: 'no' })]
          : ['application/xml', `<?xml version="1.0"?><Error><Code>${fault.name}</Code><Message>no</Message></Error>`];
      response.writeHead(fault.status, { 'content-type': type }).end(method === 'HEAD' ? '' : text);
      return;
    }
    const { hostname, port } = this.target;
    const passed = forward({ hostname, port, method, path: url, headers }, async (answer) => {
      if (fault?.reset === 0) return void response.destroy();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!fault) return void answer.pipe(response);
      const whole = await buffer(answer);
      response.write(whole.subarray(0, fault.reset), () => response.destroy());
    });
    passed.on('error', () => response.destroy());
    passed.end(body);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
