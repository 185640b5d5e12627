// SPDX-License-Identifier: MIT
// NDJSON: one object a line, with the names of columns of tables as its keys.

import { isBareSeconds } from '../clock/epoch.ts';
import { TimeText } from '../clock/text.ts';
import { Codes, type Text } from '../codes.ts';
import { FACTOR, type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { isNothing, kindOf, timeFault } from '../numbers.ts';
import { formOf } from '../table/degrees.ts';
import { isOfAnother } from '../table/dotted.ts';
import { emptyRow, type Row } from '../table/fields.ts';
import { type Header, headerOf, NEEDED } from '../table/header.ts';
import { deeper, Lines } from '../table/lines.ts';
import { meaningOf } from '../table/names.ts';
import { TableReader } from '../table/reader.ts';
import { inTwoParts } from '../table/row_time.ts';
import { isAlone, objectsOf, PLAIN } from './block.ts';
import { FlatLine } from './flat.ts';

type Fields = Record<string, unknown>;

/** Lines that are parsed together, at most: what lives when V8 collects decides how far its young generation grows. */
const TOGETHER = 64;
/** Levels of objects within objects whose keys are looked at. */
const LEVELS = 4;

/** What the keys of an object serve as; `table` reads it as a row where a value needs more than a look. */
interface Layout {
  header: Header;
  table: TableReader;
  /** For its values, where each is one number or text of its own. */
  values: FlatLine | undefined;
}

const timeOf = (raw: unknown, clock: TimeText) =>
  typeof raw === 'number' ? clock.number(raw) : typeof raw === 'string' ? clock.read(raw) : Number.NaN;

const NO_LAYOUT = { header: undefined, values: undefined };

class ObjectReader {
  private readonly source: LogSource;
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  private readonly row: Row;
  private readonly codes = new Codes();
  private keys: string[] = [];
  private layout: Layout | undefined;
  /** The keys of the log stand in objects within its objects. */
  private nested = false;
  private clock = new TimeText();
  private found: string[] = [];
  private unit: string | undefined;
  /** All speeds of the layout are in the unit that the sink takes, as in its table. */
  private oneUnit = true;
  /** Lines that are parsed together, and their numbers. */
  private readonly waiting: string[] = [];
  private readonly places: number[] = [];
  /** Lines that are parsed before one is tried to be read where it stands, and those of them that are left. */
  private vain = 0;
  private left = 0;
  objects = 0;
  understood = 0;

  constructor(source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
    this.row = emptyRow(source.limits.columns, 0);
  }

  /** Objects of one log mostly have the same keys in the same order. */
  private layoutOf(row: Fields, line: number): Layout | undefined {
    if (this.sameKeys(row)) return this.layout;
    const keys = Object.keys(row);
    const { columns } = this.source.limits;
    if (keys.length > columns) throw this.sink.bad(line, `more than ${columns} keys`, 'LOG_WIDTH');
    this.keys = keys;
    const header = headerOf(namesOf(row), this.source.columns);
    if (typeof header === 'string') throw this.sink.bad(line, header, 'LOG_COLUMN');
    this.layout = undefined;
    if (header === undefined) return undefined;
    this.announce(header);
    const [time] = header.times;
    this.clock = new TimeText(time?.hint, header.dayFirst);
    if (time && isBareSeconds(row[keys[time.index] as string], time.hint)) this.sink.bareSeconds(time.name);
    const { index, zone, preset } = header;
    const simple =
      [index.date, index.point, index.zone, index.half, index.datum, index.north_south, index.east_west].every(
        (i) => i === undefined,
      ) &&
      (zone === undefined || zone === 'UTC') &&
      header.times.length === 1 &&
      inTwoParts(header) === undefined &&
      [index.lat, index.lon].every((i) => formOf('0', header.names[i ?? -1] ?? '') === 'decimal') &&
      header.scale.heading * header.scale.accuracy === 1 &&
      preset?.rows === undefined;
    const values = simple ? new FlatLine(keys, this.source.limits.lineBytes) : undefined;
    this.layout = { header, table: new TableReader(header, this.sink), values };
    return this.layout;
  }

  /** Without a list of the keys: most rows are as the one before. */
  private sameKeys(row: Fields): boolean {
    let at = 0;
    for (const key in row) if (key !== this.keys[at++]) return false;
    return at === this.keys.length;
  }

  private announce({ declaration, speeds, zone }: Header): void {
    const unit = speeds[0]?.unit;
    const mixed =
      this.unit !== undefined && unit !== undefined && (this.unit === 'open' || unit === 'open') && unit !== this.unit;
    if (mixed) throw this.sink.bad(1, 'some speeds have a unit and some have none', 'LOG_COLUMN');
    this.unit ??= unit;
    this.oneUnit = speeds.every((speed) => speed.unit === unit);
    this.sink.declare({
      ...declaration,
      zoneless: zone === 'UTC' ? 'utc' : 'local',
      ...(unit === undefined ? {} : { speedUnit: this.oneUnit ? unit : 'mps' }),
    });
  }

  /** Reads the line where it stands; the index after its end, or -1: it is to be taken. */
  ahead(text: Text, from: number, line: number): number {
    if (this.left > 0) {
      this.left--;
      return -1;
    }
    if (this.waiting.length > 0) this.flush();
    const { header, values } = (this.nested ? undefined : this.layout) ?? NO_LAYOUT;
    const next = values === undefined ? -1 : values.find(text, from);
    if (header === undefined || values === undefined || next < 0 || !this.isPlain(values, header)) {
      if (text.indexOf('\n', from) < 0) return -1; // it goes on in the next chunk
      this.left = this.vain = Math.min(2 * this.vain + 1, TOGETHER);
      return -1;
    }
    this.vain = 0;
    this.objects++;
    this.understood++;
    this.plain(values, header, line);
    return next;
  }

  /** A line, to be read now or with those after it. */
  take(text: string, line: number): void {
    if (!isAlone(text)) {
      this.flush();
      this.read(text, line);
      return;
    }
    this.waiting.push(text);
    this.places.push(line);
    if (this.waiting.length >= TOGETHER) this.flush();
  }

  /** Reads the lines that wait. */
  flush(): void {
    const { waiting, places } = this;
    const rows = objectsOf(waiting);
    for (let i = 0; i < waiting.length; i++) {
      if (rows === undefined) this.read(waiting[i] as string, places[i] as number);
      else this.object(rows[i] as Fields, places[i] as number);
    }
    waiting.length = places.length = 0;
  }

  private read(text: string, line: number): void {
    if (text.trim() === '') return;
    const row = this.parse(text, line);
    if (row === undefined) this.objects++;
    else this.object(row, line);
  }

  private object(given: Fields, line: number): void {
    let row = given;
    this.objects++;
    if (this.nested) row = flat(row);
    if (this.found.length === 0) this.found = Object.keys(row);
    if (this.understood === 0 && isOfColumns(row)) {
      const what = 'its columns are lists; write one object for each fix (pandas: orient="records", lines=True)';
      throw this.sink.bad(line, what, 'LOG_FORMAT');
    }
    let layout = this.layoutOf(row, line);
    if (!this.nested && this.understood === 0 && (layout === undefined || this.hidesMore(row, layout.header))) {
      row = flat(row);
      this.keys = []; // they may be the same, with other values
      layout = this.layoutOf(row, line);
      this.nested = layout !== undefined;
    }
    if (layout === undefined) {
      this.sink.leaveOut('no_position', line);
      return;
    }
    this.understood++;
    const { header, table, values } = layout;
    values?.take(row);
    if (values !== undefined && this.isPlain(values, header)) this.plain(values, header, line);
    else this.asRow(row, table, line);
  }

  /** The objects in an object have a speed, a course, an accuracy or a vehicle, which it lacks itself. */
  private hidesMore(row: Fields, { index, speeds }: Header): boolean {
    if (!Object.values(row).some(isObject)) return false;
    const inner = headerOf(namesOf(flat(row)), this.source.columns);
    if (typeof inner !== 'object') return false;
    const lacks = (role: 'heading' | 'accuracy' | 'vehicle') =>
      index[role] === undefined && inner.index[role] !== undefined;
    return (
      (speeds.length === 0 && inner.speeds.length > 0) || lacks('heading') || lacks('accuracy') || lacks('vehicle')
    );
  }

  /** Positions in degrees and speeds without a unit behind them. */
  private isPlain(values: FlatLine, { index, speeds }: Header): boolean {
    const lat = index.lat as number;
    const lon = index.lon as number;
    if (values.isText(lat) || values.isText(lon)) return false;
    if (Math.abs(values.number(lat)) > 180 || Math.abs(values.number(lon)) > 360) return false;
    for (const { index: at } of speeds) if (values.isText(at)) return false;
    return true;
  }

  private plain(values: FlatLine, header: Header, line: number): void {
    const { fix, sink } = this;
    const { index } = header;
    const lat = values.number(index.lat as number);
    const lon = values.number(index.lon as number);
    fix.lat = lat;
    fix.lon = lon;
    if (Number.isNaN(lat)) fix.lat = values.at(index.lat as number) ?? lat;
    if (Number.isNaN(lon)) fix.lon = values.at(index.lon as number) ?? lon;
    if (!this.time(values, header, line)) return;
    this.speed(values, header, line);
    fix.heading = this.optional(values, index.heading, 'heading', line);
    fix.accuracy = this.optional(values, index.accuracy, 'accuracy', line);
    fix.said = this.sink.validity.ofRow(header, (column) => cell(values.at(column)));
    if (index.vehicle !== undefined) fix.vehicle = text_(values.at(index.vehicle));
    if (index.driver !== undefined) fix.driver = text_(values.at(index.driver));
    if (header.turns.length > 0) {
      header.turns = header.turns.filter((at) => sink.turn(header.names[at] ?? '', text_(values.at(at)) ?? ''));
    }
    sink.add(fix, line);
  }

  private optional(values: FlatLine, at: number | undefined, name: string, line: number): number {
    if (at === undefined) return Number.NaN;
    const number = values.number(at);
    return Number.isFinite(number) ? number : this.sink.number(values.at(at), name, line);
  }

  /** The values as fields of a table, which reads all forms. */
  private asRow(values: Fields, table: TableReader, line: number): void {
    const { row } = this;
    let text = '';
    row.count = 0;
    row.line = line;
    for (const key of this.keys) {
      row.from[row.count] = text.length;
      text += cell(values[key], key);
      row.to[row.count++] = text.length;
      text += '\t'; // or a number would go on in the next one
    }
    row.text = text;
    row.codes = this.codes.of(text);
    table.read(row);
  }

  /** Undefined: the line is left out. */
  private parse(text: string, line: number): Fields | undefined {
    const { depth } = this.source.limits;
    if (text.length > PLAIN && deeper(text, depth)) {
      throw this.sink.bad(line, `values nest deeper than ${depth}`, 'LOG_DEPTH');
    }
    const row = jsonOf(text) ?? jsonOf(text.trimEnd().replace(/,$/, '').replace(NO_NUMBER, '$1null'));
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Fields;
    const what = /^\s*\{\s*'/.test(text)
      ? 'names in single quotes, as Python and JavaScript print objects; write JSON (json.dumps)'
      : 'not a JSON object; one object a line is expected';
    if (this.understood === 0) throw this.sink.bad(line, what);
    this.sink.leaveOut('damaged', line, { what, error: 'LOG_ROW' });
    return undefined;
  }

  private time(values: FlatLine, header: Header, line: number): boolean {
    const { fix, clock, sink } = this;
    const at = header.index.time as number;
    const ms = values.time(at, clock);
    fix.time = ms;
    if (Number.isNaN(ms)) {
      const raw = values.at(at);
      if (isNothing(raw)) return true;
      sink.leaveOut('not_understood', line, timeFault(kindOf(raw), typeof raw === 'object' ? '' : clock.fault));
      return false;
    }
    fix.local = clock.local && header.zone !== 'UTC';
    fix.noSeconds = clock.noSeconds;
    return true;
  }

  private speed(values: FlatLine, { speeds }: Header, line: number): void {
    const { fix } = this;
    fix.speed = Number.NaN;
    for (const { index, unit, name } of speeds) {
      const number = this.optional(values, index, name, line);
      if (Number.isNaN(number)) continue;
      fix.speed = this.oneUnit || number === -1 ? number : number * FACTOR[unit];
      return;
    }
  }

  end(): void {
    if (this.understood > 0 || this.objects === 0) return;
    if (['name', 'value'].every((key) => this.found.includes(key))) {
      const what = 'each object is one value with its name; write one object for each fix';
      throw this.sink.bad(1, what, 'LOG_FORMAT');
    }
    const wanted = NEEDED.map(([, names]) => names).join(', ');
    const shown = this.found.every((key) => /^[\p{L}_$][\p{L}\p{N} _.-]{0,40}$/u.test(key) && !/\d{3}/.test(key));
    const found = shown ? `; found: ${this.found.slice(0, 20).join(', ')}` : '';
    throw this.sink.bad(1, `an object with the keys ${wanted} is expected${found}`, 'LOG_COLUMN');
  }
}

/** What Python writes for a number that is none. */
const NO_NUMBER = /(:\s*)(?:NaN|-?Infinity)(?=\s*[,}])/g;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as the field of a table; two numbers are longitude and latitude, as in GeoJSON, unless their key names latitude first. */
function cell(value: unknown, key = ''): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  const [a, b, ...rest] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof a !== 'number' || typeof b !== 'number' || rest.length > 1) return 'a list';
  const latFirst = Math.abs(a) <= 90 && (Math.abs(b) > 90 || /^lat/i.test(key));
  return latFirst ? `POINT(${b} ${a})` : `POINT(${a} ${b})`;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The values of objects within an object, under their own last names: {"coords":{"latitude":…}}, "position.latitude". A
 * name that stands in two of them keeps its whole path, except that the outermost wins; a GeoJSON point is two numbers.
 */
function flat(object: Fields): Fields {
  const found: Found[] = [];
  const walk = (of: Fields, path: string[]) => {
    for (const [key, value] of Object.entries(of)) {
      const at = [...path, ...(key.startsWith('$') ? [] : key.split('.'))];
      const measured = isObject(value) ? measure(value) : undefined;
      if (measured) found.push({ path: [...at.slice(0, -1), `${at.at(-1)}${measured.unit}`], value: measured.value });
      else if (isObject(value) && path.length < LEVELS) walk(pointOf(value) ?? value, at);
      else found.push({ path: ofOwner(at), value });
    }
  };
  walk(object, []);
  ofMessage(found);
  const flattened: Fields = Object.create(null) as Fields;
  const own = found.filter(({ path }) => !isOfAnother(path));
  for (const fields of found) {
    const { path, value } = fields;
    const last = path.at(-1) ?? '';
    const same = own.filter((other) => other.path.at(-1) === last);
    const outermost = same.every((other) => other === fields || other.path.length > path.length);
    flattened[outermost && same.includes(fields) ? last : path.join(' of ')] = value;
  }
  return flattened;
}

/** Whose name or number it is: {"device":{"id":…}} has a "device id". */
function ofOwner(path: string[]): string[] {
  const whose = path.slice(-2).join(' ');
  const role = path.length > 1 ? roleOf(whose) : undefined;
  const isStamp = role === 'time' && roleOf(path.at(-1) ?? '') === undefined; // {"stamp":{"sec":…}}
  return role === 'vehicle' || role === 'driver' || isStamp ? [...path.slice(0, -1), whose] : path;
}

interface Found {
  path: string[];
  value: unknown;
}

const roleOf = (name: string) => meaningOf(name)?.role;

/** A message may have a time of its own, when it was sent or stored: that beside the position is the fix's. */
function ofMessage(found: Found[]): void {
  const lat = found.find(({ path }) => roleOf(path.at(-1) ?? '') === 'lat');
  const inner = lat?.path.slice(0, -1) ?? [];
  const beside = ({ path }: Found) => inner.length > 0 && inner.every((part, i) => part === path[i]);
  const isTime = ({ path }: Found) => roleOf(path.at(-1) ?? '') === 'time';
  const reads = ({ value }: Found) => !Number.isNaN(timeOf(value, new TimeText()));
  if (!found.some((one) => beside(one) && isTime(one) && reads(one))) return;
  for (const one of found)
    if (!beside(one) && isTime(one)) one.path = [...one.path.slice(0, -1), `${one.path.at(-1)} of the message`];
}

/** Whether the values are columns, as pandas writes a table: lists, or objects whose keys are the rows. */
const isOfColumns = (row: Fields): boolean => {
  const values = Object.values(row);
  return values.length >= 3 && values.every((v) => Array.isArray(v) || (isObject(v) && ('0' in v || '1' in v)));
};

/** A value beside its unit: {"value":36,"unit":"km/h"}. */
function measure({ value, unit = '', units = unit, ...rest }: Fields): { value: unknown; unit: string } | undefined {
  if (value === undefined || Object.keys(rest).length > 0 || typeof units !== 'string') return undefined;
  return { value, unit: units === '' ? '' : ` (${units})` };
}

/** The keys, blank where the value is an object: its own keys are looked at. */
const namesOf = (row: Fields): string[] =>
  Object.entries(row).map(([key, value]) => (isObject(value) ? '' : key.trim()));

/** Whether an object is one fix, by its keys or those of the objects in it. */
export function hasPosition(object: object, columns: LogSource['columns']): boolean {
  const serves = (of: Fields) => headerOf(namesOf(of), columns) !== undefined;
  return serves(object as Fields) || serves(flat(object as Fields));
}

function pointOf({ type, coordinates }: Fields): Fields | undefined {
  if (type !== 'Point' || !Array.isArray(coordinates)) return undefined;
  const [lon, lat] = coordinates as unknown[];
  return { lat, lon };
}

const text_ = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** Reads the objects; `ahead`: lines that are as the one before where they stand, with the same outcome. */
export async function readObjects(source: LogSource, sink: FixSink, ahead = true): Promise<void> {
  const objects = new ObjectReader(source, sink);
  const { lineBytes } = source.limits;
  const tooLong = (line: number) => {
    objects.flush(); // its faults come first
    return sink.bad(line, `longer than ${lineBytes} characters`, 'LOG_LINE_LENGTH');
  };
  const one = (text: Text, from: number) => objects.ahead(text, from, lines.line + 1);
  const lines = new Lines(lineBytes, (text) => objects.take(text, lines.line), tooLong, ahead ? one : undefined);
  for await (const text of source.pieces()) lines.push(text);
  lines.end();
  objects.flush();
  objects.end();
}

const format: LogFormat = {
  name: 'ndjson',
  title: 'NDJSON, one object a line',
  recognises: ({ text }) => /^\s*\{/.test(text),
  read: (source, sink) => readObjects(source, sink),
};
export default format;
