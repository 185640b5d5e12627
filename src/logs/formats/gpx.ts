// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1: the points of all tracks and segments, with the speed and course extensions of Garmin, OsmAnd,
// Strava, OpenGPSTracker and others. Times are UTC by the format, speeds metres per second by the format; programs
// that write other units are found by the movement.
// https://www.topografix.com/GPX/1/1/ , https://www.topografix.com/GPX/1/0/gpx.xsd
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';
import type { Plain, Taken } from './passages.ts';
import { LONGEST_POINT, PlainPoints, type PointRole, type Shape } from './plain_points.ts';
import { beginsWithElement, readXml, type XmlHandler } from './xml.ts';

const ROLES: Record<string, 'speed' | 'heading' | 'accuracy'> = {
  speed: 'speed',
  course: 'heading',
  bearing: 'heading',
  heading: 'heading',
  hacc: 'accuracy',
  accuracy: 'accuracy',
};

/** The names of elements that serve as speed, heading and accuracy, found as the log is read. */
class Used {
  private readonly seen: Partial<Record<'speed' | 'heading' | 'accuracy', string>> = {};
  private readonly sink: FixSink;

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  note(role: 'speed' | 'heading' | 'accuracy', name: string): void {
    if (this.seen[role] !== undefined) return;
    this.seen[role] = name;
    this.sink.declare({ columns: { time: 'time', lat: 'lat', lon: 'lon', ...this.seen } });
  }
}

function roleOf(name: string): PointRole {
  if (name === 'time' || name === 'fix') return name;
  return (Object.hasOwn(ROLES, name) ? ROLES[name] : undefined) ?? 'other';
}

class Track implements XmlHandler {
  private readonly sink: FixSink;
  private readonly used: Used;
  private readonly fix: RawFix = { time: undefined, lat: NaN, lon: NaN, speed: NaN, heading: NaN, accuracy: NaN };
  /** Of the point that is open; 0 outside of points. */
  private depth = 0;
  private points = 0;
  private timed = 0;
  private others = 0;
  private readonly taken: Taken = { end: 0, lines: 0 };
  private readonly shapes = new PlainPoints(roleOf);
  readonly plain: Plain = {
    inside: 'trkseg',
    open: '<trkpt',
    close: '</trkpt>',
    most: LONGEST_POINT,
    take: (text, from, line) => this.point(this.shapes.find(text, from), text, line),
    takeNew: (text, from, to, line) => this.point(this.shapes.learn(text, from, to), text, line),
  };

  constructor(sink: FixSink) {
    this.sink = sink;
    this.used = new Used(sink);
  }

  private point(shape: Shape | undefined, text: string, line: number): Taken | undefined {
    if (shape === undefined) return undefined;
    const { fix, shapes, taken } = this;
    taken.end = shapes.end;
    taken.lines = shape.lines;
    this.begin();
    const { slots } = shape;
    for (let k = 0; k < slots.length; k++) {
      const { role, name, line: own } = slots[k] as (typeof slots)[number];
      if (role === 'other') continue;
      const value = shapes.value[k] as number;
      if (Number.isNaN(value) || role === 'fix') {
        this.value(role, name, text.slice(shapes.from[k], shapes.to[k]), line + own);
      } else if (role === 'time') {
        fix.time = value;
        fix.local = fix.noSeconds = false;
      } else {
        if (role !== 'lat' && role !== 'lon') this.used.note(role, name);
        fix[role] = value;
      }
    }
    this.finish(line + shape.lines);
    return taken;
  }

  private value(role: PointRole, name: string, text: string, line: number): void {
    const { fix } = this;
    if (role === 'lat' || role === 'lon' || role === 'time') fix[role] = text;
    else if (role === 'fix') fix.valid = fix.valid !== false && text.trim() !== 'none';
    else if (role !== 'other') {
      this.used.note(role, name);
      fix[role] = this.sink.number(text, name, line);
    }
  }

  private begin(): void {
    const { fix } = this;
    this.points++;
    fix.time = undefined;
    fix.valid = true;
    fix.speed = fix.heading = fix.accuracy = NaN;
  }

  private finish(line: number): void {
    if (this.fix.time !== undefined) this.timed++;
    this.sink.add(this.fix, line);
  }

  open(name: string, attributes: Record<string, string>, path: readonly string[]): void {
    if (name === 'wpt' || name === 'rtept') this.others++;
    if (name !== 'trkpt') return;
    this.depth = path.length;
    this.begin();
    this.fix.lat = attributes['lat'];
    this.fix.lon = attributes['lon'];
  }

  close(name: string, text: string, path: readonly string[], line: number): void {
    if (this.depth === 0) return;
    if (name === 'trkpt') {
      this.finish(line);
      this.depth = 0;
      return;
    }
    // An extension may have a time of its own.
    if (name !== 'time' || path.length === this.depth + 1) this.value(roleOf(name), name, text, line);
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

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', columns: { time: 'time', lat: 'lat', lon: 'lon' } });
  const track = new Track(sink);
  await readXml(source, sink, 'gpx', track);
  track.check();
}

const gpx: LogFormat = {
  name: 'gpx',
  title: 'GPX 1.0 and 1.1',
  recognises: (head) => beginsWithElement(head.text, 'gpx'),
  read,
};
export default gpx;
