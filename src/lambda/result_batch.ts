// SPDX-License-Identifier: MIT
// The results of one invocation, held back and stored as one object where the stack wants that. Every log waits for the put
// that has its result, so that its message is done only when that is; what fails to be put, all of its messages do again.
import { PACKED_TYPE, pack } from '../days/lines.ts';
import { type ResultName, resultFolder } from './keys.ts';
import type { Parts } from './parts.ts';
import { type Stored, store } from './store.ts';
import type { BatchTime } from './time.ts';

interface Held {
  folder: string;
  line: string;
  resolve: (stored: Stored) => void;
  reject: (error: unknown) => void;
}

/** One log's place in the invocation. */
export interface Seat {
  time: BatchTime;
  /** Has the result stored together with those of the others; none where it is stored alone. */
  hold?: (name: Omit<ResultName, 'id'>, bytes: Uint8Array) => Promise<Stored>;
  /** It needs no more time and will hold nothing more. */
  leave(): void;
}

export class ResultBatch {
  readonly time: BatchTime;
  private readonly parts: Parts;
  /** Logs whose results may still come. */
  private working = 0;
  private held: Held[] = [];

  constructor(parts: Parts, time: BatchTime) {
    this.parts = parts;
    this.time = time;
    time.closing.addEventListener('abort', () => this.putHeld(), { once: true });
  }

  /** `receives`: a message that comes again is stored alone, so that whatever ended its batch costs it nothing once more. */
  seat(receives: number): Seat {
    const { time } = this;
    let taken = true;
    this.working++;
    const leave = () => {
      if (!taken) return;
      taken = false;
      time.expect(-1);
      if (--this.working === 0) this.putHeld();
    };
    if (this.parts.config.resultObjects === 'log' || receives > 1) return { time, leave };
    const hold: Seat['hold'] = (name, bytes) =>
      new Promise((resolve, reject) => {
        const folder = resultFolder(this.parts.config.outputPrefix, name);
        this.held.push({ folder, line: Buffer.from(bytes).toString(), resolve, reject });
        leave();
        if (time.closing.aborted) this.putHeld();
      });
    return { time, leave, hold };
  }

  /** An object for each day and generation, which are folders. */
  private putHeld(): void {
    for (const [folder, some] of Map.groupBy(this.held.splice(0), (one) => one.folder)) {
      this.put(folder, some).then(
        (stored) => some.map(({ resolve }) => resolve(stored)),
        (error) => some.map(({ reject }) => reject(error)),
      );
    }
  }

  private async put(folder: string, some: readonly Held[]): Promise<Stored> {
    const { config, s3 } = this.parts;
    const packed = await pack(
      folder,
      some.map(({ line }) => line),
    );
    const object = {
      ...packed,
      bucket: config.outputBucket,
      format: 'ndjson',
      type: PACKED_TYPE,
      metadata: {},
    } as const;
    return store(s3, object, this.time.signal);
  }
}
