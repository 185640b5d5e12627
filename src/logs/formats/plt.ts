// SPDX-License-Identifier: MIT
// PLT: the track files of GeoLife and of OziExplorer. Six lines, then latitude, longitude, a flag, altitude in feet,
// days since 30 December 1899 (UTC), date and time. No speed.
// GeoLife GPS Trajectories 1.3, user guide; OziExplorer help, "Track File".
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { eachLine } from './lines.ts';

const HEADER_LINES = 6;
const EPOCH_DAY = 25_569;
const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;
/** Zones differ by quarters of an hour, and a day with two decimals is known to seven minutes. */
const SAME_MS = 450_000;
const TWO_CLOCKS =
  'the day number and the date beside it tell two times; PLT counts days since 30 December 1899, in UTC as the date';
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** GeoLife's day has ten decimals: whole seconds; OziExplorer's seven: 10 ms. */
function timeOf(days: number): number {
  return Number.isFinite(days) && days > EPOCH_DAY ? Math.round((days - EPOCH_DAY) * DAY_MS) : Number.NaN;
}

/** GeoLife's date and clock as ISO 8601; undefined: of another form. */
function isoOf(date = '', clock = ''): string | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d:\d\d$/.test(clock) ? `${date}T${clock}Z` : undefined;
}

/** Milliseconds of OziExplorer's 09-Jan-99, 3:08:14, whose clock may have twelve hours and tell no half. */
function oziOf(date = '', clock = ''): number {
  const [, d, name = '', y] = /^(\d\d?)-([a-z]{3})-(\d\d)$/i.exec(date) ?? [];
  const [, h, m, s, half = ''] = /^(\d\d?):(\d\d):(\d\d) ?([AP]M)?$/i.exec(clock) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) / 3;
  if (d === undefined || h === undefined || !Number.isInteger(month)) return Number.NaN;
  const hour = half === '' ? Number(h) : (Number(h) % 12) + (/p/i.test(half) ? 12 : 0);
  return Date.UTC(Number(y) + (Number(y) < 80 ? 2000 : 1900), month, Number(d), hour, Number(m), Number(s));
}

/** The date's own time, or the counted one where there is none: the day tells the half that the clock leaves out. */
function halved(counted: number, told: number): number {
  if (Number.isNaN(told)) return counted;
  const half = counted > told ? HALF_DAY_MS : -HALF_DAY_MS;
  return Math.abs(told + half - counted) <= SAME_MS ? told + half : told;
}

/** Whether a day number with a part of the day is that of the date and clock beside it; `half`: by how much they may differ. */
function agree(days: string, counted: number, told: number, half: number): boolean {
  if (Number.isNaN(counted + told) || !/\.\d*[1-9]/.test(days)) return true;
  const apart = Math.abs(counted - told);
  return Math.min(apart, Math.abs(apart - half)) <= SAME_MS;
}

class PltReader {
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  private first = true;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  line(line: string, place: number): void {
    if (place === 2 && !/^WGS[ -]?84$/i.test(line.trim())) {
      throw this.sink.bad(place, 'the datum of this track is not WGS 84; save it with WGS 84', 'LOG_FORMAT');
    }
    if (place > HEADER_LINES && line.trim() !== '') this.row(line.split(','), place);
  }

  private row(fields: readonly string[], place: number): void {
    const { fix, sink } = this;
    const [lat, lon, , , days = '', date, clock] = fields;
    if (fields.length < 5) {
      sink.leaveOut('damaged', place);
      return;
    }
    fix.lat = sink.number(lat, 'latitude', place);
    fix.lon = sink.number(lon, 'longitude', place);
    const counted = timeOf(sink.number(days, 'days', place));
    const iso = isoOf(date?.trim(), clock?.trim());
    const isFine = !Number.isNaN(counted) && /\.\d{7}/.test(days);
    const told = iso === undefined && (this.first || !isFine) ? oziOf(date?.trim(), clock?.trim()) : Number.NaN;
    if (this.first) {
      const isOne =
        iso === undefined ? agree(days, counted, told, HALF_DAY_MS) : agree(days, counted, Date.parse(iso), 0);
      if (!isOne) throw sink.bad(place, TWO_CLOCKS, 'LOG_TIME');
    }
    this.first = false;
    fix.time = iso ?? (isFine ? counted : halved(counted, told));
    sink.add(fix, place);
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ zoneless: 'utc', columns: { time: '5', lat: '1', lon: '2' } });
  const reader = new PltReader(sink);
  await eachLine(source, sink, (line, place) => reader.line(line, place));
}

const plt: LogFormat = {
  name: 'plt',
  title: 'PLT (GeoLife, OziExplorer)',
  recognises: ({ text }) => /^(?:Geolife trajectory|OziExplorer Track Point File)/i.test(text),
  read,
};
export default plt;
