// SPDX-License-Identifier: MIT
// KML: gx:Track (when and coord in pairs, with angles) and placemarks with a Point and a TimeStamp or the begin of a
// TimeSpan. KML has no field for speed; the arrays that some programs add have no unit, and are named as ignored. A
// LineString has no times.
// https://developers.google.com/kml/documentation/kmlreference#gxtrack , OGC 12-007r2
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { beginsWithElement, readXml, type XmlHandler } from './xml.ts';

const NEEDED = 'export the recorded track as GPX, or as KML with gx:Track';

/** Pairs the nth `when` with the nth `coord` and the nth `angles` of a track, whichever comes first. */
class Track {
  private readonly whens: string[] = [];
  private readonly coords: [text: string, line: number][] = [];
  private readonly angles: string[] = [];

  clear(): void {
    this.whens.length = this.coords.length = this.angles.length = 0;
  }

  put(name: string, text: string, line: number, limit: number, sink: FixSink): void {
    if (name === 'when') this.whens.push(text.trim());
    if (name === 'coord') this.coords.push([text, line]);
    if (name === 'angles') this.angles.push(text);
    const most = Math.max(this.whens.length, this.coords.length, this.angles.length);
    if (most > limit) throw sink.bad(line, `more than ${limit} points in a track; split the log`, 'LOG_FIXES');
  }

  flush(give: (when: string | undefined, coord: string, angles: string | undefined, line: number) => void): number {
    this.coords.forEach(([text, line], i) => {
      give(this.whens[i], text, this.angles[i], line);
    });
    const unpaired = this.whens.length - this.coords.length;
    this.clear();
    return unpaired;
  }
}

class KmlReader implements XmlHandler {
  points = 0;
  untimed = 0;
  private readonly source: LogSource;
  private readonly sink: FixSink;
  private readonly track = new Track();
  private readonly fix = new RawFix();
  private when: string | undefined;
  private point: string | undefined;
  private angled = false;
  private whose = 0;
  private parts = 0;
  private readonly ignored = new Set<string>();

  constructor(source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
  }

  open(name: string, attributes: Record<string, string>, path: readonly string[]): void {
    const isTrack = name === 'MultiTrack' || (name === 'Track' && path.at(-2) !== 'MultiTrack');
    if (isTrack || name === 'Folder') this.sink.turn(isTrack ? 'gx:Track' : name, String(++this.whose));
    if (name === 'Track' && !isTrack) this.sink.turn('gx:Track of a gx:MultiTrack', String(++this.parts), true);
    if (name === 'Placemark') this.when = this.point = undefined;
    if (name === 'Track') this.track.clear();
    if (name === 'SimpleArrayData' || name === 'SimpleArrayField') this.ignore(attributes['name'] ?? '');
  }

  private ignore(name: string): void {
    if (!/^(speed|bearing|heading|course|accuracy)$/i.test(name) || this.ignored.has(name)) return;
    this.ignored.add(name);
    this.sink.declare({ ignored: [...this.ignored] });
  }

  private add(time: string | undefined, coordinates: string, angles: string | undefined, line: number): void {
    const [lon, lat] = coordinates.trim().split(/[\s,]+/);
    const [heading] = (angles ?? '').trim().split(/\s+/);
    if (angles !== undefined && !this.angled) this.sink.declare({ columns: { heading: 'angles' } });
    this.angled ||= angles !== undefined;
    this.fix.time = time;
    this.fix.lat = lat;
    this.fix.lon = lon;
    this.fix.heading = this.sink.number(heading, 'angles', line);
    this.points++;
    this.sink.add(this.fix, line);
  }

  close(name: string, text: string, path: readonly string[], line: number): void {
    const parent = path.at(-2);
    if (parent === 'Track') this.track.put(name, text, line, this.source.limits.fixes, this.sink);
    else if (name === 'when' && parent === 'TimeStamp') this.when = text.trim();
    else if (name === 'begin' && parent === 'TimeSpan' && path.at(-3) === 'Placemark') this.when ??= text.trim();
    else if (name === 'coordinates' && parent === 'Point') this.point = text;
    else if (name === 'coordinates' && parent !== 'LatLonQuad') this.untimed++;
    if (name === 'Track') {
      const unpaired = this.track.flush((when, coord, angles, at) => this.add(when, coord, angles, at));
      if (unpaired !== 0)
        this.sink.warn('a gx:Track has different numbers of times and positions; the rest is left out');
    }
    if (name !== 'Placemark' || this.point === undefined) return;
    if (this.when === undefined) this.untimed++;
    else this.add(this.when, this.point, undefined, line);
    this.when = this.point = undefined;
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ zoneless: 'utc', columns: { time: 'when', lat: 'coordinates', lon: 'coordinates' } });
  const reader = new KmlReader(source, sink);
  await readXml(source, sink, 'kml', reader);
  if (reader.points === 0) {
    const what = reader.untimed > 0 ? 'this is a KML file without times' : 'this KML file has no track';
    throw sink.bad(1, `${what}; ${NEEDED}`, reader.untimed > 0 ? 'LOG_NO_TIMES' : 'LOG_NO_TRACK');
  }
}

const kml: LogFormat = {
  name: 'kml',
  title: 'KML and KMZ',
  recognises: (head) => beginsWithElement(head.text, 'kml'),
  read,
};
export default kml;
