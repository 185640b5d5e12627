// SPDX-License-Identifier: MIT
// Polls until the queue is empty, and counts what happened on the way.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../../tools/local/emulator.ts';
import { type Batch, pollOnce } from '../../tools/local/poller.ts';
import type { Stack } from '../../tools/local/stack.ts';

export interface Drained {
  batches: number;
  deliveries: number;
  returned: number;
  errors: string[];
}

export async function drain(
  stack: Stack,
  seconds: number,
  after: (batch: Batch, batches: number) => Promise<void> | void = () => {},
  from: { queue: string; emulator?: Emulator } = stack,
): Promise<Drained> {
  const drained: Drained = { batches: 0, deliveries: 0, returned: 0, errors: [] };
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const batch = await pollOnce(stack.sqs, from.queue, from.emulator ?? stack.emulator, 0);
    if (batch.messages === 0) {
      if ((await stack.waiting(from.queue)) === 0) return drained;
      await sleep(200);
      continue;
    }
    drained.batches++;
    drained.deliveries += batch.messages;
    drained.returned += batch.returned;
    if (batch.error !== undefined) drained.errors.push(batch.error);
    await after(batch, drained.batches);
  }
  throw new Error(`the queue is not empty after ${seconds} s: ${JSON.stringify(drained)}`);
}
