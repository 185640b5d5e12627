// SPDX-License-Identifier: MIT
// VBO, the sectioned text of Racelogic's VBOX and of lap timers: [column names] and [data], apart by blanks. Positions
// are minutes, longitude positive to the west; times are hhmmss.ss of UTC on the day of the first line; velocity is
// km/h unless [header] names another unit.
// Racelogic support centre, "VBO file format".
import { type FixSink, type LogFormat, type LogSource, RawFix, type SpeedUnit } from '../format.ts';
import { eachLine } from './lines.ts';

const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;
/** 64 and more are flags beside the number of satellites. */
const FLAGS = 64;
const UNITS: Record<string, SpeedUnit> = {
  kmh: 'kmh',
  'km/h': 'kmh',
  mph: 'mph',
  knots: 'knots',
  kts: 'knots',
  'm/s': 'mps',
};
const NAMES = { time: ['time'], lat: ['lat', 'latitude'], lon: ['long', 'longitude'], speed: ['velocity'] } as const;

function clockOf(text: string | undefined): number {
  const [, h, m, s] = /^(\d\d)(\d\d)(\d\d(?:\.\d{1,9})?)$/.exec(text ?? '') ?? [];
  if (h === undefined || Number(h) > 23 || Number(m) > 59 || Number(s) >= 61) return Number.NaN;
  return (Number(h) * 60 + Number(m)) * 60_000 + Math.round(Number(s) * 1000);
}

/** Unix milliseconds of the moment in "File created on 05/10/2026 at 10:00:00", as if it were UTC. */
function createdOn(line: string): number {
  const [, d, mo, y, h, mi] = /created on (\d\d)[/.-](\d\d)[/.-](\d{4})(?:\D{1,9}(\d\d):(\d\d))?/i.exec(line) ?? [];
  if (d === undefined) return Number.NaN;
  const day = new Date(Date.UTC(Number(y), Number(mo) - 1, Number(d)));
  const isDay = day.getUTCDate() === Number(d) && day.getUTCMonth() === Number(mo) - 1;
  return isDay ? day.getTime() + (Number(h ?? 12) * 60 + Number(mi ?? 0)) * 60_000 : Number.NaN;
}

class VboReader {
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  private section = '';
  private columns: string[] = [];
  private created = Number.NaN;
  private day = Number.NaN;
  private before = 0;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  line(text: string, place: number): void {
    const line = text.trim();
    if (line === '') return;
    const [, section] = /^\[([^\]]{1,60})\]$/.exec(line) ?? [];
    if (section !== undefined) this.begin(section.toLowerCase(), place);
    else if (this.section === '') this.created = createdOn(line.slice(0, 200));
    else if (this.section === 'header') this.unit(line.toLowerCase());
    else if (this.section === 'column names') this.columns.push(...line.toLowerCase().split(/\s+/));
    else if (this.section === 'data') this.row(line.split(/\s+/), place);
  }

  private begin(section: string, place: number): void {
    this.section = section;
    if (section !== 'data') return;
    const lacking = (['time', 'lat', 'lon'] as const).filter((role) => this.at(role) < 0);
    if (lacking.length > 0)
      throw this.sink.bad(place, `no column ${lacking.join(', ')} among [column names]`, 'LOG_COLUMN');
    if (Number.isNaN(this.created)) {
      const what = 'this VBO file has no date; "File created on DD/MM/YYYY" is expected in its first line';
      throw this.sink.bad(1, what, 'LOG_NO_TIMES');
    }
    this.sink.warn('VBO has times of day only; the date is that of its first line');
  }

  /** "velocity mph" among the names of the channels. */
  private unit(channel: string): void {
    const unit = UNITS[/^velocity\s+\(?([a-z/]{2,6})\)?$/.exec(channel)?.[1] ?? ''];
    if (unit !== undefined) this.sink.declare({ speedUnit: unit });
  }

  private at(role: keyof typeof NAMES): number {
    return this.columns.findIndex((name) => (NAMES[role] as readonly string[]).includes(name));
  }

  private row(fields: string[], place: number): void {
    const { fix, sink } = this;
    if (fields.length < this.columns.length) {
      sink.leaveOut('damaged', place);
      return;
    }
    const number = (at: number, name: string) => (at < 0 ? Number.NaN : sink.number(fields[at], name, place));
    const sats = number(this.columns.indexOf('sats'), 'sats');
    fix.time = this.time(clockOf(fields[this.at('time')]));
    fix.lat = number(this.at('lat'), 'lat') / 60;
    fix.lon = -number(this.at('lon'), 'long') / 60;
    fix.speed = number(this.at('speed'), 'velocity');
    fix.heading = number(this.columns.indexOf('heading'), 'heading');
    fix.valid = Number.isNaN(sats) || sats % FLAGS > 0;
    sink.add(fix, place);
  }

  /** The file's line tells a local time or UTC: the first fix lies within half a day of it. */
  private time(clock: number): number {
    if (Number.isNaN(clock)) return Number.NaN;
    if (Number.isNaN(this.day)) {
      const day = Math.floor(this.created / DAY_MS) * DAY_MS;
      const ahead = day + clock - this.created;
      this.day = ahead > HALF_DAY_MS ? day - DAY_MS : ahead < -HALF_DAY_MS ? day + DAY_MS : day;
    } else if (this.before - clock > HALF_DAY_MS) this.day += DAY_MS;
    this.before = clock;
    return this.day + clock;
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = { time: 'time', lat: 'lat', lon: 'long', speed: 'velocity', heading: 'heading', valid: 'sats' };
  sink.declare({ speedUnit: 'kmh', zoneless: 'utc', columns });
  const reader = new VboReader(sink);
  await eachLine(source, sink, (line, place) => reader.line(line, place));
}

const vbo: LogFormat = {
  name: 'vbo',
  title: 'VBO (Racelogic VBOX)',
  recognises: ({ text }) => /^\[column names\]\s*$/im.test(text) && /^\s*(?:File created on|\[header\])/i.test(text),
  read,
};
export default vbo;
