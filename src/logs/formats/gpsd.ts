// SPDX-License-Identifier: MIT
// The JSON that gpsd sends and gpspipe logs: TPV reports. speed is metres per second, track degrees, eph (or epx and
// epy) metres; mode below 2 is no fix, and a status of 8 a simulated one. https://gpsd.gitlab.io/gpsd/gpsd_json.html#_tpv
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { isObject, type Json, type JsonObject, readJson, timeOf } from './json.ts';

/** The status of what no receiver measured. */
const SIMULATED = 8;
/** A report without a mode is one of which a program kept some keys: gpsd gives no position without a fix. */
const hasFix = (mode: Json | undefined) => mode === undefined || Number.parseInt(String(mode), 10) >= 2;
const isItem = (path: readonly string[]) => path.length === 1 && path[0] === '*';

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = {
    time: 'time',
    lat: 'lat',
    lon: 'lon',
    speed: 'speed',
    heading: 'track',
    accuracy: 'eph',
    valid: 'mode, status',
  };
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', preset: 'gpsd', columns });
  const fix = new RawFix();
  let made = 0;
  const report = (tpv: JsonObject, place: number) => {
    const number = (key: string) => sink.number(tpv[key], key, place);
    fix.time = timeOf(tpv['time']);
    fix.lat = number('lat');
    fix.lon = number('lon');
    fix.speed = number('speed');
    fix.heading = number('track');
    const eph = number('eph');
    fix.accuracy = Number.isNaN(eph) ? Math.max(number('epx'), number('epy')) : eph;
    const isMade = tpv['status'] === SIMULATED;
    if (isMade) made++;
    fix.valid = hasFix(tpv['mode']) && !isMade;
    sink.add(fix, place);
  };
  await readJson(source, sink, isItem, (item, _path, ordinal) => {
    if (isObject(item) && item['class'] === 'TPV') report(item, ordinal);
  });
  if (made > 0) sink.warn(`${made} positions are simulated, as their status says, and are left out`);
}

const gpsd: LogFormat = {
  name: 'gpsd',
  title: 'gpsd JSON',
  recognises: ({ text }) => /^\s*[[{]/.test(text) && /"class"\s*:\s*"(?:TPV|VERSION|DEVICES|WATCH|SKY)"/.test(text),
  read,
};
export default gpsd;
