// SPDX-License-Identifier: MIT
// Rows of a table to fixes. What is plain is read where it stands; a field is copied only when it is not.
import { TimeText } from '../clock/text.ts';
import type { FixSink, RawFix } from '../format.ts';
import { isNothing, kindOf, timeFault } from '../numbers.ts';
import { type DegreeForm, degrees, formOf, hemisphere } from './degrees.ts';
import { fieldText, type Row } from './fields.ts';
import type { Header } from './header.ts';
import { plainNumber } from './numbers.ts';
import { headerAgain, unitsRow } from './other_rows.ts';
import { dateText, type RowTime, rowTimes } from './row_time.ts';

const FACTOR = { mps: 1, kmh: 1 / 3.6, mph: 0.44704, knots: 1852 / 3600, open: 1 };
/** "No" alone is none of them: studies mark so what they leave out, and the fix is good. */
const INVALID = /^(?:0|false|f|v|invalid|void|no fix|none|no_fix|nofix|estimated)$/i;
export class TableReader {
  private readonly header: Header;
  private readonly sink: FixSink;
  private readonly fix: RawFix = {
    time: Number.NaN,
    lat: Number.NaN,
    lon: Number.NaN,
    speed: Number.NaN,
    heading: Number.NaN,
    accuracy: Number.NaN,
  };
  private readonly clock: TimeText;
  private readonly ownTime: RowTime | undefined;
  private latForm: DegreeForm = 'decimal';
  private lonForm: DegreeForm = 'decimal';
  private joined = false;
  private oneUnit = true;
  private begun = false;
  private short = 0;
  private wide = 0;
  private rows = 0;
  private readonly needed: number;

  constructor(header: Header, sink: FixSink) {
    this.header = header;
    this.sink = sink;
    this.clock = new TimeText(header.hint);
    this.ownTime = rowTimes(header);
    const { time = 0, date = 0, lat = 0, lon = 0 } = header.index;
    this.needed = Math.max(time, date, lat, lon);
  }

  /** The form of the columns by the first row. */
  private begin(row: Row): boolean {
    const { index, names, hint } = this.header;
    if (unitsRow(this.header, row)) return false;
    this.begun = true;
    this.latForm = formOf(fieldText(row, index.lat ?? -1), names[index.lat ?? -1] ?? '');
    this.lonForm = formOf(fieldText(row, index.lon ?? -1), names[index.lon ?? -1] ?? '');
    if (this.latForm === 'ddmm' || this.lonForm === 'ddmm') this.latForm = this.lonForm = 'ddmm';
    const time = fieldText(row, index.time ?? -1);
    this.joined = index.date !== undefined && Number.isNaN(new TimeText(hint).read(time));
    this.announce();
    return true;
  }

  private announce(): void {
    const { speeds, utc, declaration } = this.header;
    const [first] = speeds;
    this.oneUnit = speeds.every((s) => s.unit === first?.unit);
    const { date: _, ...columns } = declaration.columns ?? {};
    this.sink.declare({
      ...declaration,
      columns: this.joined
        ? (declaration.columns ?? {})
        : columns.time === undefined
          ? { ...columns, ...(_ ? { time: _ } : {}) }
          : columns,
      zoneless: utc ? 'utc' : 'local',
      ...(first ? { speedUnit: this.oneUnit ? first.unit : 'mps' } : {}),
    });
  }

  read(row: Row): void {
    if (!this.begun && !this.begin(row)) return;
    this.rows++;
    const columns = this.header.names.length;
    if (row.damaged) this.damaged(row, 'a quote that does not end with its field');
    if (row.damaged || (row.count !== columns && !this.ragged(row, columns))) return;
    const { fix, header } = this;
    const { index } = header;
    fix.lat = this.degrees(row, index.lat as number, this.latForm, index.north_south);
    fix.lon = this.degrees(row, index.lon as number, this.lonForm, index.east_west);
    if (!this.time(row)) return;
    fix.speed = header.speeds.length === 0 ? Number.NaN : this.speed(row);
    fix.heading = this.optional(row, index.heading, 'heading');
    fix.accuracy = this.optional(row, index.accuracy, 'accuracy');
    if (index.valid !== undefined) fix.valid = !INVALID.test(fieldText(row, index.valid));
    if (index.vehicle !== undefined) fix.vehicle = fieldText(row, index.vehicle);
    if (index.driver !== undefined) fix.driver = fieldText(row, index.driver);
    this.sink.add(fix, row.line);
  }

  private damaged(row: Row, what: string): void {
    this.sink.leaveOut('damaged', row.line, { what, error: 'LOG_ROW' });
  }

  /** Whether a row with another number of fields than the header can be read. */
  private ragged(row: Row, columns: number): boolean {
    if (row.count < columns) {
      if (row.count <= this.needed || row.cut) {
        this.damaged(row, `the row has ${row.count} fields and the header ${columns}: it is cut short`);
        return false;
      }
      this.short++;
      return true;
    }
    for (let i = columns; i < row.count; i++) {
      if (fieldText(row, i) === '') continue;
      this.wide++;
      const why = 'a decimal comma, or text with the separator in it; write decimal points and quotes';
      const what = `the row has ${row.count} fields and the header ${columns}: ${why}`;
      this.sink.leaveOut('damaged', row.line, { what, error: 'LOG_SEPARATOR' });
      return false;
    }
    return true;
  }

  private degrees(row: Row, at: number, form: DegreeForm, letter: number | undefined): number | string | undefined {
    const { text, from, to } = row;
    let value = form === 'decimal' ? plainNumber(text, from[at] as number, to[at] as number) : Number.NaN;
    if (Number.isNaN(value)) {
      const field = fieldText(row, at);
      if (isNothing(field)) return undefined;
      value = degrees(field, form);
      if (Number.isNaN(value)) return headerAgain(this.header, row) ? undefined : field;
    }
    return letter === undefined ? value : Math.abs(value) * hemisphere(fieldText(row, letter));
  }

  /** Sets the time of the fix; false where the row is left out. */
  private time(row: Row): boolean {
    const { fix, clock } = this;
    const at = this.header.index.time ?? this.header.index.date ?? -1;
    const { text } = row;
    let ms: number;
    if (this.ownTime !== undefined) {
      ms = this.ownTime(row, clock);
    } else if (this.joined) {
      const day = dateText(fieldText(row, this.header.index.date ?? -1), this.header.preset?.rows === 'columbus');
      ms = clock.read(`${day} ${clockText(fieldText(row, at))}`);
    } else {
      let from = row.from[at] as number;
      let to = row.to[at] as number;
      while (from < to && text.charCodeAt(from) === 32) from++;
      while (to > from && text.charCodeAt(to - 1) === 32) to--;
      ms = clock.read(text, from, to);
    }
    if (Number.isNaN(ms)) return this.noTime(row, at);
    fix.time = ms;
    fix.local = clock.local && !this.header.utc;
    fix.noSeconds = clock.noSeconds;
    return true;
  }

  private noTime(row: Row, at: number): boolean {
    const field = fieldText(row, at);
    if (headerAgain(this.header, row)) this.sink.leaveOut('repeated_header', row.line);
    else if (this.fix.lat === undefined || this.fix.lon === undefined) this.sink.leaveOut('no_position', row.line);
    else if (isNothing(field)) this.sink.leaveOut('no_time', row.line);
    else this.sink.leaveOut('not_understood', row.line, timeFault(kindOf(field), this.clock.fault));
    return false;
  }

  private speed(row: Row): number {
    for (const { index, unit, name } of this.header.speeds) {
      if (index >= row.count) continue;
      const value = this.optional(row, index, name);
      if (Number.isNaN(value)) continue;
      return this.oneUnit || value === -1 ? value : value * FACTOR[unit];
    }
    return Number.NaN;
  }

  private optional(row: Row, at: number | undefined, name: string): number {
    if (at === undefined || at >= row.count) return Number.NaN;
    const value = plainNumber(row.text, row.from[at] as number, row.to[at] as number);
    return Number.isNaN(value) ? this.sink.number(fieldText(row, at), name, row.line) : value;
  }

  /** What holds for the table as a whole. */
  end(): void {
    if (!this.begun) this.announce();
    if (this.short > 0) this.sink.warn(`${this.short} rows have fewer fields than the header`);
    if (this.wide > 0) this.sink.warn(`${this.wide} rows have more fields than the header and were left out`);
  }
}

/** HHMMSS as a clock. */
function clockText(text: string): string {
  const m = /^(\d{1,2})(\d{2})(\d{2})(\.\d+)?$/.exec(text);
  return m ? `${m[1]?.padStart(2, '0')}:${m[2]}:${m[3]}${m[4] ?? ''}` : text;
}
