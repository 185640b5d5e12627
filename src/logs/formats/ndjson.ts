// SPDX-License-Identifier: MIT
// NDJSON: one object a line, with the names of columns of tables as its keys.

import { TimeText } from '../clock/text.ts';
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';
import { isNothing, kindOf, timeFault } from '../numbers.ts';
import { type Header, headerOf, NEEDED } from '../table/header.ts';
import { deeper, Lines } from '../table/lines.ts';

const FACTOR = { mps: 1, kmh: 1 / 3.6, mph: 0.44704, knots: 1852 / 3600, open: 1 };
type Fields = Record<string, unknown>;

/** Objects up to this length cannot nest so deep that it costs anything. */
const PLAIN = 4096;

class ObjectReader {
  private readonly source: LogSource;
  private readonly sink: FixSink;
  private readonly fix: RawFix = {
    time: undefined,
    lat: undefined,
    lon: undefined,
    speed: Number.NaN,
    heading: Number.NaN,
    accuracy: Number.NaN,
  };
  private keys: string[] = [];
  private header: Header | undefined;
  private clock = new TimeText();
  private found: string[] = [];
  private unit: string | undefined;
  objects = 0;
  understood = 0;

  constructor(source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
  }

  /** Objects of one log mostly have the same keys in the same order. */
  private layout(keys: string[], line: number): Header | undefined {
    if (this.sameKeys(keys)) return this.header;
    const { columns } = this.source.limits;
    if (keys.length > columns) throw this.sink.bad(line, `more than ${columns} keys`, 'LOG_WIDTH');
    this.keys = keys;
    const header = headerOf(
      keys.map((key) => key.trim()),
      this.source.columns,
    );
    if (typeof header === 'string') throw this.sink.bad(line, header, 'LOG_COLUMN');
    this.header = header;
    if (header === undefined) return undefined;
    this.clock = new TimeText(header.hint);
    this.announce(header);
    return header;
  }

  private sameKeys(keys: readonly string[]): boolean {
    if (keys.length !== this.keys.length) return false;
    for (let i = 0; i < keys.length; i++) if (keys[i] !== this.keys[i]) return false;
    return true;
  }

  private announce({ declaration, speeds, utc }: Header): void {
    const unit = speeds[0]?.unit;
    const mixed =
      this.unit !== undefined && unit !== undefined && (this.unit === 'open' || unit === 'open') && unit !== this.unit;
    if (mixed) throw this.sink.bad(1, 'some speeds have a unit and some have none', 'LOG_COLUMN');
    this.unit ??= unit;
    this.sink.declare({
      ...declaration,
      zoneless: utc ? 'utc' : 'local',
      ...(unit === undefined ? {} : { speedUnit: unit === 'open' ? 'open' : 'mps' }),
    });
  }

  read(text: string, line: number): void {
    if (text.trim() === '') return;
    this.objects++;
    const row = this.parse(text, line);
    const keys = Object.keys(row);
    if (this.found.length === 0) this.found = keys;
    const header = this.layout(keys, line);
    if (header === undefined) {
      this.sink.leaveOut('no_position', line);
      return;
    }
    this.understood++;
    const { fix, sink } = this;
    const value = (at: number | undefined) => (at === undefined ? undefined : row[this.keys[at] as string]);
    const { index } = header;
    fix.lat = value(index.lat);
    fix.lon = value(index.lon);
    if (!this.time(value(index.time ?? index.date), header, line)) return;
    fix.speed = this.speed(header, value, line);
    fix.heading = sink.number(value(index.heading), 'heading', line);
    fix.accuracy = sink.number(value(index.accuracy), 'accuracy', line);
    const valid = value(index.valid);
    fix.valid = valid !== false && valid !== 0;
    if (index.vehicle !== undefined) fix.vehicle = text_(value(index.vehicle));
    if (index.driver !== undefined) fix.driver = text_(value(index.driver));
    sink.add(fix, line);
  }

  private parse(text: string, line: number): Fields {
    const { depth } = this.source.limits;
    if (text.length > PLAIN && deeper(text, depth)) {
      throw this.sink.bad(line, `values nest deeper than ${depth}`, 'LOG_DEPTH');
    }
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      row = undefined;
    }
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Fields;
    throw this.sink.bad(line, 'not a JSON object; one object a line is expected');
  }

  private time(raw: unknown, header: Header, line: number): boolean {
    const { fix, clock, sink } = this;
    const ms = typeof raw === 'number' ? clock.number(raw) : typeof raw === 'string' ? clock.read(raw) : Number.NaN;
    fix.time = ms;
    if (Number.isNaN(ms)) {
      if (isNothing(raw)) return true;
      sink.leaveOut('not_understood', line, timeFault(kindOf(raw), typeof raw === 'object' ? '' : clock.fault));
      return false;
    }
    fix.local = clock.local && !header.utc;
    fix.noSeconds = clock.noSeconds;
    return true;
  }

  private speed({ speeds }: Header, value: (at: number) => unknown, line: number): number {
    for (const { index, unit, name } of speeds) {
      const number = this.sink.number(value(index), name, line);
      if (!Number.isNaN(number)) return number === -1 ? -1 : number * FACTOR[unit];
    }
    return Number.NaN;
  }

  end(): void {
    if (this.understood > 0 || this.objects === 0) return;
    const wanted = NEEDED.map(([, names]) => names).join(', ');
    const shown = this.found.every((key) => /^[\p{L}_$][\p{L}\p{N} _.-]{0,40}$/u.test(key) && !/\d{3}/.test(key));
    const found = shown ? `; found: ${this.found.slice(0, 20).join(', ')}` : '';
    throw this.sink.bad(1, `an object with the keys ${wanted} is expected${found}`, 'LOG_COLUMN');
  }
}

const text_ = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const objects = new ObjectReader(source, sink);
  const { lineBytes } = source.limits;
  const tooLong = (line: number) => sink.bad(line, `longer than ${lineBytes} characters`, 'LOG_LINE_LENGTH');
  const lines = new Lines(lineBytes, (text) => objects.read(text, lines.line), tooLong);
  for await (const text of source.text()) lines.push(text);
  lines.end();
  objects.end();
}

const format: LogFormat = {
  name: 'ndjson',
  title: 'NDJSON, one object a line',
  recognises: ({ text }) => /^\s*\{/.test(text),
  read,
};
export default format;
