// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1: the points of all tracks and segments, with the speed and course extensions of Garmin, OsmAnd,
// Strava, OpenGPSTracker and others. Times are UTC by the format, speeds metres per second by the format; programs
// that write other units are found by the movement.
// https://www.topografix.com/GPX/1/1/ , https://www.topografix.com/GPX/1/0/gpx.xsd
import { TimeText } from '../clock/text.ts';
import { FACTOR, type FixSink, type LogFormat, type LogSource, type RawFix } from '../format.ts';
import { meaningOf } from '../table/names.ts';
import { LEVELS, PlainPoint, type PointRole } from './points.ts';
import { beginsWithElement, type PlainElements, readXml, type XmlHandler } from './xml.ts';

const ROLES: Record<string, PointRole> = {
  speed: 'speed',
  course: 'heading',
  bearing: 'heading',
  heading: 'heading',
  hacc: 'accuracy',
  hAcc: 'accuracy',
  accuracy: 'accuracy',
};

/** What an extension of another name is: a speed whose name gives its unit, or something that is not used and said. */
interface Other {
  factor: number | undefined;
}

/** Names of GPX itself that are no speed, course or accuracy. */
const OWN = new Set(['time', 'fix', 'sat', 'hdop', 'vdop', 'pdop', 'trkpt', 'extensions']);
const others = new Map<string, Other | undefined>();
/** Names of one log that are said, at most. */
const SAID_NAMES = 20;
/** More names are looked at each time. */
const KEPT = 1000;

function otherOf(name: string): Other | undefined {
  if (others.has(name)) return others.get(name);
  const meaning = OWN.has(name) || roleOf(name) !== undefined ? undefined : meaningOf(name);
  let other: Other | undefined;
  if (meaning?.role === 'speed' && meaning.unit !== 'open') other = { factor: FACTOR[meaning.unit] };
  else if (!OWN.has(name) && roleOf(name) === undefined && MATTERS.test(name)) {
    other = { factor: undefined };
  }
  if (others.size < KEPT) others.set(name, other);
  return other;
}
const MATTERS = /speed|velocity|course|heading|bearing|accuracy/i;

/** The names of elements that serve as speed, heading and accuracy, found as the log is read. */
class Used {
  private readonly seen: Partial<Record<PointRole, string>> = {};
  private readonly ignored = new Set<string>();
  private readonly sink: FixSink;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  note(role: PointRole, name: string): void {
    if (this.seen[role] !== undefined) return;
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

const roleOf = (name: string): PointRole | undefined => (Object.hasOwn(ROLES, name) ? ROLES[name] : undefined);

class Track implements XmlHandler {
  private readonly sink: FixSink;
  private readonly used: Used;
  readonly fix: RawFix = { time: undefined, lat: NaN, lon: NaN, speed: NaN, heading: NaN, accuracy: NaN };
  /** Of the point that is open; 0 outside of points. */
  private depth = 0;
  private points = 0;
  private timed = 0;
  private others = 0;
  readonly plain: PlainElements | undefined;

  /** `ahead`: plain points are read without the parser. */
  constructor(sink: FixSink, ahead: boolean) {
    this.sink = sink;
    this.used = new Used(sink);
    this.plain = ahead ? new PlainPoints(this, sink) : undefined;
  }

  get isInPoint(): boolean {
    return this.depth > 0;
  }

  open(name: string, attributes: Record<string, string>, path: readonly string[]): void {
    if (name === 'wpt' || name === 'rtept') this.others++;
    if (name !== 'trkpt') return;
    this.depth = path.length;
    this.begin(attributes['lat'], attributes['lon']);
  }

  /** A point begins. */
  begin(lat: unknown, lon: unknown): void {
    const { fix } = this;
    this.points++;
    fix.time = undefined;
    fix.valid = true;
    fix.speed = fix.heading = fix.accuracy = NaN;
    fix.lat = lat;
    fix.lon = lon;
  }

  close(name: string, text: string, path: readonly string[], line: number): void {
    if (this.depth === 0) return;
    if (name === 'trkpt') {
      this.end(line);
      this.depth = 0;
      return;
    }
    // An extension may have a time of its own.
    if (name === 'time' && path.length === this.depth + 1) this.fix.time = text;
    else if (name === 'fix' && text.trim() === 'none') this.fix.valid = false;
    const factor = this.factorOf(name);
    if (!Number.isNaN(factor)) this.value(name, this.sink.number(text, name, line) * factor);
  }

  /** By which a value is multiplied; NaN where it is not used, or where an extension of another name gives a second speed. */
  factorOf(name: string): number {
    if (roleOf(name) !== undefined) return 1;
    const other = otherOf(name);
    if (other === undefined) return Number.NaN;
    if (other.factor === undefined) this.used.ignore(name);
    return Number.isNaN(this.fix.speed) ? (other.factor ?? Number.NaN) : Number.NaN;
  }

  /** A value of the point. */
  value(name: string, value: number): void {
    const role = roleOf(name) ?? 'speed';
    this.used.note(role, name);
    this.fix[role] = value;
  }

  end(line: number): void {
    if (this.fix.time !== undefined) this.timed++;
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
  private readonly sink: FixSink;
  private readonly clock = new TimeText();
  private readonly point = new PlainPoint(
    (name) => name === 'time' || name === 'fix' || roleOf(name) !== undefined || otherOf(name) !== undefined,
  );

  constructor(track: Track, sink: FixSink) {
    this.track = track;
    this.sink = sink;
  }

  read(text: string, at: number, line: number): number {
    this.line = line;
    if (this.track.isInPoint) return at;
    for (let from = at; ; ) {
      const to = this.point.find(text, from, this.line);
      if (to < 0) return from;
      this.line = this.point.line;
      this.take(text);
      from = to;
    }
  }

  private take(text: string): void {
    const { track, sink, point } = this;
    const { names, from, to, lines, values } = point;
    track.begin(point.lat, point.lon);
    for (let i = 0; i < point.count; i++) {
      const name = names[i] as string;
      const [begin, end] = [from[i] as number, to[i] as number];
      if (name === 'time') {
        if (point.direct[i]) this.time(text, begin, end);
      } else if (name === 'fix') {
        if (text.slice(begin, end).trim() === 'none') track.fix.valid = false;
      } else {
        const factor = track.factorOf(name);
        if (Number.isNaN(factor)) continue;
        const plain = values[i] as number;
        const value = Number.isNaN(plain) ? sink.number(text.slice(begin, end), name, lines[i] as number) : plain;
        track.value(name, value * factor);
      }
    }
    track.end(this.line);
  }

  private time(text: string, from: number, to: number): void {
    const { fix } = this.track;
    const ms = this.clock.iso(this.point.codes, from, to);
    fix.time = Number.isNaN(ms) ? text.slice(from, to) : ms;
    fix.local = fix.noSeconds = false;
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
