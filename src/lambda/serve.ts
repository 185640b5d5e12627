// SPDX-License-Identifier: MIT
// The analyst's side of its thread: reads a log, judges it and writes the result out, one request after another.
import type { MessagePort } from 'node:worker_threads';
import { readStream } from '../logs/read.ts';
import type { Session } from '../session.ts';
import { formOf } from './forms.ts';
import { type Analyzed, failedReply, type LogTask, type Reply, type Request } from './tasks.ts';

type Chunk = Extract<Request, { kind: 'chunk' }>['bytes'];

/** Answers the requests that come through the port. */
export function serve(session: Session, port: MessagePort): void {
  let take: ((chunk: Chunk) => void) | undefined;
  const reply = (message: Reply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  async function* chunks(whole: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
    if (whole !== undefined) return void (yield whole);
    for (;;) {
      const chunk = await new Promise<Chunk>((resolve) => {
        take = resolve;
        reply({ kind: 'more' });
      });
      if (chunk === 'broken') throw new Error('the connection ended early');
      if (chunk === null) return;
      yield chunk;
    }
  }

  async function analyze(task: LogTask, whole: Uint8Array | undefined): Promise<Analyzed> {
    const plan = session.plan(task.options);
    const log = await readStream(task.name, chunks(whole), { ...plan.reading, limits: task.limits });
    const result = plan.analyze(log, task.source);
    const judged = { session, options: task.options, log, result };
    const texts: Analyzed['texts'] = [];
    for (const format of task.formats) texts.push({ format, bytes: await formOf(format, judged) });
    return { start: result.drive.start, fixes: result.drive.fixes, findings: result.findings.length, texts };
  }

  async function answer(request: Exclude<Request, { kind: 'chunk' }>): Promise<void> {
    try {
      if (request.kind === 'identity') {
        reply({ kind: 'identity', identity: session.plan(request.options).identity() });
        return;
      }
      const analyzed = await analyze(request.task, request.bytes);
      const buffers = analyzed.texts.map(({ bytes }) => bytes.buffer as ArrayBuffer);
      reply({ kind: 'analyzed', analyzed }, buffers);
    } catch (error) {
      reply(failedReply(error));
    }
  }

  port.on('message', (request: Request) => {
    if (request.kind === 'chunk') take?.(request.bytes);
    else void answer(request);
  });
  reply({ kind: 'ready' });
}
