// SPDX-License-Identifier: MIT
// A list of objects, at the root or under its keys ({"points": [{"time": …}, …]}): each object is a row of NDJSON.
import { DATUM_FAULT, memberTellsOther } from '../datum.ts';
import type { FixSink, LogFormat, LogSource } from '../format.ts';
import { isObject, jsonItems } from './json.ts';
import ndjson, { hasPosition } from './ndjson.ts';

/** Levels of lists and objects around a row. */
const LEVELS = 8;
const isItem = (path: readonly string[]) => path.at(-1) === '*' && path.length <= LEVELS;

/** Lists about something else stand before and behind that of the positions, as the accelerations of a dash cam. */
async function* rowsOf(source: LogSource, sink: FixSink): AsyncGenerator<string> {
  if (memberTellsOther(source.head.text)) throw sink.bad(1, DATUM_FAULT, 'LOG_FORMAT');
  let room: string | undefined;
  let other = '';
  for await (const items of jsonItems(source, sink, isItem)) {
    let text = '';
    for (const { value, path } of items) {
      if (path.length === 0 || !isObject(value)) continue;
      const here = path.join('.');
      if (room === undefined && hasPosition(value, source.columns)) room = here;
      if (room === here) text += `${JSON.stringify(value)}\n`;
      else if (other === '') other = `${JSON.stringify(value)}\n`;
    }
    if (text !== '') yield text;
  }
  if (room !== undefined) return;
  if (other === '') throw sink.bad(1, 'this JSON has no list of objects with times and positions', 'LOG_NO_TRACK');
  yield other; // its keys are what the message names
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

const jsonlist: LogFormat = {
  name: 'json',
  title: 'JSON with a list of objects',
  recognises: ({ text }) => LIST.test(text) || (LIST_UNDER_KEY.test(text) && !isNdjson(text)),
  read: (source, sink) => ndjson.read({ ...source, pieces: () => rowsOf(source, sink) }, sink),
};
export default jsonlist;
