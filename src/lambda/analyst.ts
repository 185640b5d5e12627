// SPDX-License-Identifier: MIT
// Has logs read and judged in a thread, one after another. What takes longer than it may, or brings the thread down, costs
// its own log and no other: the thread is ended and a new one takes its place.
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { TomareError } from '../errors.ts';
import type { AnalyzeOptions, Identity } from '../session.ts';
import type { OpenLog } from './fetch.ts';
import { type Analyzed, isLarge, type LogTask, type Reply, type Request } from './tasks.ts';

/** How long a log may take. */
export interface Bounds {
  /** Milliseconds, asked for when the log's turn comes. Time in which S3 is waited for is not counted. */
  share(): number;
  /** What every log of the batch may have: one that has less is not slow. */
  readonly fair: number;
  /** Ends it with the invocation. */
  signal: AbortSignal;
}

/** Identities that are kept, by their options; most messages have none. */
const KEPT = 100;

/** One life of the thread. It answers what it is asked in the order in which it is asked. */
class Thread {
  private readonly worker: Worker;
  private readonly waiting: { resolve: (reply: Reply) => void; reject: (error: unknown) => void }[] = [];
  private dead: TomareError | undefined;
  /** Its first word: the map is open. */
  readonly ready: Promise<unknown>;

  constructor(program: URL, heapBytes: number) {
    // a heap that is full then ends the thread, not the process
    const maxOldGenerationSizeMb = heapBytes / 2 ** 20;
    this.worker = new Worker(program, {
      resourceLimits: Number.isFinite(heapBytes) ? { maxOldGenerationSizeMb } : {},
    });
    this.worker.on('message', (reply: Reply) => this.waiting.shift()?.resolve(reply));
    const over = (error: TomareError) => {
      this.dead ??= error;
      for (const { reject } of this.waiting.splice(0)) reject(this.dead);
    };
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      over(memory ? new TomareError('OUT_OF_MEMORY') : new TomareError('TRAP', error.name));
    });
    this.worker.on('exit', () => over(new TomareError('TRAP', 'the thread ended')));
    this.ready = this.next(false).then(checked);
    this.ready.catch(() => {}); // whoever waits for it is told
  }

  get isDead(): boolean {
    return this.dead !== undefined;
  }

  /** `first`: it answers what was asked last, before what was asked ahead. */
  private next(first: boolean): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.dead) reject(this.dead);
      else if (first) this.waiting.unshift({ resolve, reject });
      else this.waiting.push({ resolve, reject });
    });
  }

  /** The answer to a request. */
  ask(request: Request, transfer: ArrayBuffer[] = []): Promise<Reply> {
    const reply = this.next(request.kind === 'chunk');
    this.worker.postMessage(request, transfer);
    return reply;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

function checked(reply: Reply): Exclude<Reply, { kind: 'failed' }> {
  if (reply.kind === 'failed') throw new TomareError(reply.name, reply.detail);
  return reply;
}

/** A copy, for a chunk may lie in memory that others use too. */
function chunkOf(bytes: Uint8Array): [Request, ArrayBuffer[]] {
  const own = new Uint8Array(bytes);
  return [{ kind: 'chunk', bytes: own }, [own.buffer]];
}

/** Milliseconds between two looks at the memory; a log makes it grow by some megabytes in that time. */
const LOOK_MS = 25;
/** Bytes that a log may take in any case: what one before it took is not given back at once, but is used again. */
const GROWTH = 128 << 20;

interface Edges {
  ms: number;
  residentBytes: number;
  signal: AbortSignal;
}

/** What `work` gives, or what it has too little of. @throws the signal's reason */
async function within<T>(work: Promise<T>, { ms, residentBytes, signal }: Edges): Promise<T | 'time' | 'memory'> {
  let done = () => {};
  const end = new Promise<'time' | 'memory'>((resolve, reject) => {
    const timer = setTimeout(resolve, ms, 'time');
    const look = setInterval(() => process.memoryUsage.rss() > residentBytes && resolve('memory'), LOOK_MS);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    done = () => {
      clearTimeout(timer);
      clearInterval(look);
      signal.removeEventListener('abort', abort);
    };
  });
  return Promise.race([work, end]).finally(() => done());
}

/** What waits for the thread: a log, or something else that is asked when its turn comes. */
interface Turn {
  readonly request?: Extract<Request, { kind: 'log' }>;
  /** Where the log was handed over while the one before it was judged. */
  ahead?: { thread: Thread; reply: Promise<Reply> };
}

export class Analyst {
  private readonly program: URL;
  private readonly residentBytes: number;
  private readonly heapBytes: number;
  private readonly oneAtATime = pLimit(1);
  private readonly line: Turn[] = [];
  /** The thread that is at a log. */
  private atWork: Thread | undefined;
  private readonly identities = new Map<string, Identity>();
  private thread: Thread;
  private closed = false;

  /** `program`: the thread's file; `residentBytes`: of the whole process, above which the log at hand is ended; `heapBytes`: of its JavaScript. */
  constructor(program: URL, residentBytes = Number.POSITIVE_INFINITY, heapBytes = residentBytes) {
    this.program = program;
    this.residentBytes = residentBytes;
    this.heapBytes = heapBytes;
    this.thread = new Thread(program, heapBytes);
  }

  /** @throws TomareError MAP_*, SETTINGS, PROFILE, USAGE: what is wrong with map, settings or environment */
  async ready(): Promise<this> {
    await this.thread.ready;
    return this;
  }

  /** @throws TomareError SETTINGS, PROFILE */
  async identity(options: AnalyzeOptions): Promise<Identity> {
    const name = JSON.stringify(options);
    const known = this.identities.get(name);
    if (known) return known;
    const ask = async () => checked(await (await this.live()).ask({ kind: 'identity', options }));
    const reply = await this.inTurn({}, ask);
    const { identity } = reply as Extract<Reply, { kind: 'identity' }>;
    if (this.identities.size >= KEPT) this.identities.clear();
    this.identities.set(name, identity);
    return identity;
  }

  /**
   * Hands what was made of the log to `store`, while which the next log is judged.
   * @throws TomareError LOG_SLOW where it had its whole share, TIME_LEFT where others left it less; what is wrong with the log; a connection that breaks wins over what was made of the torso
   */
  async analyze<T>(task: LogTask, log: OpenLog, bounds: Bounds, store: (analyzed: Analyzed) => Promise<T>): Promise<T> {
    const turn: Turn = { request: { kind: 'log', task, bytes: log.whole } };
    const { stored } = await this.inTurn(turn, async () => {
      const analyzed = await this.converse(turn, task, log, bounds);
      const stored = store(analyzed);
      if (isLarge(analyzed)) await stored.catch(() => {}); // whoever waits for it is told
      return { stored };
    });
    return stored;
  }

  /** Ends the thread for good: no other takes its place. */
  close(): Promise<void> {
    this.closed = true;
    return this.thread.end();
  }

  private inTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    this.line.push(turn);
    this.handOver();
    return this.oneAtATime(() => {
      this.line.shift();
      return work();
    });
  }

  /** Hands the next log over while one is judged, so that the thread goes on at once; it is bound when its turn comes. */
  private handOver(): void {
    const [next] = this.line;
    const thread = this.atWork;
    if (!thread || !next?.request?.bytes || next.ahead) return;
    const reply = thread.ask(next.request);
    reply.catch(() => {}); // a thread that dies before its turn is not its own doing: it is asked again
    next.ahead = { thread, reply };
  }

  private async live(): Promise<Thread> {
    if (this.closed) throw new Error('the analyst is closed');
    if (this.thread.isDead) this.thread = new Thread(this.program, this.heapBytes);
    await this.thread.ready;
    return this.thread;
  }

  private async converse(turn: Turn, task: LogTask, log: OpenLog, bounds: Bounds): Promise<Analyzed> {
    const { signal } = bounds;
    const thread = await this.live();
    const ahead = turn.ahead?.thread === thread ? turn.ahead : undefined;
    if (signal.aborted) {
      if (ahead) await thread.end();
      throw signal.reason;
    }
    const share = bounds.share();
    let left = share;
    const residentBytes = Math.max(this.residentBytes, process.memoryUsage.rss() + GROWTH);
    const bounded = async (asked: Promise<Reply>): Promise<Reply> => {
      const begin = performance.now();
      const reply = await within(asked, { ms: left, residentBytes, signal });
      left -= performance.now() - begin;
      if (reply === 'memory') throw new TomareError('OUT_OF_MEMORY', task.name);
      if (reply === 'time') throw new TomareError(share < bounds.fair ? 'TIME_LEFT' : 'LOG_SLOW', task.name);
      return reply;
    };
    const body = log.chunks();
    let broken: unknown;
    const next = async (): Promise<[Request, ArrayBuffer[]]> => {
      try {
        const { done, value } = await body.next();
        return done ? [{ kind: 'chunk', bytes: null }, []] : chunkOf(value);
      } catch (error) {
        broken = error;
        return [{ kind: 'chunk', bytes: 'broken' }, []];
      }
    };
    try {
      const asked = ahead?.reply ?? thread.ask({ kind: 'log', task, bytes: log.whole });
      this.atWork = thread;
      this.handOver();
      let reply = await bounded(asked);
      while (reply.kind === 'more') reply = await bounded(thread.ask(...(await next())));
      if (broken !== undefined) throw broken;
      return (checked(reply) as Extract<Reply, { kind: 'analyzed' }>).analyzed;
    } catch (error) {
      const ended = ['LOG_SLOW', 'TIME_LEFT', 'OUT_OF_MEMORY'].includes((error as TomareError).errorName);
      if (signal.aborted || ended) await thread.end();
      throw error;
    } finally {
      this.atWork = undefined;
    }
  }
}
