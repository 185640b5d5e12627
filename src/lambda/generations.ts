// SPDX-License-Identifier: MIT
// The list of generations, which the view of current results ranks drives by: one small object each, made by the first
// process that meets it and never overwritten.
import type { Identity } from '../session.ts';
import { generationKey, generationOf } from './keys.ts';
import type { Parts } from './parts.ts';
import { store } from './store.ts';

/** Kept by a process, so that its later drives cost no request. */
const MOST = 1_000;
const known = new Set<string>();

/** Says which generation the results of `identity` are, and sees to it that the list has it. */
export async function enterGeneration(parts: Parts, identity: Identity, signal: AbortSignal): Promise<string> {
  const generation = generationOf(identity);
  if (known.has(generation)) return generation;
  const { engine, map, profile, settings, options } = identity;
  const row = { generation, since: new Date().toISOString(), engine, map, profile, settings, options };
  const key = generationKey(parts.config.outputPrefix, generation);
  const object = { bucket: parts.config.outputBucket, key, text: `${JSON.stringify(row)}\n` };
  await store(parts.s3, { ...object, format: 'ndjson' }, signal);
  if (known.size >= MOST) known.clear();
  known.add(generation);
  return generation;
}
