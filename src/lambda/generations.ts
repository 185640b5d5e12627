// SPDX-License-Identifier: MIT
// The list of generations, which the view of current results ranks drives by: one small object each, made by the first
// process that meets it and never overwritten.
import type { Identity } from '../session.ts';
import { generationKey, generationOf } from './keys.ts';
import type { Parts } from './parts.ts';
import { store } from './store.ts';

/** Kept by a process, so that its later drives cost no request. */
const MOST = 1_000;
const entered = new Map<string, Promise<unknown>>();

/**
 * Says which generation the results of `identity` are, and sees to it that the list has it.
 * @throws ServiceFault where S3 does not take it
 */
export async function enterGeneration(parts: Parts, identity: Identity, signal: AbortSignal): Promise<string> {
  const generation = generationOf(identity);
  if (entered.size >= MOST) entered.clear();
  let entering = entered.get(generation);
  if (entering === undefined) {
    entering = enter(parts, generation, identity, signal);
    entered.set(generation, entering);
    entering.catch(() => entered.delete(generation));
  }
  await entering;
  return generation;
}

function enter(parts: Parts, generation: string, identity: Identity, signal: AbortSignal): Promise<unknown> {
  const { engine, map, profile, settings, options } = identity;
  const row = { generation, since: new Date().toISOString(), engine, map, profile, settings, options };
  const object = {
    bucket: parts.config.outputBucket,
    key: generationKey(parts.config.outputPrefix, generation),
    bytes: Buffer.from(`${JSON.stringify(row)}\n`),
    format: 'ndjson' as const,
    metadata: {},
  };
  return store(parts.s3, object, signal);
}
