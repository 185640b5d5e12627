// SPDX-License-Identifier: MIT
// TCX, the Training Center XML of Garmin: all tracks of all laps. Times are UTC; the speed of the activity extension
// is metres per second. https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd , …/ActivityExtensionv2.xsd
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { beginsWithElement, readXml } from './xml.ts';

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = { time: 'Time', lat: 'LatitudeDegrees', lon: 'LongitudeDegrees' };
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', columns });
  const fix = new RawFix();
  let inside = false;
  let points = 0;
  let activities = 0;
  let tracks = 0;
  let placed = 0;
  await readXml(source, sink, 'TrainingCenterDatabase', {
    open(name) {
      if (name === 'Activity') sink.turn(name, String(++activities));
      if (name === 'Track') sink.turn(name, String(++tracks), true);
      if (name !== 'Trackpoint') return;
      inside = true;
      points++;
      fix.time = undefined;
      fix.lat = fix.lon = undefined;
      fix.speed = NaN;
    },
    close(name, text, path, line) {
      if (!inside) return;
      const parent = path.at(-2);
      if (name === 'Time' && parent === 'Trackpoint') fix.time = text;
      else if (name === 'LatitudeDegrees' && parent === 'Position') fix.lat = text;
      else if (name === 'LongitudeDegrees' && parent === 'Position') fix.lon = text;
      else if (name === 'Speed') {
        if (Number.isNaN(fix.speed)) sink.declare({ columns: { ...columns, speed: 'Speed' } });
        fix.speed = sink.number(text, name, line);
      } else if (name === 'Trackpoint') {
        if (fix.lat !== undefined) placed++;
        sink.add(fix, line);
        inside = false;
      }
    },
  });
  if (points === 0)
    throw sink.bad(1, 'this TCX file has no track; export the activity, not the workout', 'LOG_NO_TRACK');
  if (placed === 0) {
    throw sink.bad(1, 'this TCX file has no positions; it was recorded without GPS', 'LOG_NO_FIX');
  }
}

const tcx: LogFormat = {
  name: 'tcx',
  title: 'TCX',
  recognises: (head) => beginsWithElement(head.text, 'TrainingCenterDatabase'),
  read,
};
export default tcx;
