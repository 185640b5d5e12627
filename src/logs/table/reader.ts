// SPDX-License-Identifier: MIT
// Rows of a table to fixes. What is plain is read where it stands; a field is copied only when it is not.

import { isBareSeconds } from '../clock/epoch.ts';
import { inZone } from '../clock/names.ts';
import { TimeText } from '../clock/text.ts';
import { FACTOR, type FixSink, RawFix, type SpeedUnit } from '../format.ts';
import { decimal, isNothing, kindOf, LONGEST_VALUE, plainNumber, timeFault } from '../numbers.ts';
import { fieldText, keptAsText, type Row } from './fields.ts';
import type { Header, TimeColumn } from './header.ts';
import { speedUnit, zoneOfName } from './names.ts';
import { headerAgain, unitsRow } from './other_rows.ts';
import { PositionReader } from './position.ts';
import { dateText, type RowTime, rowTimes } from './row_time.ts';

const MIDNIGHT = /[T ]0?0:00(?::00(?:\.0+)?)?Z?$/;
/** Rows over which the form of the columns may show itself: the first ones may be blank. */
const TRIES = 100;
/** Seconds of FIT are below until January 2028, and those since 1970 have been above since 2008. */
const FIT_BELOW = 1_200_000_000;
/** Names of a time that is the receiver's. */
const OF_FIX = /gps|gnss|(?:^|[^a-z])fix|測位|定位/i;
const LOCAL = /local|現地/i;

const HOUR_MS = 3_600_000;
/** Zones differ by quarters of an hour, and two clocks of a recorder by less than a minute. */
const QUARTER_MS = HOUR_MS / 4;
const LATE_MS = 60_000;
const SAME_MS = 1000;
const DAY_MS = 86_400_000;
/** Hours by which legal time is ahead of the sun, with summer time: least in the east of China, most in its west. */
const LEAST_BEYOND_SUN_H = -1.5;
const MOST_BEYOND_SUN_H = 3.5;

export class TableReader {
  private readonly header: Header;
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  private clock: TimeText;
  private readonly ownTime: RowTime | undefined;
  private readonly position: PositionReader;
  /** The column of times, and whether a date stands in another. */
  private at: TimeColumn | undefined;
  private joined = false;
  private zone: string | undefined;
  private settled = false;
  private tries = 0;
  private oneUnit = true;
  private begun = false;
  private short = 0;
  private wide = 0;
  private rows = 0;
  private readonly needed: number;

  constructor(header: Header, sink: FixSink) {
    this.header = header;
    this.sink = sink;
    this.clock = new TimeText(header.times[0]?.hint, header.dayFirst);
    this.ownTime = rowTimes(header);
    this.position = new PositionReader(header, sink);
    const { time = 0, date = 0, lat = 0, lon = 0 } = header.index;
    this.needed = Math.max(time, date, lat, lon);
  }

  /** The form of the columns by the first rows that show it. */
  private settle(row: Row): void {
    this.position.settle(row);
    const timed = this.ownTime !== undefined || this.clockColumn(row);
    this.ofFit(row);
    const { at } = this;
    if (at && !this.joined && isBareSeconds(fieldText(row, at.index), at.hint)) this.sink.bareSeconds(at.name);
    // a clock that is called local has no zone of another column
    this.zone = at?.zone ?? (LOCAL.test(at?.name ?? '') ? undefined : this.header.zone);
    if (this.zone === 'UTC' && this.header.index.zone !== undefined)
      this.sink.warn(`the column "${this.header.names[this.header.index.zone]}" is not used: the times are UTC`);
    const spoken = this.speedUnits(row);
    const shown = timed && spoken && this.position.settled;
    this.settled = shown || ++this.tries === TRIES;
    this.announce();
  }

  /** Seconds beside semicircles are those of FIT, since 1989, where as since 1970 they are older than most of its devices. */
  private ofFit(row: Row): void {
    const { at } = this;
    if (at === undefined || this.joined || !this.position.ofFit) return;
    const text = fieldText(row, at.index);
    if (!isBareSeconds(text, at.hint) || Number(text) >= FIT_BELOW) return;
    this.at = { ...at, hint: 'fit' };
    this.clock = new TimeText('fit', this.header.dayFirst);
    this.sink.warn(`the times of "${at.name}" are read as seconds since 1989, as of FIT`);
  }

  /** Whether the row shows where its time stands: in the first column that can be read as one, or beside a date. */
  private clockColumn(row: Row): boolean {
    const { times, index, dayFirst } = this.header;
    const reads = (text: string, hint?: TimeColumn['hint']) => !Number.isNaN(new TimeText(hint, dayFirst).read(text));
    const take = (at: TimeColumn | undefined, joined: boolean) => {
      if (this.at !== at || this.joined !== joined) this.clock = new TimeText(joined ? undefined : at?.hint, dayFirst);
      this.at = at;
      this.joined = joined;
      return true;
    };
    const alone = times.find((t) => reads(this.wholeText(row, t.index), t.hint));
    if (alone) return take(this.ofFix(row, this.localBeside(row, alone)), false);
    const date = this.dateColumn();
    const joining = times.filter((t) => date && reads(this.joinedText(row, t.index)));
    const beside = joining.find((t) => !isOfOtherClock(t, date));
    const whole = date && reads(fieldText(row, date.index)) ? date : undefined;
    // midnight all along is a date, as spreadsheets write one
    if (whole && !(beside && MIDNIGHT.test(fieldText(row, whole.index)))) return take(whole, false);
    if (beside) return take(beside, true);
    if (joining[0]) {
      const what = `the date "${date?.name}" and the time "${joining[0].name}" are of two clocks, one UTC and one local`;
      throw this.sink.bad(row.line, what, 'LOG_TIME');
    }
    take(times[0] ?? date, index.date !== undefined && times.length > 0);
    return false;
  }

  /** Of two clocks told alike, the fix's: the other may be that of the server that got the row. */
  private ofFix(row: Row, first: TimeColumn): TimeColumn {
    const { times, preset, dayFirst } = this.header;
    if (preset !== undefined || OF_FIX.test(first.name) || LOCAL.test(first.name)) return first;
    const told = (t: TimeColumn) => {
      const clock = new TimeText(t.hint, dayFirst);
      const ms = clock.read(fieldText(row, t.index));
      return { ms, alike: `${clock.local} ${clock.noSeconds} ${t.zone === 'UTC'}` };
    };
    const own = told(first);
    const fix = times.find((t) => {
      const { ms, alike } = told(t);
      // of wall clocks further apart one may be UTC
      const most = alike.startsWith('true') && t.zone === undefined ? QUARTER_MS / 2 : DAY_MS;
      return OF_FIX.test(t.name) && alike === own.alike && Math.abs(ms - own.ms) <= most;
    });
    if (fix === undefined) return first;
    this.sink.warn(`the times are those of "${fix.name}", as of the fix; "${first.name}" is not used`);
    return fix;
  }

  /** Of two wall clocks without a zone, the one called local: the other may be of any zone. */
  private localBeside(row: Row, first: TimeColumn): TimeColumn {
    const { times, index, zone } = this.header;
    if (first.zone !== undefined || zone !== undefined || index.zone !== undefined) return first;
    const wall = (t: TimeColumn) => {
      const clock = new TimeText(t.hint, this.header.dayFirst);
      const ms = clock.read(fieldText(row, t.index));
      return clock.local ? ms : Number.NaN;
    };
    const own = wall(first);
    if (Number.isNaN(own)) return first;
    const zoned = times.find((t) => this.isSameMoment(row, t, own));
    if (zoned) return zoned;
    if (LOCAL.test(first.name)) return first;
    const local = times.find((t) => LOCAL.test(t.name) && !Number.isNaN(wall(t)));
    if (local) this.sink.warn(`the times are those of "${local.name}"; "${first.name}" has no zone`);
    if (local) return local;
    const lon = Number(fieldText(row, index.lon ?? -1));
    const ahead = times.find((t) => t.zone === undefined && isLocalOf(wall(t) - own, lon));
    if (ahead === undefined) return first;
    this.sink.warn(`the times of "${first.name}" are read as UTC: "${ahead.name}" is the local clock beside them`);
    return { ...first, zone: 'UTC' };
  }

  /** Whether a column with a zone of its own tells the moment of a wall clock: to the second, but for the zone. */
  private isSameMoment(row: Row, { index, hint, zone }: TimeColumn, wall: number): boolean {
    const clock = new TimeText(hint, this.header.dayFirst);
    const apart = clock.read(fieldText(row, index)) - wall;
    if (clock.local && zone !== 'UTC') return false;
    return Math.abs(apart - Math.round(apart / QUARTER_MS) * QUARTER_MS) <= SAME_MS && Math.abs(apart) <= DAY_MS;
  }

  private dateColumn(): TimeColumn | undefined {
    const { index, names, zone } = this.header;
    return index.date === undefined
      ? undefined
      : { index: index.date, name: names[index.date] ?? '', hint: undefined, zone };
  }

  private joinedText(row: Row, at: number): string {
    const date = fieldText(row, this.header.index.date ?? -1).replace(MIDNIGHT, '');
    const day = dateText(date, this.header.preset?.rows === 'columbus');
    return this.inHalf(row, `${day} ${clockText(fieldText(row, at))}`);
  }

  private wholeText(row: Row, at: number): string {
    return this.inHalf(row, fieldText(row, at));
  }

  /** A clock of twelve hours with the half of the day that stands in a column of its own. */
  private inHalf(row: Row, clock: string): string {
    const { half } = this.header.index;
    if (half === undefined) return clock;
    return `${clock} ${fieldText(row, half).replace(/^[ap]$/i, '$&m')}`;
  }

  /** The unit that stands behind the numbers, where the header gives none; whether all have shown it. */
  private speedUnits(row: Row): boolean {
    for (const speed of this.header.speeds) {
      if (speed.unit !== 'open') continue;
      const text = fieldText(row, speed.index);
      if (isNothing(text)) return false;
      speed.unit = withUnit(text)?.unit ?? 'open';
    }
    return true;
  }

  private announce(): void {
    const { speeds, declaration } = this.header;
    const [first] = speeds;
    this.oneUnit = speeds.every((s) => s.unit === first?.unit);
    const { date: _, ...columns } = declaration.columns ?? {};
    this.sink.declare({
      ...declaration,
      columns: {
        ...(this.joined ? declaration.columns : columns),
        ...(this.at ? { time: this.at.name } : {}),
      },
      ignored: declaration.ignored?.filter((name) => name !== this.at?.name) ?? [],
      zoneless: this.zone === 'UTC' ? 'utc' : 'local',
      ...(first ? { speedUnit: this.oneUnit ? first.unit : 'mps' } : {}),
    });
  }

  read(row: Row): void {
    if (!this.begun && unitsRow(this.header, row)) return;
    this.begun = true;
    if (!this.settled) this.settle(row);
    this.rows++;
    const columns = this.header.names.length;
    if (row.damaged) this.damaged(row, 'a quote that does not end with its field');
    if (row.damaged || (row.count !== columns && !this.ragged(row, columns))) return;
    const { fix, header } = this;
    const { index } = header;
    if (!this.position.read(row, fix)) return;
    if (!this.time(row)) return;
    this.speed(row);
    fix.heading = this.optional(row, index.heading, 'heading') * header.scale.heading;
    fix.accuracy = this.optional(row, index.accuracy, 'accuracy') * header.scale.accuracy;
    fix.said = this.sink.validity.ofRow(this.header, (column) => fieldText(row, column));
    if (index.vehicle !== undefined) fix.vehicle = fieldText(row, index.vehicle);
    if (index.driver !== undefined) fix.driver = fieldText(row, index.driver);
    if (header.turns.length > 0) {
      header.turns = header.turns.filter((at) => this.sink.turn(header.names[at] ?? '', fieldText(row, at)));
    }
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

  /** Sets the time of the fix; false where the row is left out. */
  private time(row: Row): boolean {
    const { fix, clock } = this;
    const at = this.at?.index ?? -1;
    const { text, codes } = row;
    let ms: number;
    if (this.ownTime !== undefined) {
      ms = this.ownTime(row, clock);
    } else if (this.joined) {
      ms = clock.read(this.joinedText(row, at));
    } else if (this.header.index.half !== undefined) {
      ms = clock.read(this.wholeText(row, at).trim());
    } else {
      let from = row.from[at] as number;
      let to = row.to[at] as number;
      while (from < to && codes[from] === 32) from++;
      while (to > from && codes[to - 1] === 32) to--;
      const kept = keptAsText(codes[from] as number);
      ms = kept ? clock.read(fieldText(row, at)) : clock.readIn(text, codes, from, to);
    }
    if (Number.isNaN(ms)) return this.noTime(row, at);
    fix.time = ms;
    fix.local = clock.local && this.zone !== 'UTC';
    fix.noSeconds = clock.noSeconds;
    const zone = this.zone === 'UTC' ? undefined : this.header.index.zone;
    if (clock.local && (zone !== undefined || fix.local)) return this.zoned(row, zone, ms);
    return true;
  }

  /** Takes the zone of a wall clock from its own column, else from the header; false where it is not known. */
  private zoned(row: Row, at: number | undefined, wall: number): boolean {
    const told = at === undefined ? '' : fieldText(row, at);
    const zone = isNothing(told) ? this.zone : told;
    if (zone === undefined) return true;
    const ms = inZone(at === undefined ? zone : inHours(zone, this.header.names[at] ?? ''), wall);
    if (ms === undefined) {
      this.sink.leaveOut('not_understood', row.line, timeFault('', 'a time with a zone that is not known'));
      return false;
    }
    this.fix.time = ms;
    this.fix.local = false;
    return true;
  }

  private noTime(row: Row, at: number): boolean {
    const field = fieldText(row, at);
    if (headerAgain(this.header, row, field)) this.again(row);
    else if (this.fix.lat === undefined || this.fix.lon === undefined) this.sink.leaveOut('no_position', row.line);
    else if (isNothing(field)) this.sink.leaveOut('no_time', row.line);
    else this.sink.leaveOut('not_understood', row.line, timeFault(kindOf(field), this.clock.fault));
    return false;
  }

  /** The header again; rows below one of other columns would be misread. */
  private again(row: Row): void {
    const { names } = this.header;
    const plain = (name: string) => name.replace(/^[\ufeff#%;\s]+/, '').toLowerCase();
    const same = names.every((name, i) => plain(fieldText(row, i)) === plain(name));
    if (same) this.sink.leaveOut('repeated_header', row.line);
    else
      throw this.sink.bad(
        row.line,
        'a header of other columns than the first one; write one file for each',
        'LOG_COLUMN',
      );
  }

  private speed(row: Row): void {
    const { fix } = this;
    fix.speed = Number.NaN;
    for (const { index, unit, name } of this.header.speeds) {
      if (index >= row.count) continue;
      const value = this.speedIn(row, index, unit, name);
      if (Number.isNaN(value)) continue;
      fix.speed = this.oneUnit || value === -1 ? value : value * FACTOR[unit];
      return;
    }
  }

  /** The number in the unit of its column, also where a unit stands behind it. */
  private speedIn(row: Row, at: number, unit: SpeedUnit, name: string): number {
    const plain = plainNumber(row.codes, row.from[at] as number, row.to[at] as number);
    if (!Number.isNaN(plain)) return plain;
    const told = unit === 'open' ? undefined : withUnit(fieldText(row, at));
    return told
      ? told.value * (told.unit === unit ? 1 : FACTOR[told.unit] / FACTOR[unit])
      : this.optional(row, at, name);
  }

  private optional(row: Row, at: number | undefined, name: string): number {
    if (at === undefined || at >= row.count) return Number.NaN;
    const value = plainNumber(row.codes, row.from[at] as number, row.to[at] as number);
    return Number.isNaN(value) ? this.sink.number(fieldText(row, at), name, row.line) : value;
  }

  /** What holds for the table as a whole. */
  end(): void {
    if (!this.begun) this.announce();
    this.position.end();
    if (this.short > 0) this.sink.warn(`${this.short} rows have fewer fields than the header`);
    if (this.wide > 0) this.sink.warn(`${this.wide} rows have more fields than the header and were left out`);
  }
}

/** Whether of a time and the date beside it one is UTC and one local: around midnight they are of two days. */
function isOfOtherClock(time: TimeColumn, date: TimeColumn | undefined): boolean {
  const name = date?.name ?? '';
  return LOCAL.test(name)
    ? time.zone === 'UTC' && !LOCAL.test(time.name)
    : LOCAL.test(time.name) && zoneOfName(name) === 'UTC';
}

/** Whether of two clocks one so far ahead is local time at this longitude and the other one UTC, and never the reverse. */
function isLocalOf(ahead: number, lon: number): boolean {
  const beside = Math.abs(ahead - Math.round(ahead / QUARTER_MS) * QUARTER_MS);
  const beyondSun = (ms: number) => ms / HOUR_MS - lon / 15;
  const fits = (hours: number) => hours >= LEAST_BEYOND_SUN_H && hours <= MOST_BEYOND_SUN_H;
  return (
    Math.abs(ahead) >= QUARTER_MS - LATE_MS && beside <= LATE_MS && fits(beyondSun(ahead)) && !fits(beyondSun(-ahead))
  );
}

/** The value of a column of offsets whose name says that they are minutes or seconds; any other as it is. */
function inHours(value: string, name: string): string {
  const per = /min(?:ute)?s?\W*$/i.test(name) ? 60 : /(?:sec(?:ond)?s?|[ _(]s)\W*$/i.test(name) ? 3600 : 1;
  const number = per === 1 ? Number.NaN : decimal(value);
  return Number.isNaN(number) ? value : String(number / per);
}

/** HHMMSS as a clock. */
function clockText(text: string): string {
  const m = /^(\d{1,2})(\d{2})(\d{2})(\.\d+)?$/.exec(text);
  return m ? `${m[1]?.padStart(2, '0')}:${m[2]}:${m[3]}${m[4] ?? ''}` : text;
}

/** A number with its unit behind it, as "35 km/h". */
function withUnit(text: string): { value: number; unit: Exclude<SpeedUnit, 'open'> } | undefined {
  if (text.length > LONGEST_VALUE) return undefined;
  const [, number = '', words = ''] = /^([-+]?\d[\d.,]*)\s*([a-z][a-z/ .]*)$/i.exec(text) ?? [];
  const unit = speedUnit(
    words
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  );
  const value = decimal(number);
  return unit === undefined || unit === 'open' || Number.isNaN(value) ? undefined : { value, unit };
}
