// SPDX-License-Identifier: MIT
// The GPSData*.txt of 70mai dash cams: lines of epoch, A or V, latitude, longitude, course in 1/100 degree, speed in
// cm/s, then accelerations and the clip's name. A line $V01 or $V02 begins each drive. The epoch is written as if
// UTC were China's time: eight hours are missing, as the clip names of several cameras show.
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { eachLine } from './lines.ts';

const MISSING_MS = 8 * 3_600_000;
const ROW = /^\d{9,10},[AV],-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?,-?\d+,-?\d+,/;

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = { time: '1', valid: '2', lat: '3', lon: '4', heading: '5', speed: '6' };
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', preset: '70mai', columns });
  sink.warn('70mai writes times eight hours before UTC; eight hours are added');
  const fix = new RawFix();
  await eachLine(source, sink, (line, place) => {
    if (line === '' || /^\$V\d+$/.test(line.trim())) return;
    const [time, status, lat, lon, course, speed] = line.split(',');
    const seconds = sink.number(time, 'time', place);
    fix.time = Number.isNaN(seconds) ? undefined : seconds * 1000 + MISSING_MS;
    fix.lat = sink.number(lat, 'latitude', place);
    fix.lon = sink.number(lon, 'longitude', place);
    fix.heading = sink.number(course, 'course', place) / 100;
    fix.speed = sink.number(speed, 'speed', place) / 100;
    fix.valid = status === 'A' && !(fix.lat === 0 && fix.lon === 0);
    sink.add(fix, place);
  });
}

const mai70: LogFormat = {
  name: '70mai',
  title: '70mai GPSData',
  recognises: ({ text }) => /^\s*(?:\$V\d+\s+)*/.test(text) && ROW.test(text.replace(/^\s*(?:\$V\d+\s+)*/, '')),
  read,
};
export default mai70;
