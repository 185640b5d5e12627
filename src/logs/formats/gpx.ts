// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1: the points of all tracks and segments, with the speed and course extensions of Garmin, OsmAnd,
// Strava, OpenGPSTracker and others. Times are UTC by the format, speeds metres per second by the format; programs
// that write other units are found by the movement.
// https://www.topografix.com/GPX/1/1/ , https://www.topografix.com/GPX/1/0/gpx.xsd
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';
import { beginsWithElement, readXml, type XmlHandler } from './xml.ts';

const ROLES: Record<string, 'speed' | 'heading' | 'accuracy'> = {
  speed: 'speed',
  course: 'heading',
  bearing: 'heading',
  heading: 'heading',
  hacc: 'accuracy',
  hAcc: 'accuracy',
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

class Track implements XmlHandler {
  private readonly sink: FixSink;
  private readonly used: Used;
  private readonly fix: RawFix = { time: undefined, lat: NaN, lon: NaN, speed: NaN, heading: NaN, accuracy: NaN };
  /** Of the point that is open; 0 outside of points. */
  private depth = 0;
  private points = 0;
  private timed = 0;
  private others = 0;

  constructor(sink: FixSink) {
    this.sink = sink;
    this.used = new Used(sink);
  }

  open(name: string, attributes: Record<string, string>, path: readonly string[]): void {
    if (name === 'wpt' || name === 'rtept') this.others++;
    if (name !== 'trkpt') return;
    const { fix } = this;
    this.depth = path.length;
    this.points++;
    fix.time = undefined;
    fix.valid = true;
    fix.speed = fix.heading = fix.accuracy = NaN;
    fix.lat = attributes['lat'];
    fix.lon = attributes['lon'];
  }

  close(name: string, text: string, path: readonly string[], line: number): void {
    if (this.depth === 0) return;
    if (name === 'trkpt') {
      if (this.fix.time !== undefined) this.timed++;
      this.sink.add(this.fix, line);
      this.depth = 0;
      return;
    }
    // An extension may have a time of its own.
    if (name === 'time' && path.length === this.depth + 1) this.fix.time = text;
    else if (name === 'fix' && text.trim() === 'none') this.fix.valid = false;
    const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
    if (role === undefined) return;
    this.used.note(role, name);
    this.fix[role] = this.sink.number(text, name, line);
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
