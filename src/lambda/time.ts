// SPDX-License-Identifier: MIT
// The time of one invocation, and what of it each log may have, so that none holds up its neighbours.
import type { Context } from 'aws-lambda';
import { TomareError } from '../errors.ts';

/** Kept back for the answer itself. */
const ANSWER_MS = 1_000;

export interface TimeLimits {
  /** With less left than this no log is begun. */
  reserveMs: number;
  /** At most for the reading and judging of one log. */
  logMs: number;
}

export class BatchTime {
  private readonly context: Pick<Context, 'getRemainingTimeInMillis'>;
  private readonly limits: TimeLimits;
  private readonly last = new AbortController();
  private readonly over = new AbortController();
  private readonly timers: NodeJS.Timeout[];
  private waiting: number;
  /** Milliseconds that every log may have, were all of them slow. */
  readonly fair: number;

  /** `logs`: that the time is for. */
  constructor(context: Pick<Context, 'getRemainingTimeInMillis'>, limits: TimeLimits, logs: number) {
    this.context = context;
    this.limits = limits;
    this.waiting = logs;
    // a timer of our own, for AbortSignal.timeout would keep all that listens to it until its time has come
    const all = context.getRemainingTimeInMillis();
    const after = (ms: number, end: () => void) => setTimeout(end, Math.max(ms, 0));
    this.timers = [
      after(all - limits.reserveMs, () => this.last.abort()),
      after(all - ANSWER_MS, () => this.over.abort(new TomareError('TIME_LEFT'))),
    ];
    // of a log whose neighbours took exactly theirs, less what timers are late
    this.fair = 0.9 * this.share();
  }

  /** Ends every request and analysis before the function's time is over. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** From when on no log is begun: what was held back is stored now. */
  get closing(): AbortSignal {
    return this.last.signal;
  }

  /** @throws TomareError TIME_LEFT when a log should not be begun any more */
  check(): void {
    this.over.signal.throwIfAborted();
    if (this.context.getRemainingTimeInMillis() < this.limits.reserveMs) throw new TomareError('TIME_LEFT');
  }

  /** Logs more than were counted, or fewer. */
  expect(logs: number): void {
    this.waiting += logs;
  }

  /** Milliseconds for the log whose turn it is: an equal part of what is left, which is more than that when others were quick. */
  share(): number {
    const left = this.context.getRemainingTimeInMillis() - this.limits.reserveMs;
    return Math.max(0, Math.min(this.limits.logMs, left / Math.max(1, this.waiting)));
  }

  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }
}
