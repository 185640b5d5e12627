// SPDX-License-Identifier: MIT
// Google Timeline in its forms: Records.json and Semantic Location History of Takeout, and the Timeline.json that
// phones export (Android and iOS). Speeds are metres per second. Positions that Google inferred for a visit are no
// fixes. The forms are undocumented; these are the keys that exports have.
import { type Declaration, type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { isObject, type Json, type JsonObject, listOf, objectOf, readJson, textOf } from './json.ts';

const E7 = 1e7;
const WRAP = 2 ** 32;

/** Some exports have the unsigned form of a negative number. */
function degreesE7(value: number): number {
  return (value > WRAP / 2 ? value - WRAP : value) / E7;
}

/** "35.1°, 139.4°" of Android, "geo:35.1,139.4" of iOS. */
function latLon(text: string | undefined): [lat: string | undefined, lon: string | undefined] {
  const [, lat, lon] = /^(?:geo:)?\s*(-?[\d.]+)°?\s*,\s*(-?[\d.]+)°?/.exec(text ?? '') ?? [];
  return [lat, lon];
}

type Columns = NonNullable<Declaration['columns']>;
const RECORD: Columns = {
  time: 'timestamp',
  lat: 'latitudeE7',
  lon: 'longitudeE7',
  speed: 'velocity',
  heading: 'heading',
  accuracy: 'accuracy',
};
const RAW_PATH: Columns = { time: 'timestamp', lat: 'latE7', lon: 'lngE7', accuracy: 'accuracyMeters' };
const SIGNAL: Columns = {
  time: 'timestamp',
  lat: 'LatLng',
  lon: 'LatLng',
  speed: 'speedMetersPerSecond',
  accuracy: 'accuracyMeters',
};
const PATH: Columns = { time: 'time', lat: 'point', lon: 'point' };

class TimelineReader {
  places = 0;
  private declared: Columns | undefined;
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  /** Points of paths, held until it is known whether the phone's own signals cover their time. */
  private readonly path: { time: string | number; lat: number; lon: number; ordinal: number }[] = [];
  private signals = 0;
  private readonly limit: number;

  constructor(source: LogSource, sink: FixSink) {
    this.sink = sink;
    this.limit = source.limits.fixes;
  }

  private uses(columns: Columns): void {
    if (this.declared === columns) return;
    this.declared = columns;
    this.sink.declare({ columns });
  }

  private number(of: JsonObject, key: string, ordinal: number): number {
    return this.sink.number(of[key], key, ordinal);
  }

  item(item: Json, path: readonly string[], ordinal: number): void {
    if (!isObject(item)) return;
    const [room] = path;
    if (room === 'locations') this.record(item, ordinal);
    else if (room === 'timelineObjects') this.activity(objectOf(item['activitySegment']), ordinal);
    else if (room === 'rawSignals') this.signal(objectOf(item['position']), ordinal);
    else if (room === 'semanticSegments' || room === '*') this.segment(item, ordinal);
  }

  /** A row of Records.json. */
  private record(row: JsonObject, ordinal: number): void {
    const { fix } = this;
    this.uses(RECORD);
    fix.time = textOf(row['timestamp']) ?? this.milliseconds(row['timestampMs'], ordinal);
    fix.lat = degreesE7(this.number(row, 'latitudeE7', ordinal));
    fix.lon = degreesE7(this.number(row, 'longitudeE7', ordinal));
    fix.speed = this.number(row, 'velocity', ordinal);
    fix.heading = this.number(row, 'heading', ordinal);
    fix.accuracy = this.number(row, 'accuracy', ordinal);
    this.add(ordinal);
  }

  private milliseconds(value: Json | undefined, ordinal: number): number | undefined {
    const ms = this.sink.number(value, 'timestampMs', ordinal);
    return Number.isNaN(ms) ? undefined : ms;
  }

  private add(ordinal: number): void {
    this.places++;
    this.sink.add(this.fix, ordinal);
  }

  /** An activity of Semantic Location History: the points of its raw path. */
  private activity(activity: JsonObject, ordinal: number): void {
    this.uses(RAW_PATH);
    for (const each of listOf(objectOf(activity['simplifiedRawPath'])['points'])) {
      const point = objectOf(each);
      this.fix.time = textOf(point['timestamp']) ?? this.milliseconds(point['timestampMs'], ordinal);
      this.fix.lat = degreesE7(this.number(point, 'latE7', ordinal));
      this.fix.lon = degreesE7(this.number(point, 'lngE7', ordinal));
      this.fix.accuracy = this.number(point, 'accuracyMeters', ordinal);
      this.fix.speed = this.fix.heading = NaN;
      this.add(ordinal);
    }
  }

  /** A signal of the phone: the position itself, with the speed it had. */
  private signal(position: JsonObject, ordinal: number): void {
    const [lat, lon] = latLon(textOf(position['LatLng'] ?? position['latLng']));
    if (lat === undefined) return;
    this.signals++;
    this.uses(SIGNAL);
    this.fix.time = textOf(position['timestamp']);
    this.fix.lat = Number(lat);
    this.fix.lon = Number(lon);
    this.fix.speed = this.number(position, 'speedMetersPerSecond', ordinal);
    this.fix.accuracy = this.number(position, 'accuracyMeters', ordinal);
    this.fix.heading = NaN;
    this.add(ordinal);
  }

  private segment(segment: JsonObject, ordinal: number): void {
    for (const each of listOf(segment['timelinePath'])) {
      const point = objectOf(each);
      const [lat, lon] = latLon(textOf(point['point']));
      const time = textOf(point['time']) ?? this.afterStart(segment, point, ordinal);
      if (lat === undefined || time === undefined) {
        this.sink.leaveOut(lat === undefined ? 'no_position' : 'no_time', ordinal);
        continue;
      }
      this.path.push({ time, lat: Number(lat), lon: Number(lon), ordinal });
      if (this.path.length > this.limit) throw this.sink.bad(ordinal, `more than ${this.limit} points`, 'LOG_FIXES');
    }
  }

  /** iOS tells a point's time in minutes after the segment's start. */
  private afterStart(segment: JsonObject, point: JsonObject, ordinal: number): number | undefined {
    const start = Date.parse(textOf(segment['startTime']) ?? '');
    const minutes = this.sink.number(point['durationMinutesOffsetFromStartTime'], 'durationMinutes', ordinal);
    return Number.isFinite(start) && Number.isFinite(minutes) ? start + minutes * 60_000 : undefined;
  }

  /** Signals and paths tell the same drive twice: the paths serve only where there are no signals. */
  finish(): void {
    if (this.signals > 0) {
      if (this.path.length > 0) this.sink.warn('the paths of this Timeline are not used, because it has raw signals');
      return;
    }
    if (this.path.length > 0) this.uses(PATH);
    for (const { time, lat, lon, ordinal } of this.path) {
      Object.assign(this.fix, { time, lat, lon, speed: NaN, heading: NaN, accuracy: NaN });
      this.add(ordinal);
    }
  }
}

const ROOMS = new Set(['locations', 'timelineObjects', 'rawSignals', 'semanticSegments']);
const isItem = (path: readonly string[]) =>
  (path.length === 1 && path[0] === '*') || (path.length === 2 && path[1] === '*' && ROOMS.has(path[0] ?? ''));

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', preset: 'Google Timeline' });
  const reader = new TimelineReader(source, sink);
  await readJson(source, sink, isItem, (item, path, ordinal) => reader.item(item, path, ordinal));
  reader.finish();
  if (reader.places === 0) {
    throw sink.bad(
      1,
      'this Google Timeline has no path with times; export Records.json or the phone’s Timeline',
      'LOG_NO_TIMES',
    );
  }
}

const START = /^\s*(?:\{|\[\s*\{)/;
const KEYS =
  /"(?:latitudeE7|timelineObjects|semanticSegments|rawSignals|timelinePath|topCandidate|userLocationProfile)"\s*:/;

const timeline: LogFormat = {
  name: 'google-timeline',
  title: 'Google Timeline',
  recognises: ({ text }) => START.test(text) && KEYS.test(text),
  read,
};
export default timeline;
