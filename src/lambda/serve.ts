// SPDX-License-Identifier: MIT
// The analyst's side of its thread: reads a log, judges it and writes the result out, one request after another.
import type { MessagePort } from 'node:worker_threads';
import { readStream } from '../logs/read.ts';
import type { Result } from '../report/result.ts';
import type { Session } from '../session.ts';
import { formOf } from './forms.ts';
import { owned } from './origin.ts';
import { type Analyzed, failedReply, type LogTask, type Reply, type Request } from './tasks.ts';

type Chunk = Extract<Request, { kind: 'chunk' }>['bytes'];

function countsOf(findings: Result['findings']): Analyzed['findings'] {
  const counts = new Map<string, Analyzed['findings'][number]>();
  for (const { rule, verdict } of findings) {
    const name = `${rule} ${verdict}`;
    counts.set(name, { rule, verdict, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

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
    const plan = session.plan({ ...task.options, id: task.name });
    const log = await readStream(task.name, chunks(whole), { ...plan.reading, limits: task.limits });
    const result = owned(plan.analyze(log, task.source), task.owner);
    const judged = { session, options: task.options, log, result };
    const texts: Analyzed['texts'] = [];
    for (const format of task.formats) texts.push({ format, bytes: await formOf(format, judged) });
    const { start, fixes, driver_id, vehicle_id } = result.drive;
    return { start, fixes, driver_id, vehicle_id, findings: countsOf(result.findings), texts };
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

  let last = Promise.resolve();
  port.on('message', (request: Request) => {
    if (request.kind === 'chunk') take?.(request.bytes);
    else last = last.then(() => answer(request)); // a log is handed over while another is judged
  });
  reply({ kind: 'ready' });
}
