// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1: the points of all tracks and segments, with the speed and course extensions of Garmin, OsmAnd,
// Strava, OpenGPSTracker and others. Times are UTC by the format, speeds metres per second by the format; programs
// that write other units are found by the movement.
// https://www.topografix.com/GPX/1/1/ , https://www.topografix.com/GPX/1/0/gpx.xsd
import { TimeText } from '../clock/text.ts';
import { Codes, type Text } from '../codes.ts';
import { FACTOR, type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { LONGEST_VALUE, numberOf, shortCodes } from '../numbers.ts';
import { isOfAnother } from '../table/dotted.ts';
import { meaningOf } from '../table/names.ts';
import { courseRank, LEVELS, type Measure, PlainPoint, type PointRole, type ValueRole } from './points.ts';
import { type Shape, UsualShape } from './shape.ts';
import { beginsWithElement, type PlainElements, readXml, type XmlHandler } from './xml.ts';

const ROLES: Record<string, PointRole> = {
  time: 'time',
  fix: 'fix',
  speed: 'speed',
  course: 'heading',
  bearing: 'heading',
  heading: 'heading',
  hacc: 'accuracy',
  accuracy: 'accuracy',
};

/** Speeds of cameras by how they were measured; as `speed` they are metres per second. */
const DIMENSIONS = /^(?:gps_?)?(?:speed_?[23]d|[23]d_?speed)$/i;
/** Names of GPX itself that are no speed, course or accuracy. */
const OWN = new Set(['sat', 'hdop', 'vdop', 'pdop', 'trkpt', 'extensions']);
const MATTERS = /speed|velocity|course|heading|bearing|accuracy/i;
/** Names of one log that are said, at most. */
const SAID_NAMES = 20;

/** An extension of another name: a speed, by which factor it is multiplied, or what is not used and said. */
type Other = { role: 'otherSpeed'; factor: number } | { role: 'unused' };

function otherOf(name: string): Other | undefined {
  if (OWN.has(name)) return undefined;
  if (DIMENSIONS.test(name)) return { role: 'otherSpeed', factor: 1 };
  const meaning = meaningOf(name);
  if (meaning?.role === 'speed' && meaning.unit !== 'open') return { role: 'otherSpeed', factor: FACTOR[meaning.unit] };
  return MATTERS.test(name) ? { role: 'unused' } : undefined;
}

function roleOf(name: string): PointRole | undefined {
  const plain = name.toLowerCase();
  return Object.hasOwn(ROLES, plain) ? ROLES[plain] : otherOf(name)?.role;
}

function factorOf(name: string): number {
  const other = otherOf(name);
  return other?.role === 'otherSpeed' ? other.factor : Number.NaN;
}

/** The names of elements that serve as speed, heading and accuracy, found as the log is read. */
class Used {
  private readonly seen: Partial<Record<Measure, string>> = {};
  private readonly ignored = new Set<string>();
  private readonly sink: FixSink;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  note(role: Measure, name: string): void {
    const seen = this.seen[role];
    if (seen !== undefined && !(role === 'heading' && courseRank(name) < courseRank(seen))) return;
    this.seen[role] = name;
    this.tell();
  }

  ignore(name: string): void {
    if (this.ignored.has(name) || this.ignored.size === SAID_NAMES) return;
    this.ignored.add(name);
    this.tell();
  }

  private tell(): void {
    const columns = { time: 'time', lat: 'lat', lon: 'lon', ...this.seen };
    this.sink.declare({ columns, ...(this.ignored.size > 0 ? { ignored: [...this.ignored] } : {}) });
  }
}

/** A text as the number that it is. */
function asNumber(text: string | undefined): number | string {
  const number = numberOf(text);
  return Number.isNaN(number) ? (text ?? number) : number;
}

class Track implements XmlHandler {
  private readonly sink: FixSink;
  private readonly used: Used;
  readonly fix = new RawFix();
  /** Of the point that is open; 0 outside of points. */
  private depth = 0;
  /** The name of the direction that it has. */
  private course = '';
  private points = 0;
  private timed = 0;
  private others = 0;
  private tracks = 0;
  private segments = 0;
  private readonly clock = new TimeText();
  readonly plain: PlainElements | undefined;

  /** `ahead`: plain points are read without the parser. */
  constructor(sink: FixSink, ahead: boolean) {
    this.sink = sink;
    this.used = new Used(sink);
    this.plain = ahead ? new PlainPoints(this) : undefined;
  }

  get isInPoint(): boolean {
    return this.depth > 0;
  }

  open(name: string, attributes: Record<string, string>, path: readonly string[]): void {
    if (name === 'wpt' || name === 'rtept') this.others++;
    if (name === 'trk') this.sink.turn('trk', String(++this.tracks));
    if (name === 'trkseg') this.sink.turn('trkseg', String(++this.segments), true);
    if (name !== 'trkpt') return;
    this.depth = path.length;
    this.begin();
    this.fix.lat = asNumber(attributes['lat']);
    this.fix.lon = asNumber(attributes['lon']);
  }

  /** A point begins. */
  begin(): void {
    const { fix } = this;
    this.points++;
    fix.time = NaN;
    fix.local = fix.noSeconds = false;
    fix.valid = true;
    fix.lat = fix.lon = fix.speed = fix.heading = fix.accuracy = NaN;
  }

  close(name: string, text: string, path: readonly string[], line: number): void {
    if (this.depth === 0) return;
    if (name === 'trkpt') {
      this.end(line);
      this.depth = 0;
      return;
    }
    const role = roleOf(name);
    const own = path.length - this.depth;
    if (role === undefined || (own > 2 && isOfAnother(path.slice(this.depth)))) return;
    // An extension may have a time of its own.
    if (role === 'time') this.time(own === 1, text);
    else if (role === 'fix') this.kind(text);
    else this.read(role, name, text, line);
  }

  /** As a number where its form is the usual one: a text would make room for texts in each fix. */
  private time(own: boolean, text: string): void {
    if (!own) return;
    const plain = text.length <= LONGEST_VALUE && this.clock.iso(shortCodes(text), 0, text.length);
    this.fix.time = plain ? this.clock.ms : text;
  }

  /** What the point says of its fix. */
  kind(text: string): void {
    if (text.trim() === 'none') this.fix.valid = false;
  }

  /** A value of the point, as a number where it is a plain one. */
  read(role: Measure | Other['role'], name: string, written: number | string, line: number): void {
    const { fix, used, sink } = this;
    if (role === 'unused') {
      used.ignore(name);
      return;
    }
    const isOther = role === 'otherSpeed';
    if (isOther && !Number.isNaN(fix.speed)) return; // a second speed
    const value = typeof written === 'number' ? written : sink.number(written, name, line);
    const measure = isOther ? 'speed' : role;
    if (role === 'heading') {
      if (!Number.isNaN(fix.heading) && courseRank(name) > courseRank(this.course)) return;
      this.course = name;
    }
    used.note(measure, name);
    fix[measure] = isOther ? value * factorOf(name) : value;
  }

  end(line: number): void {
    const { time } = this.fix;
    if (typeof time === 'string' || !Number.isNaN(time)) this.timed++;
    this.sink.add(this.fix, line);
  }

  /** @throws TomareError when the file is GPX and no recorded track */
  check(): void {
    if (this.points === 0 && this.others > 0) {
      const what = 'this GPX file has waypoints or a route and no track; export the recorded track';
      throw this.sink.bad(1, what, 'LOG_NO_TRACK');
    }
    if (this.points > 0 && this.timed === 0) {
      const what = 'this is a GPX file without times; export the recorded track with its times';
      throw this.sink.bad(1, what, 'LOG_NO_TIMES');
    }
  }
}

/** Plain points: the same fixes as by the parser, without a copy of what is a plain number or time. */
class PlainPoints implements PlainElements {
  readonly parent = 'trkseg';
  readonly end = '</trkpt>';
  readonly levels = LEVELS;
  readonly attributes = 2;
  line = 1;
  private readonly track: Track;
  private readonly clock = new TimeText();
  private readonly chunk = new Codes();
  private readonly point = new PlainPoint(roleOf);
  private readonly usual = new UsualShape();

  constructor(track: Track) {
    this.track = track;
  }

  read(text: Text, at: number, line: number): number {
    this.line = line;
    if (this.track.isInPoint) return at;
    const { point, usual } = this;
    const codes = this.chunk.of(text);
    for (let from = at; ; ) {
      let to = usual.find(codes, from);
      if (to >= 0) {
        this.again(usual.shape as Shape);
      } else {
        to = point.find(text, codes, from, this.line);
        if (to < 0) return from;
        this.line = point.line;
        if (this.take(text, codes)) usual.other(point, codes, from, to, this.track.fix.valid !== false);
      }
      from = to;
    }
  }

  /** A point of the usual shape. */
  private again({ slots, values, timed, valid, lines }: Shape): void {
    const { track } = this;
    const { fix } = track;
    track.begin();
    fix.lat = values[slots.lat];
    fix.lon = values[slots.lon];
    fix.valid = valid;
    if (timed) fix.time = values[slots.time] as number;
    fix.speed = values[slots.speed] as number;
    fix.heading = values[slots.heading] as number;
    fix.accuracy = values[slots.accuracy] as number;
    this.line += lines;
    track.end(this.line);
  }

  /** Whether a shape can find points like this one: it knows no second speed. */
  private take(text: Text, codes: Uint16Array): boolean {
    const { track, point } = this;
    const { roles, from, to } = point;
    let usual = true;
    track.begin();
    for (let k = 0; k < point.count; k++) {
      const role = roles[k];
      if (role === undefined) continue;
      if (role === 'time') this.time(text, codes, from[k] as number, to[k] as number);
      else if (role === 'fix') track.kind(text.slice(from[k], to[k]));
      else this.value(text, role, k);
      usual = usual && role !== 'otherSpeed';
    }
    track.end(this.line);
    return usual;
  }

  private value(text: Text, role: Exclude<ValueRole, 'time' | 'fix' | undefined>, k: number): void {
    const { track, point } = this;
    const plain = point.values[k] as number;
    const written = Number.isNaN(plain) ? text.slice(point.from[k], point.to[k]) : plain;
    if (role === 'lat') track.fix.lat = written;
    else if (role === 'lon') track.fix.lon = written;
    else track.read(role, point.names[k] as string, written, point.lines[k] as number);
  }

  private time(text: Text, codes: Uint16Array, from: number, to: number): void {
    const { fix } = this.track;
    fix.time = this.clock.iso(codes, from, to) ? this.clock.ms : text.slice(from, to);
  }
}

/** Reads the track; `ahead`: plain points without the parser, with the same outcome. */
export async function readTrack(source: LogSource, sink: FixSink, ahead = true): Promise<void> {
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', columns: { time: 'time', lat: 'lat', lon: 'lon' } });
  const track = new Track(sink, ahead);
  await readXml(source, sink, 'gpx', track);
  track.check();
}

const gpx: LogFormat = {
  name: 'gpx',
  title: 'GPX 1.0 and 1.1',
  recognises: (head) => beginsWithElement(head.text, 'gpx'),
  read: (source, sink) => readTrack(source, sink),
};
export default gpx;
