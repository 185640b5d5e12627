// SPDX-License-Identifier: MIT
// One condition of the map's grammar ("Mo-Fr 07:30-08:30 AND weight>5"), parsed and evaluated by the code that compiles
// maps and judges drives, in a module of its own (oracle.cpp).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ConditionPlace {
  lat: number;
  lon: number;
  /** Minutes that local time is ahead of UTC. */
  offset_minutes: number;
  /** Days since 1970-01-01, ascending, and the days that the list covers. */
  holidays: readonly number[];
  holidays_from: number;
  holidays_to: number;
}

export type Answer = 'no' | 'yes' | 'unknown';
const ANSWERS: readonly Answer[] = ['no', 'yes', 'unknown'];
const NOT_UNDERSTOOD = 255;
const HEAD = 32;
const ROOM = 1 << 20;

interface Oracle {
  memory: WebAssembly.Memory;
  _initialize(): void;
  oracle_alloc(size: number): number;
  oracle_answer(query: number, size: number, answers: number): number;
}

/** The query as oracle.cpp reads it. */
function queryOf(text: string, times: readonly number[], place: ConditionPlace): Uint8Array {
  const utf8 = new TextEncoder().encode(text);
  const holidaysAt = HEAD + 8 * times.length;
  const block = new Uint8Array(holidaysAt + place.holidays.length * 4 + utf8.byteLength);
  const view = new DataView(block.buffer);
  const head = [
    Math.round(place.lat * 1e7),
    Math.round(place.lon * 1e7),
    place.offset_minutes,
    place.holidays_from,
    place.holidays_to,
    place.holidays.length,
    times.length,
    utf8.byteLength,
  ];
  for (const [i, value] of head.entries()) view.setInt32(4 * i, value, true);
  for (const [i, time] of times.entries()) view.setBigInt64(HEAD + 8 * i, BigInt(time), true);
  for (const [i, day] of place.holidays.entries()) view.setInt32(holidaysAt + 4 * i, day, true);
  block.set(utf8, holidaysAt + 4 * place.holidays.length);
  return block;
}

export class ConditionEvaluator {
  private readonly oracle: Oracle;
  private readonly room: number;

  constructor() {
    const module = new WebAssembly.Module(readFileSync(join(import.meta.dirname, 'oracle.wasm')));
    this.oracle = new WebAssembly.Instance(module, {}).exports as unknown as Oracle;
    this.oracle._initialize();
    this.room = this.oracle.oracle_alloc(ROOM);
  }

  /** One answer per time (Unix ms); undefined where the grammar does not cover the text. */
  evaluate(text: string, times: readonly number[], place: ConditionPlace): Answer[] | undefined {
    const query = queryOf(text, times, place);
    if (query.byteLength + times.length > ROOM) throw new Error(`the query has more than ${ROOM} bytes`);
    new Uint8Array(this.oracle.memory.buffer).set(query, this.room);
    const at = this.room + query.byteLength;
    if (!this.oracle.oracle_answer(this.room, query.byteLength, at)) throw new Error('oracle.cpp refuses the query');
    const bytes = new Uint8Array(this.oracle.memory.buffer).slice(at, at + times.length);
    if (bytes[0] === NOT_UNDERSTOOD) return undefined;
    return Array.from(bytes, (b) => ANSWERS[b] ?? 'unknown');
  }
}
