// SPDX-License-Identifier: MIT
// A list of objects, at the root or under its keys ({"points": [{"time": …}, …]}), or objects one after another over
// several lines: each object is a row of NDJSON.
import { DATUM_FAULT, memberTellsOther } from '../datum.ts';
import type { FixSink, LogFormat, LogSource } from '../format.ts';
import { meaningOf } from '../table/names.ts';
import { isObject, type JsonObject, jsonItems } from './json.ts';
import ndjson, { hasPosition } from './ndjson.ts';

/** Levels of lists and objects around a row. */
const LEVELS = 8;
const isItem = (path: readonly string[]) => path.at(-1) === '*' && path.length <= LEVELS;

/** Keys of lists whose elements are vehicles. */
const VEHICLES = /^(?:vehicle|device|asset|unit|car|truck|bus|taxi|tracker)s?$/i;

/** What an object around rows says of their vehicle, as an answer for a fleet has a list of fixes for each. */
function vehicleOf(object: JsonObject, path: readonly string[], isSamsara: boolean): string | undefined {
  const own = Object.keys(object).find((key) => meaningOf(key)?.role === 'vehicle');
  const listed = VEHICLES.test(path.at(-2) ?? '') || isSamsara;
  const value = own === undefined ? (listed ? (object['id'] ?? object['name']) : undefined) : object[own];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const SECOND = 'the lists of fixes are those of two vehicles; write one file for each';

/** The list that holds the fixes, among others: in a log of a dash cam one of accelerations may stand before it. */
class Rooms {
  /** Place of the list. */
  private room: string | undefined;
  /** First object that is no row: its keys are what a message names. */
  other: string | undefined;
  private vehicle: string | undefined;
  private isSamsara = false;
  /** Rows since the last object around rows. */
  private rows = 0;
  private readonly passed = new Set<string>();
  private readonly source: LogSource;
  private readonly sink: FixSink;

  constructor(source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
  }

  get isFound(): boolean {
    return this.room !== undefined;
  }

  /** The line of NDJSON of a row; nothing of another object. */
  line(object: JsonObject, path: readonly string[], ordinal: number): string {
    const here = path.join('.');
    if (this.room === undefined && hasPosition(object, this.source.columns)) this.room = here;
    if (this.room === here) {
      this.rows++;
      this.isSamsara ||= 'speedMilesPerHour' in object && 'headingDegrees' in object;
      return `${JSON.stringify(object)}\n`;
    }
    this.other ??= `${JSON.stringify(object)}\n`;
    if (here === '') return '';
    if (this.room?.startsWith(`${here}.`)) this.around(object, path, ordinal);
    else this.pass(object, here);
    return '';
  }

  private around(object: JsonObject, path: readonly string[], ordinal: number): void {
    if (this.rows === 0) return;
    this.rows = 0;
    const found = vehicleOf(object, path, this.isSamsara);
    if (this.vehicle !== undefined && found !== undefined && found !== this.vehicle)
      throw this.sink.bad(ordinal, SECOND, 'LOG_VEHICLES');
    this.vehicle ??= found;
  }

  private pass(object: JsonObject, here: string): void {
    if (this.room === undefined || this.passed.has(here)) return;
    this.passed.add(here);
    if (hasPosition(object, this.source.columns))
      this.sink.warn('this JSON has more lists of positions with times; the first one is read');
  }
}

async function* rowsOf(source: LogSource, sink: FixSink): AsyncGenerator<string> {
  if (memberTellsOther(source.head.text)) throw sink.bad(1, DATUM_FAULT, 'LOG_FORMAT');
  const rooms = new Rooms(source, sink);
  for await (const items of jsonItems(source, sink, isItem)) {
    let text = '';
    for (const { value, path, ordinal } of items) if (isObject(value)) text += rooms.line(value, path, ordinal);
    if (text !== '') yield text;
  }
  if (rooms.isFound) return;
  if (rooms.other === undefined)
    throw sink.bad(1, 'this JSON has no list of objects with times and positions', 'LOG_NO_TRACK');
  yield rooms.other;
}

/** One whole object, and another in the next line: rows of NDJSON, whatever lists they hold. */
function isNdjson(text: string): boolean {
  const end = text.indexOf('\n', text.search(/\S/));
  if (end < 0 || !/^\s*\{/.test(text.slice(end))) return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

const LIST = /^\s*\[\s*(?:\[\s*)?\{/;
const LIST_UNDER_KEY = /^\s*\{.*\[\s*\{/s;
/** Objects over several lines, or several in one. */
const ONE_BY_ONE = /^\s*\{[ \t]*\r?\n|^\s*\{[^\n]*\}[ \t]*\{/;

const jsonlist: LogFormat = {
  name: 'json',
  title: 'JSON with a list of objects',
  recognises: ({ text }) =>
    LIST.test(text) || ((LIST_UNDER_KEY.test(text) || ONE_BY_ONE.test(text)) && !isNdjson(text)),
  read: (source, sink) => ndjson.read({ ...source, pieces: () => rowsOf(source, sink) }, sink),
};
export default jsonlist;
