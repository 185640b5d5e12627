// SPDX-License-Identifier: MIT
// One condition of the map's grammar ("Mo-Fr 07:30-08:30 AND weight>5"), parsed and evaluated by the code that compiles
// maps and judges drives (oracle.cpp).
import { TRUTHS } from '../../src/layout.ts';
import { answersTo } from './oracle.ts';

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

export type Answer = (typeof TRUTHS)[number];
const NOT_UNDERSTOOD = 255;
const HEAD = 32;

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

/** One answer per time (Unix ms); undefined where the grammar does not cover the text. */
export function evaluate(text: string, times: readonly number[], place: ConditionPlace): Answer[] | undefined {
  const bytes = answersTo(queryOf(text, times, place), times.length);
  if (bytes[0] === NOT_UNDERSTOOD) return undefined;
  return Array.from(bytes, (b) => TRUTHS[b] ?? 'unknown');
}
