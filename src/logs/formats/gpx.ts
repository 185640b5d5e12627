// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1: the points of all tracks and segments, with the speed and course extensions of Garmin, OsmAnd,
// Strava, OpenGPSTracker and others. Times are UTC by the format, speeds metres per second by the format; programs
// that write other units are found by the movement.
// https://www.topografix.com/GPX/1/1/ , https://www.topografix.com/GPX/1/0/gpx.xsd
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';
import { beginsWithElement, readXml } from './xml.ts';

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

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', columns: { time: 'time', lat: 'lat', lon: 'lon' } });
  const used = new Used(sink);
  const fix: RawFix = { time: undefined, lat: NaN, lon: NaN, speed: NaN, heading: NaN, accuracy: NaN };
  let depth = 0;
  let points = 0;
  let timed = 0;
  let others = 0;
  await readXml(source, sink, 'gpx', {
    open(name, attributes, path) {
      if (name === 'wpt' || name === 'rtept') others++;
      if (name !== 'trkpt') return;
      depth = path.length;
      points++;
      fix.time = undefined;
      fix.speed = fix.heading = fix.accuracy = NaN;
      fix.lat = attributes['lat'];
      fix.lon = attributes['lon'];
    },
    close(name, text, path, line) {
      if (depth === 0) return;
      if (name === 'trkpt') {
        if (fix.time !== undefined) timed++;
        sink.add(fix, line);
        depth = 0;
        return;
      }
      if (name === 'time' && path.length === depth + 1) fix.time = text;
      const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
      if (role === undefined) return;
      used.note(role, name);
      fix[role] = sink.number(text, name, line);
    },
  });
  if (points === 0 && others > 0) {
    throw sink.bad(1, 'this GPX file has waypoints or a route and no track; export the recorded track', 'LOG_NO_TRACK');
  }
  if (points > 0 && timed === 0) {
    throw sink.bad(1, 'this is a GPX file without times; export the recorded track with its times', 'LOG_NO_TIMES');
  }
}

const gpx: LogFormat = {
  name: 'gpx',
  title: 'GPX 1.0 and 1.1',
  recognises: (head) => beginsWithElement(head.text, 'gpx'),
  read,
};
export default gpx;
