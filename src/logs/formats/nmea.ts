// SPDX-License-Identifier: MIT
// NMEA 0183: RMC, GGA, GNS, VTG, ZDA and DTM of any talker, anywhere in a line, for dash cams and loggers write a time or a
// number before the sentence. Sentences of one moment make one fix. Times are UTC, speeds knots.
// The packages gps 0.9.0 and nmea-simple 3.3.0 were looked at: both put a GGA on today's date or need its checksum,
// and read "12abc" as 12.
import { DATUM_FAULT, dtmTellsOther } from '../datum.ts';
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { eachLine } from './lines.ts';

const SENTENCE = /[$!]([A-Z]{2}|P)(RMC|GGA|GNS|VTG|ZDA|DTM),([^$!*\r\n]*)(?:\*([0-9A-Fa-f]{2}))?/g;
const KNOTS_PER_KMH = 1 / 1.852;
/** Modes and qualities of positions that are typed in (M, 7) or simulated (S, 8). */
const MADE = /^[MS78]$/;
const HALF_DAY = 43_200_000;
const DAY = 2 * HALF_DAY;
/** Between fixes on both sides of midnight, at most: after a longer silence the clock may have been set back. */
const OVER_MIDNIGHT = 600_000;
/** After a speed, positions of other sentences alone have none: RMC comes less often, or at other times. */
const BETWEEN = 1000;
const NO_MINUTES = 'positions of NMEA are degrees and minutes (DDMM.MMMM) with N or S and E or W; these are not';

/** Milliseconds into the day of hhmmss.sss, NaN when it is none. */
function timeOfDay(text: string | undefined): number {
  const [, h, m, s] = /^(\d\d)(\d\d)(\d\d(?:\.\d{0,9})?)$/.exec(text ?? '') ?? [];
  if (h === undefined || Number(h) > 23 || Number(m) > 59 || Number(s) >= 61) return NaN;
  return (Number(h) * 60 + Number(m)) * 60_000 + Math.round(Number(s) * 1000);
}

/** Unix milliseconds of a day, NaN when there is no such day. */
function dayOf(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : NaN;
}

function dateOf(text: string | undefined): number {
  const [, d, m, y] = /^(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  if (d === undefined) return NaN;
  return dayOf(Number(y) + (Number(y) < 80 ? 2000 : 1900), Number(m), Number(d));
}

/** Degrees of (d)ddmm.mmmm and its hemisphere, NaN when it is none. */
function degrees(text: string | undefined, side: string | undefined, sides: string): number {
  const [, whole, minutes] = /^(\d{1,3})(\d\d(?:\.\d*)?)$/.exec(text ?? '') ?? [];
  const at = side !== undefined && side.length === 1 ? sides.indexOf(side) : -1;
  if (minutes === undefined || Number(minutes) >= 60 || at < 0) return NaN;
  const value = Number(whole) + Number(minutes) / 60;
  return at === 0 ? value : -value;
}

function isSum(body: string, sum: string): boolean {
  let value = 0;
  for (let i = 0; i < body.length; i++) value ^= body.charCodeAt(i);
  return value === Number.parseInt(sum, 16);
}

/** What the sentences of one moment say. */
interface Moment {
  time: number;
  place: number;
  /** Of the RMC that says whether it is valid: the satellites of another may give none. */
  talker: string;
  lat: number;
  lon: number;
  /** None before a sentence says so. */
  valid: boolean | undefined;
  /** A sentence has a text for the position. */
  told: boolean;
  /** A sentence calls the position typed in or simulated, whatever another says. */
  made: boolean;
  knots: number;
  course: number;
  hasVtg: boolean;
}

const moment = (time: number, place: number): Moment => ({
  time,
  place,
  talker: '',
  lat: NaN,
  lon: NaN,
  valid: undefined,
  told: false,
  made: false,
  knots: NaN,
  course: NaN,
  hasVtg: false,
});

function position(now: Moment, f: readonly string[], at: number): void {
  now.lat = degrees(f[at], f[at + 1], 'NS');
  now.lon = degrees(f[at + 2], f[at + 3], 'EW');
  now.told = (f[at] ?? '') !== '' && (f[at + 2] ?? '') !== '';
}

class NmeaReader {
  fixes = 0;
  undated = 0;
  /** Sentences whose checksums are wrong. */
  wrong = 0;
  /** Moments whose positions no receiver measured. */
  made = 0;
  /** Positions without a speed between those of RMC. */
  between = 0;
  private lastSpeed = NaN;
  private readonly sink: FixSink;
  private day = NaN;
  /** The day that ended at midnight, which some recorders go on to tell. */
  private ended = NaN;
  private now: Moment | undefined;
  private readonly fix = new RawFix();
  private sums = false;
  /** The recorder writes VTG before the moment it belongs to; the one that waits for it. */
  private vtgFirst = false;
  private early: string[] | undefined;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  line(text: string, place: number): void {
    SENTENCE.lastIndex = 0;
    let found = 0;
    for (let match = SENTENCE.exec(text); match !== null; match = SENTENCE.exec(text)) {
      found++;
      const [, talker = '', kind = '', body = '', sum] = match;
      if (sum === undefined ? this.sums : !isSum(`${talker}${kind},${body}`, sum)) {
        this.wrong++;
        this.sink.leaveOut('damaged', place);
        continue;
      }
      this.sums ||= sum !== undefined;
      this.sentence(talker, kind, body.split(','), place);
    }
    if (found === 0 && /[$!][A-Z]{2}(RMC|GGA|GNS)\b/.test(text)) this.sink.leaveOut('damaged', place);
  }

  private sentence(talker: string, kind: string, fields: string[], place: number): void {
    if (kind === 'RMC') this.rmc(talker, fields, place);
    else if (kind === 'GGA') this.gga(fields, place);
    else if (kind === 'GNS') this.gns(fields, place);
    else if (kind === 'VTG') this.vtg(fields, place);
    else if (kind === 'ZDA') this.zda(fields);
    else if (dtmTellsOther(fields)) throw this.sink.bad(place, DATUM_FAULT, 'LOG_FORMAT');
  }

  /** The moment of that time of day; an earlier one is over and becomes a fix. */
  private at(time: number, place: number): Moment {
    if (this.now?.time === time) return this.now;
    const before = this.now?.time ?? time;
    this.flush();
    if (before - time > HALF_DAY) {
      this.ended = before - time > DAY - OVER_MIDNIGHT ? this.day : NaN;
      this.day += DAY; // until a date is told
    }
    this.now = moment(time, place);
    if (this.early !== undefined) this.vtg(this.early, place);
    return this.now;
  }

  private rmc(talker: string, f: string[], place: number): void {
    const time = timeOfDay(f[0]);
    if (Number.isNaN(time)) {
      this.sink.leaveOut('no_time', place);
      return;
    }
    const now = this.at(time, place);
    const day = dateOf(f[8]);
    if (!Number.isNaN(day) && day !== this.ended) this.day = day;
    const valid = f[1] === 'A' && f[11] !== 'N';
    if (!valid && now.valid === true && now.talker !== '' && now.talker !== talker) return;
    now.talker = talker;
    now.valid = valid;
    now.made ||= MADE.test(f[11] ?? '');
    position(now, f, 2);
    now.place = place;
    const knots = this.sink.number(f[6], 'speed of RMC', place);
    if (!Number.isNaN(knots)) now.knots = knots;
    const course = this.sink.number(f[7], 'course of RMC', place);
    if (!Number.isNaN(course)) now.course = course;
  }

  private gga(f: string[], place: number): void {
    const time = timeOfDay(f[0]);
    if (Number.isNaN(time)) return;
    const now = this.at(time, place);
    now.made ||= MADE.test(f[5] ?? '');
    if (now.valid !== undefined) return; // RMC has said it
    now.valid = /^[1-9]$/.test(f[5] ?? '');
    position(now, f, 1);
  }

  /** As GGA, with a letter of the mode for each system of satellites. */
  private gns(f: string[], place: number): void {
    const time = timeOfDay(f[0]);
    if (Number.isNaN(time)) return;
    const now = this.at(time, place);
    const modes = (f[5] ?? '').replaceAll('N', '');
    now.made ||= /^[MS]+$/.test(modes);
    if (now.valid !== undefined) return; // another sentence has said it
    now.valid = modes !== '';
    position(now, f, 1);
  }

  private vtg(f: string[], place: number): void {
    const { now } = this;
    if (now === undefined || (this.vtgFirst && f !== this.early)) {
      this.vtgFirst = true;
      this.early = f;
      return;
    }
    this.early = undefined;
    if (now.hasVtg) return;
    now.hasVtg = true;
    const old = f[1] !== 'T'; // before NMEA 2.0: no letters between the values
    const knots = this.sink.number(old ? f[2] : f[4], 'speed of VTG', place);
    const kmh = this.sink.number(old ? f[3] : f[6], 'speed of VTG', place);
    if (Number.isNaN(now.knots)) now.knots = Number.isNaN(knots) ? kmh * KNOTS_PER_KMH : knots;
    if (Number.isNaN(now.course)) now.course = this.sink.number(f[0], 'course of VTG', place);
  }

  private zda(f: string[]): void {
    const time = timeOfDay(f[0]);
    const day = dayOf(Number(f[3]), Number(f[2]), Number(f[1]));
    if (Number.isNaN(day) || Number.isNaN(time)) return;
    if (this.now !== undefined && this.now.time !== time) this.flush();
    this.day = day;
  }

  /** A position beside one with a speed, which has none of its own because no RMC tells it. */
  private isBetween({ valid, talker, knots }: Moment, time: number): boolean {
    if (!valid || talker !== '' || !Number.isNaN(knots)) return false;
    return time > this.lastSpeed && time - this.lastSpeed < BETWEEN;
  }

  flush(): void {
    const { now, fix } = this;
    this.now = undefined;
    if (now?.valid === undefined) return;
    if (Number.isNaN(this.day)) {
      this.undated++;
      this.sink.leaveOut('no_time', now.place);
      return;
    }
    this.fixes++;
    if (now.valid && now.told && Number.isNaN(now.lat + now.lon)) {
      this.sink.leaveOut('not_understood', now.place, { what: NO_MINUTES, error: 'LOG_DEGREES' });
      return;
    }
    const time = this.day + now.time;
    if (this.isBetween(now, time)) {
      this.between++;
      this.sink.leaveOut('doubled', now.place);
      return;
    }
    if (now.valid && !Number.isNaN(now.knots)) this.lastSpeed = time;
    fix.time = time;
    fix.lat = now.lat;
    fix.lon = now.lon;
    fix.speed = now.knots;
    fix.heading = now.course;
    fix.valid = now.valid && !now.made;
    if (now.valid && now.made) this.made++;
    this.sink.add(fix, now.place);
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = { time: 'RMC', lat: 'RMC', lon: 'RMC', speed: 'RMC', heading: 'RMC', valid: 'RMC' };
  sink.declare({ speedUnit: 'knots', zoneless: 'utc', columns });
  const reader = new NmeaReader(sink);
  await eachLine(source, sink, (line, number) => reader.line(line, number));
  reader.flush();
  if (reader.made > 0 && reader.made === reader.fixes) {
    const what =
      'its positions are typed in or simulated, as mode M or S, or quality 7 or 8, says; no receiver measured them';
    throw sink.bad(1, what, 'LOG_NO_FIX');
  }
  if (reader.made > 0) sink.warn(`${reader.made} positions are typed in or simulated, and are left out`);
  if (reader.between > 0) sink.warn(`${reader.between} positions between those of RMC have no speed, and are left out`);
  if (reader.fixes === 0 && reader.undated === 0 && reader.wrong > 0) {
    const what = 'the checksums of its NMEA sentences are wrong; copy the file from the recorder again';
    throw sink.bad(1, what, 'LOG_NO_FIX');
  }
  if (reader.fixes === 0 && reader.undated === 0) {
    throw sink.bad(1, 'these NMEA sentences have no RMC, GGA or GNS with a time; log RMC', 'LOG_NO_FIX');
  }
  if (reader.fixes === 0 && reader.undated > 0) {
    const what = 'these NMEA sentences have no date; log RMC (or ZDA) beside GGA or GNS';
    throw sink.bad(1, what, 'LOG_NO_TIMES');
  }
}

const nmea: LogFormat = {
  name: 'nmea',
  title: 'NMEA 0183',
  recognises: ({ text }) =>
    /[$!](?:[A-Z]{2}|P)(?:RMC|GGA|GNS|VTG|ZDA|GLL|GSA|GSV),[^\n]*/.test(text) && !/^\s*(?:[{<]|\[\s*[[{"])/.test(text),
  read,
};
export default nmea;
