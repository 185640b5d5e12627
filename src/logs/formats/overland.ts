// SPDX-License-Identifier: MIT
// Overland's batches: GeoJSON features under "locations", with properties of its own: speed in metres per second,
// course in degrees, horizontal_accuracy in metres; -1 is "not known". https://github.com/aaronpk/Overland-iOS#api
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { isObject, listOf, objectOf, readJson, timeOf } from './json.ts';

const COLUMNS = {
  time: 'timestamp',
  lat: 'coordinates',
  lon: 'coordinates',
  speed: 'speed',
  heading: 'course',
  accuracy: 'horizontal_accuracy',
  vehicle: 'device_id',
};
const isItem = (path: readonly string[]) => path.length === 2 && path[0] === 'locations';
const nameOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', preset: 'Overland', columns: COLUMNS });
  const fix = new RawFix();
  await readJson(source, sink, isItem, (item, path, ordinal) => {
    if (path.length === 0 || !isObject(item)) return;
    const properties = objectOf(item['properties']);
    const [lon, lat] = listOf(objectOf(item['geometry'])['coordinates']);
    const number = (key: string) => sink.number(properties[key], key, ordinal);
    fix.time = timeOf(properties['timestamp']);
    fix.lat = sink.number(lat, 'latitude', ordinal);
    fix.lon = sink.number(lon, 'longitude', ordinal);
    fix.speed = number('speed');
    fix.heading = number('course');
    fix.accuracy = number('horizontal_accuracy');
    fix.vehicle = nameOf(properties['device_id']);
    sink.add(fix, ordinal);
  });
}

const overland: LogFormat = {
  name: 'overland',
  title: 'Overland JSON',
  recognises: ({ text }) => /^\s*\{\s*"locations"\s*:\s*\[\s*\{/.test(text) && /"type"\s*:\s*"Feature"/.test(text),
  read,
};
export default overland;
