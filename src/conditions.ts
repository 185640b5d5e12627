// SPDX-License-Identifier: MIT
// One condition of the map's grammar ("Mo-Fr 07:30-08:30 AND weight>5"), parsed and evaluated by the
// code that compiles maps and judges drives: for tests and for `tomare` users who write an overlay.
import { CompilerModule } from './abi/compiler_module.ts';
import { CONSTANTS, STRUCTS, TRUTHS } from './abi/layout.ts';

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

function queryBlock(text: string, times: readonly number[], place: ConditionPlace): Uint8Array {
  const s = STRUCTS.tomap_query;
  const utf8 = new TextEncoder().encode(text);
  const holidaysAt = s.size + 8 * times.length;
  const textAt = holidaysAt + 4 * place.holidays.length;
  const block = new Uint8Array(textAt + utf8.byteLength);
  const view = new DataView(block.buffer);
  view.setInt32(s.lat_e7, Math.round(place.lat * 1e7), true);
  view.setInt32(s.lon_e7, Math.round(place.lon * 1e7), true);
  view.setInt32(s.offset_minutes, place.offset_minutes, true);
  view.setInt32(s.holidays_from, place.holidays_from, true);
  view.setInt32(s.holidays_to, place.holidays_to, true);
  view.setUint32(s.holiday_count, place.holidays.length, true);
  view.setUint32(s.time_count, times.length, true);
  view.setUint32(s.text_bytes, utf8.byteLength, true);
  for (const [i, time] of times.entries()) view.setBigInt64(s.size + 8 * i, BigInt(time), true);
  for (const [i, day] of place.holidays.entries()) view.setInt32(holidaysAt + 4 * i, day, true);
  block.set(utf8, textAt);
  return block;
}

export class ConditionEvaluator {
  private readonly module = new CompilerModule();

  /** One answer per time (Unix ms); undefined where the grammar does not cover the text. */
  evaluate(text: string, times: readonly number[], place: ConditionPlace): Answer[] | undefined {
    const bytes = this.module.condition(queryBlock(text, times, place), times.length);
    if (bytes[0] === CONSTANTS.TOMAP_NOT_UNDERSTOOD) return undefined;
    return Array.from(bytes, (b) => TRUTHS[b] ?? 'unknown');
  }
}
