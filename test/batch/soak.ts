// SPDX-License-Identifier: MIT
// Messages by the hundred thousand through the function's own handler, with S3 and SQS in this process that fail, lose
// answers, hang and break connections; with duplicates, another order, invocations whose time runs out and processes that
// end in the middle. Then nothing may be lost or doubled, and memory must not have grown.
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Message } from '@aws-sdk/client-sqs';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { contextOf, endingAfter, LOGS, type Running, startFunction } from './in_process.ts';
import { keyOf, Ledger } from './ledger.ts';
import { type Answer, type Call, fault, inProcess } from './stand_in.ts';

/** Shares of calls, messages and invocations that meet a fault. */
const RATES = {
  refused: 0.004,
  answerLost: 0.002,
  broken: 0.002,
  hangs: 0.004,
  doubled: 0.03,
  short: 0.004,
  dies: 0.02,
};
const BATCH = 10;
/** Of processes that end and of invocations cut short there are no more in a longer run: each costs a start. */
const STARTS = 150;
/** Messages that change places with one another. */
const WINDOW = 500;
const REFUSALS = [
  [500, 'InternalError'],
  [503, 'SlowDown'],
  [409, 'ConditionalRequestConflict'],
  [403, 'ExpiredToken'],
] as const;
const MEMORY_MIB = 8;
const SAMPLES = 16;

interface Length {
  messages: number;
  /** After so long nothing new comes, and what was begun is done to its end. */
  minutes: number;
}
const lengthOf = (objects: Objects): Length => ({
  messages: Number(process.env['SOAK_MESSAGES'] ?? (objects === 'log' ? 20_000 : 5_000)),
  minutes: Number(process.env['SOAK_MINUTES'] ?? 24 * 60),
});

type Objects = 'log' | 'batch';

interface Queued {
  n: number;
  id: string;
  receives: number;
}

/** The same numbers on each run. */
function generator(): () => number {
  let state = 22;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** MiB that are held; resident memory beyond it is what V8 keeps for what comes. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

class Soak {
  private readonly random = generator();
  private readonly chance = (share: number) => this.random() < share;
  private readonly starting = (share: number) => this.chance(Math.min(share, (STARTS * BATCH) / this.logs));
  private logs: number;
  private readonly endsAt: number;
  private readonly map: string;
  private readonly objects: Objects;
  readonly ledger: Ledger;
  private readonly window: Queued[] = [];
  private next = 0;
  private readonly begin = performance.now();
  private running!: Running;
  /** Whether calls of this invocation may never be answered. */
  private hanging = false;
  /** Whose requests still have an effect. */
  private life = 0;
  readonly counts = { deliveries: 0, doubled: 0, faults: 0, short: 0, died: 0, returned: 0 };

  constructor(map: string, { messages, minutes }: Length, objects: Objects) {
    this.objects = objects;
    this.map = map;
    this.logs = messages;
    this.endsAt = this.begin + minutes * 60_000;
    this.ledger = new Ledger(messages, `${DEMO_FOLDER}/drives`, objects === 'batch');
  }

  private async start(): Promise<void> {
    const life = ++this.life;
    const via = inProcess((call, signal) => this.serve(call, signal, life));
    const quiet = { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', TOMARE_RESERVE_MS: '1' };
    this.running = await startFunction(this.map, { ...quiet, TOMARE_RESULT_OBJECTS: this.objects }, via);
  }

  private async serve(call: Call, signal: AbortSignal | undefined, life: number): Promise<Answer> {
    const hang = () =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    if (life !== this.life) return hang();
    // the mark that a letter is sent: where it fails, the message comes again and so does its letter
    const mark = call.operation === 'PutObject' && call.target.includes('/failures/');
    const markFails = () => mark && this.excuse(call.body.toString());
    if (this.chance(RATES.refused)) {
      this.counts.faults++;
      markFails();
      const [status, name] = REFUSALS[Math.floor(this.random() * REFUSALS.length)] ?? [500, 'InternalError'];
      return fault(status, name);
    }
    if (this.hanging && this.chance(0.2)) {
      this.counts.faults++;
      markFails();
      return hang();
    }
    const given = this.ledger.answer(call);
    if (this.chance(RATES.answerLost)) {
      this.counts.faults++;
      markFails();
      if (call.operation === 'SendMessage') this.excuse(JSON.parse(call.body.toString()).MessageBody);
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    }
    if (call.operation === 'GetObject' && this.chance(RATES.broken)) {
      this.counts.faults++;
      return { ...given, body: given.body.subarray(0, given.body.length >> 1) };
    }
    return given;
  }

  private excuse(body: string): void {
    this.ledger.excused.add(Number(/soak\/(\d+)/.exec(body)?.[1]));
  }

  /** A batch out of the window, in any order; empty when everything is done. */
  private receive(): Queued[] {
    if (performance.now() > this.endsAt) this.logs = this.next;
    while (this.window.length < WINDOW && this.next < this.logs) {
      const n = this.next++;
      this.window.push({ n, id: `m${n}`, receives: 0 });
      if (this.chance(RATES.doubled)) this.window.push({ n, id: `m${n} again`, receives: 0 });
    }
    const batch: Queued[] = [];
    while (batch.length < BATCH && this.window.length > 0) {
      const at = Math.floor(this.random() * this.window.length);
      const message = this.window[at] as Queued;
      const last = this.window.pop() as Queued;
      if (last !== message) this.window[at] = last;
      batch.push({ ...message, receives: message.receives + 1 });
    }
    return batch;
  }

  private eventOf(batch: readonly Queued[]) {
    return toEvent(
      batch.map(
        ({ n, id, receives }): Message => ({
          MessageId: id,
          Body: JSON.stringify({ bucket: LOGS, key: keyOf(n) }),
          Attributes: { ApproximateReceiveCount: String(receives) } as never,
        }),
      ),
    );
  }

  /** The process ends while the batch runs: none of its requests has an effect from then on, and no answer is given. */
  private async die(batch: readonly Queued[]): Promise<void> {
    this.counts.died++;
    const { handler, parts } = this.running;
    const context = contextOf(5_000);
    const dying = handler(this.eventOf(batch), context).catch(() => {});
    await sleep(this.random() * 30);
    this.life++;
    for (const { n } of batch) this.ledger.excused.add(n);
    await parts.analyst.close();
    this.window.push(...batch);
    await this.start();
    void dying;
  }

  private async once(batch: readonly Queued[]): Promise<void> {
    this.counts.deliveries += batch.length;
    if (this.starting(RATES.dies)) return this.die(batch);
    const short = this.starting(RATES.short);
    this.hanging = this.starting(RATES.hangs);
    if (short || this.hanging) this.counts.short++;
    const context = this.hanging ? endingAfter(200) : contextOf(60_000, short ? 5 : undefined);
    const { batchItemFailures } = await this.running.handler(this.eventOf(batch), context);
    this.hanging = false;
    const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    this.counts.returned += back.size;
    for (const message of batch) {
      const again = !back.has(message.id) && this.chance(RATES.doubled);
      if (again) this.counts.doubled++;
      if (again || back.has(message.id)) this.window.push(message);
    }
  }

  /** MiB of the heap and beside it, sixteen times on the way, after what nobody holds any more is gone. */
  async run(): Promise<number[]> {
    await this.start();
    const memory: number[] = [];
    for (let batch = this.receive(); batch.length > 0; batch = this.receive()) {
      await this.once(batch);
      if (memory.length < SAMPLES && this.gone() >= (memory.length + 1) / SAMPLES) memory.push(this.sample());
    }
    await this.running.parts.analyst.close();
    return memory;
  }

  /** Share of the run, by messages or by time. */
  private gone(): number {
    const now = performance.now();
    return Math.max(this.next / this.logs, (now - this.begin) / (this.endsAt - this.begin));
  }

  private sample(): number {
    const mib = held();
    const rate = this.next / ((performance.now() - this.begin) / 1000);
    process.stderr.write(`${this.next} messages, ${rate.toFixed(0)} a second, ${mib.toFixed(1)} MiB held\n`);
    return mib;
  }

  sums() {
    return { messages: this.next, ...this.ledger.sums(this.next) };
  }
}

export async function soak(map: string, objects: Objects = 'log', length = lengthOf(objects)): Promise<string[]> {
  const test = new Soak(map, length, objects);
  const begin = performance.now();
  const memory = await test.run();
  const seconds = (performance.now() - begin) / 1000;
  const { messages, results, failures, letters, lost, doubled, excused } = test.sums();
  const { deliveries, doubled: twice, faults, short, died, returned } = test.counts;
  process.stdout.write(
    `${messages} messages in ${seconds.toFixed(0)} s, ${(messages / seconds).toFixed(0)} a second; ${deliveries} deliveries, ` +
      `${twice} of them of what was done, ${returned} returned; ${faults} faults of services, ${short} invocations cut short, ` +
      `${died} that died\n${results} results, ${failures} failure objects, ${letters} letters (${excused} twice, for an answer ` +
      `or a process was lost): lost ${lost}, doubled ${doubled}\n` +
      `memory held on the way, MiB: ${memory.map((mib) => mib.toFixed(0)).join(' ')}; resident at the end: ` +
      `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)}\n`,
  );
  const { packed, lines, alone } = test.ledger.objects;
  if (objects === 'batch')
    process.stdout.write(`${packed} objects of ${(lines / packed).toFixed(1)} results, ${alone} results alone\n`);
  const wrong: string[] = [];
  if (objects === 'batch' && (lines < 5 * packed || alone === 0))
    wrong.push('the batches are small, or none came again');
  if (lost > 0 || doubled > 0) wrong.push(`lost ${lost}, doubled ${doubled}`);
  if (faults === 0 || died === 0 || short === 0 || twice === 0) wrong.push('a kind of fault did not occur');
  const grown = (memory.at(-1) ?? 0) - (memory[SAMPLES / 2 - 1] ?? 0);
  if (grown > MEMORY_MIB) wrong.push(`memory grew by ${grown.toFixed(0)} MiB over the second half`);
  return wrong;
}
