// SPDX-License-Identifier: MIT
// PLT: the track files of GeoLife and of OziExplorer. Six lines, then latitude, longitude, a flag, altitude in feet,
// days since 30 December 1899 (UTC), date and time. No speed.
// GeoLife GPS Trajectories 1.3, user guide; OziExplorer help, "Track File".
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { eachLine } from './lines.ts';

const HEADER_LINES = 6;
const EPOCH_DAY = 25_569;
const DAY_MS = 86_400_000;

/** GeoLife's day has ten decimals: whole seconds; OziExplorer's seven: 10 ms. The date beside it is a check. */
function timeOf(days: number): number | undefined {
  return Number.isFinite(days) && days > EPOCH_DAY ? Math.round((days - EPOCH_DAY) * DAY_MS) : undefined;
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ zoneless: 'utc', columns: { time: '5', lat: '1', lon: '2' } });
  const fix = new RawFix();
  await eachLine(source, sink, (line, place) => {
    if (place === 2 && !/^WGS ?84$/i.test(line.trim())) {
      throw sink.bad(place, 'the datum of this track is not WGS 84; save it with WGS 84', 'LOG_FORMAT');
    }
    if (place <= HEADER_LINES || line.trim() === '') return;
    const fields = line.split(',');
    const [lat, lon, , , days, date, clock] = fields;
    if (fields.length < 5) return sink.leaveOut('damaged', place);
    fix.lat = sink.number(lat, 'latitude', place);
    fix.lon = sink.number(lon, 'longitude', place);
    const told = /^\d{4}-\d\d-\d\d$/.test(date?.trim() ?? '') && /^\d\d:\d\d:\d\d$/.test(clock?.trim() ?? '');
    fix.time = told ? `${date?.trim()}T${clock?.trim()}Z` : timeOf(sink.number(days, 'days', place));
    sink.add(fix, place);
  });
}

const plt: LogFormat = {
  name: 'plt',
  title: 'PLT (GeoLife, OziExplorer)',
  recognises: ({ text }) => /^(?:Geolife trajectory|OziExplorer Track Point File)/i.test(text),
  read,
};
export default plt;
