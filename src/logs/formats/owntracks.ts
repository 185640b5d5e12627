// SPDX-License-Identifier: MIT
// OwnTracks: the lines of the recorder's .rec files, and its JSON: objects, one after another, in a list or under
// "data". vel is km/h, cog degrees, acc metres, tst epoch seconds,
// or what another program made of them. https://owntracks.org/booklet/tech/json/
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { isObject, type Json, type JsonObject, readJson, textOf, timeOf } from './json.ts';
import { eachLine } from './lines.ts';

const REC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\t[^\t]*\t/;

class OwnTracksReader {
  private readonly sink: FixSink;
  private readonly fix = new RawFix();

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  message(message: JsonObject, place: number): void {
    if (message['_type'] !== 'location') return; // waypoints, transitions, status: no fixes
    const number = (key: string) => this.sink.number(message[key], key, place);
    const { fix } = this;
    fix.time = timeOf(message['tst']) ?? textOf(message['isotst']);
    // what a program made of the seconds may be a wall clock
    if (typeof message['tst'] === 'string') this.sink.declare({ zoneless: 'local' });
    fix.lat = number('lat');
    fix.lon = number('lon');
    fix.speed = number('vel');
    fix.heading = number('cog');
    fix.accuracy = number('acc');
    const device = message['topic'] ?? message['tid'];
    fix.vehicle = typeof device === 'string' ? device : undefined;
    this.sink.add(fix, place);
  }

  /** Time, kind and payload of one line of a .rec file. */
  rec(line: string, place: number): void {
    const payload = line.split('\t').slice(2).join('\t').trim();
    if (line.trim() === '' || !payload.startsWith('{')) return;
    let message: unknown;
    try {
      message = JSON.parse(payload);
    } catch {
      this.sink.leaveOut('damaged', place);
      return;
    }
    if (isObject(message as Json)) this.message(message as JsonObject, place);
  }
}

const isItem = (path: readonly string[]) => path.at(-1) === '*' && path.length <= 2;

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = {
    time: 'tst',
    lat: 'lat',
    lon: 'lon',
    speed: 'vel',
    heading: 'cog',
    accuracy: 'acc',
    vehicle: 'topic, tid',
  };
  sink.declare({ speedUnit: 'kmh', zoneless: 'utc', preset: 'OwnTracks', columns });
  const reader = new OwnTracksReader(sink);
  if (REC.test(source.head.text)) return eachLine(source, sink, (line, number) => reader.rec(line, number));
  return readJson(source, sink, isItem, (item, _path, ordinal) => {
    if (isObject(item)) reader.message(item, ordinal);
  });
}

const owntracks: LogFormat = {
  name: 'owntracks',
  title: 'OwnTracks',
  recognises: ({ text }) =>
    REC.test(text) ||
    (/^\s*[[{]/.test(text) && /"_type"\s*:\s*"(?:location|waypoint|transition|lwt|status)"/.test(text)),
  read,
};
export default owntracks;
