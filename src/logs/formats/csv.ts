// SPDX-License-Identifier: MIT
// Tables of text: any of four separators, a header within the first lines, dialects as programs write them.

import { TomareError } from '../../errors.ts';
import { inZone } from '../clock/names.ts';
import { DATUM_FAULT, tellsOther } from '../datum.ts';
import type { ColumnChoice, FixSink, LogFormat, LogHead, LogSource } from '../format.ts';
import { type Excess, Fields, fieldText, type Row } from '../table/fields.ts';
import { type Header, headerOf, NEEDED } from '../table/header.ts';
import { PortoReader } from '../table/porto.ts';
import { TableReader } from '../table/reader.ts';

const SEPARATORS = [',', ';', '\t', '|'];
/** Lines among which the header is looked for. */
const PREAMBLE = 60;

interface Found {
  separator: string;
  header: Header;
  line: number;
  /** The texts before the header. */
  before: string[];
}

const exceedOf =
  (source: { name: string; limits: LogSource['limits'] }) =>
  (what: Excess, line: number): Error => {
    const { columns, lineBytes } = source.limits;
    const most = what === 'LOG_WIDTH' ? `more than ${columns} columns` : `longer than ${lineBytes} characters`;
    return new TomareError(what, `${source.name}:${line}: ${most}`);
  };

/** The first rows of the head by one separator. */
function firstRows(text: string, separator: string, source: LogSource): { cells: string[]; line: number }[] {
  const rows: { cells: string[]; line: number }[] = [];
  const done = new Error();
  const take = (row: Row) => {
    rows.push({ cells: Array.from({ length: row.count }, (_, i) => fieldText(row, i)), line: row.line });
    if (rows.length >= PREAMBLE) throw done;
  };
  const fields = new Fields(separator, 1, source.limits, take, exceedOf(source));
  try {
    fields.push(text);
    if (source.head.whole) fields.end();
  } catch (error) {
    if (error !== done) throw error;
  }
  return rows;
}

const isNumber = (cell: string) => /^[-+]?\d[\d.,:tez+-]*$/i.test(cell);

function locate(source: LogSource): Found {
  const { text } = source.head;
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1];
  let problem: string | undefined;
  for (const separator of said === undefined ? SEPARATORS : [said]) {
    const before: string[] = [];
    for (const { cells, line } of firstRows(text, separator, source)) {
      const header = headerOf(cells, source.columns);
      if (typeof header === 'object') return { separator, header, line, before };
      before.push(cells.join(' '));
      problem ??= header === undefined ? undefined : `${line}: ${header}`;
    }
  }
  if (problem !== undefined) throw new TomareError('LOG_COLUMN', `${source.name}:${problem}`);
  throw missing(source, said);
}

/** Why there is no header. A first line that may be a row is not repeated. */
function missing(source: LogSource, said: string | undefined): TomareError {
  const { name, columns } = source;
  const { cells: best, line } = (said === undefined ? SEPARATORS : [said])
    .flatMap((separator) => {
      const rows = firstRows(source.head.text, separator, source);
      const names = ({ cells }: { cells: string[] }) => !cells.some((cell) => /\d[.,]\d/.test(cell));
      const placed = rows.find(
        (row) => names(row) && headerHas(row.cells, columns, 'lat') && headerHas(row.cells, columns, 'lon'),
      );
      return [placed ?? rows[0] ?? { cells: [], line: 1 }];
    })
    .reduce((a, b) => (b.cells.length > a.cells.length ? b : a));
  const wanted = (roles: typeof NEEDED) => roles.map(([, names]) => names).join(', ');
  if (/^\s*\[\s*\[/.test(source.head.text)) {
    const what = 'a JSON list of lists without names; write one object for each fix, with time, lat and lon';
    return new TomareError('LOG_FORMAT', `${name}:1: ${what}`);
  }
  const other = otherShape(source.head.text, best);
  if (other !== undefined) return new TomareError('LOG_FORMAT', `${name}:${line}: ${other}`);
  const words = best.flatMap((cell) => cell.split(/\s+/));
  if (words.some(isNumber) || best.length === 0) {
    const what = `a line with the names of the columns is expected: ${wanted(NEEDED)}, …`;
    return new TomareError('LOG_HEADER', `${name}:1: ${what}`);
  }
  const has = (role: string) => headerHas(best, columns, role);
  const lacking = NEEDED.filter(([role]) => !has(role));
  const shown = best.every((cell) => /^[\p{L}_"][\p{L}\p{N} _/.()[\]-]{0,40}$/u.test(cell) && !/\d{3}/.test(cell));
  const found = shown
    ? `; found: ${best
        .slice(0, 20)
        .map((c) => c.slice(0, 20))
        .join(', ')}`
    : '';
  const coded = best.some((cell) =>
    /geo[ _]?hash|mgrs|utm|easting|northing|plus[ _]?code|open[ _]?location|what3words|w3w|h3|s2[ _]?cell|quad[ _]?key/i.test(
      cell,
    ),
  );
  const cartesian = ['x', 'y', 'z'].every((axis) => best.some((cell) => AXIS.exec(cell)?.[1]?.toLowerCase() === axis));
  const help = cartesian
    ? 'coordinates x, y and z (ECEF or of a map projection) are not read; convert them to latitude and longitude (WGS 84)'
    : coded
      ? 'positions are read as latitude and longitude in degrees (WGS 84) only; convert them'
      : 'name them with --columns time=…,lat=…,lon=…';
  return new TomareError('LOG_COLUMN', `${name}:${line}: no column ${wanted(lacking)}${found}; ${help}`);
}

/** What a text is that has no columns, and what to do. */
function otherShape(text: string, names: readonly string[]): string | undefined {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  if (/^"[^"]{0,2000}[,;\t][^"]{0,2000}"$/.test(first))
    return 'each row is one text in quotes; remove the quotes around whole rows';
  if (/^\??\w{1,40}=[^\s&;,]{0,100}[\s&;,]+\w{1,40}=/.test(first))
    return 'rows of name=value; write a table, or one JSON object for each fix';
  if (names.includes('entity_id') && names.includes('last_changed'))
    return 'a history of Home Assistant without positions; take it from /api/history/period, which has the attributes';
  const isOne = (words: RegExp) => names.some((cell) => words.test(cell));
  if (
    names.length <= 8 &&
    isOne(/^value$/i) &&
    isOne(/^(?:name|signal|signal_?name|pid|key|parameter|variable|field|_field)$/i)
  )
    return 'each row is one value with its name; write one row for each fix, with a column for each name';
  return undefined;
}

/** Coordinates in metres: ecef_x, GNSS X, X (m). */
const AXIS = /^(?:ecef|gnss|gps|pos|position|wgs ?84)?[ _.-]*([xyz])[ _]*(?:ecef|m|\(m\)|\[m\])?$/i;

/** Whether one role would be there, were the others given. */
function headerHas(cells: readonly string[], columns: readonly ColumnChoice[], role: string): boolean {
  const others = NEEDED.filter(([r]) => r !== role).map(([r]) => ({
    role: r as ColumnChoice['role'],
    unit: undefined,
    column: `\u0000${r}`,
  }));
  const names = [...cells, ...others.map((o) => o.column)];
  return typeof headerOf(names, [...columns, ...others]) === 'object';
}

/** What says something about the whole log is short; patterns over more would take minutes. */
const LONGEST_SENTENCE = 500;

/** The zone that a line before the header gives to all times; "?" where it speaks of one in another way. */
function zoneBefore(before: readonly string[]): string | undefined {
  for (const line of before) {
    const text = line.slice(0, LONGEST_SENTENCE);
    const told =
      /(?:time ?zone|タイムゾーン|zeitzone|fuseau horaire|zona horaria|fuso hor[aá]rio|часовой пояс|时区|時區)[^\p{L}\p{N}+-]{0,4}([A-Za-z][\w/]*(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}:?\d{2})/iu.exec(
        text,
      ) ?? /\btimes?\b(?:\W|are|is|in){1,5}(UTC|GMT)\b(?!\s?[+-])/i.exec(text);
    if (told) return inZone(told[1] ?? '', 0) === undefined ? '?' : told[1];
    if (/世界標準時|協定世界時/.test(text)) return 'UTC';
    if (/日本標準時|日本時間/.test(text)) return 'JST';
    if (/\b(?:UTC|GMT)\b|time ?zone/i.test(text)) return '?';
  }
  return undefined;
}

/** What the lines before the header say. */
function heed({ header, line, before }: Found, sink: FixSink, first: number): void {
  if (before.some(tellsOther)) throw sink.bad(1, DATUM_FAULT, 'LOG_FORMAT');
  if (line > first) sink.warn(`the header stands in line ${line}; the lines before it are not read`);
  if (header.zone !== undefined) return;
  const zone = zoneBefore(before);
  if (zone === '?') sink.warn('a line before the header names a time zone; if the times have none, give it with --tz');
  else if (zone !== undefined) {
    header.zone = zone;
    sink.warn('the times are in the zone that a line before the header gives');
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const found = locate(source);
  const { separator, header, line } = found;
  heed(found, sink, /^sep=/i.test(source.head.text) ? 2 : 1);
  const porto = header.preset?.rows === 'porto' ? new PortoReader(header, sink) : undefined;
  const table = new TableReader(header, sink);
  const take = (row: Row) => {
    if (row.line > line) (porto ?? table).read(row);
  };
  const fields = new Fields(separator, 1, source.limits, take, exceedOf(source));
  for await (const text of source.pieces()) fields.push(text);
  fields.end();
  if (porto === undefined) table.end();
}

const format: LogFormat = {
  name: 'csv',
  title: 'CSV and other tables of text',
  recognises: (_head: LogHead) => true,
  read,
};
export default format;
