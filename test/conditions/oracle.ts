// SPDX-License-Identifier: MIT
// Calls oracle.cpp in the module that wasm/build.sh makes of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Oracle {
  memory: WebAssembly.Memory;
  _initialize(): void;
  oracle_alloc(size: number): number;
  oracle_answer(query: number, size: number, answers: number): number;
}

const ROOM = 1 << 20;
const module = new WebAssembly.Module(readFileSync(join(import.meta.dirname, 'oracle.wasm')));
const oracle = new WebAssembly.Instance(module, {}).exports as unknown as Oracle;
oracle._initialize();
const room = oracle.oracle_alloc(ROOM);

/** The answers to a query as oracle.cpp describes it, one byte per time. */
export function answersTo(query: Uint8Array, times: number): Uint8Array {
  if (query.byteLength + times > ROOM) throw new Error(`the query has more than ${ROOM} bytes`);
  new Uint8Array(oracle.memory.buffer).set(query, room);
  const at = room + query.byteLength;
  if (!oracle.oracle_answer(room, query.byteLength, at)) throw new Error('oracle.cpp refuses the query');
  return new Uint8Array(oracle.memory.buffer).slice(at, at + times);
}
