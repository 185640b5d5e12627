// SPDX-License-Identifier: MIT
// GeoJSON (RFC 7946; also one feature a line, RFC 8142): Point features with a time among their properties, and
// LineStrings with a time for each position: `coordTimes` or `times` among the properties (also under
// `coordinateProperties`, as togeojson writes), or the fourth number of each position. Each position becomes a row of
// NDJSON, so that names and units of properties mean what they mean there.
import type { FixSink, LogFormat, LogSource } from '../format.ts';
import { meaningOf } from '../table/names.ts';
import { isObject, type Json, type JsonObject, jsonItems, listOf, objectOf } from './json.ts';
import ndjson from './ndjson.ts';

const NEEDED = 'export it with a time for each position (coordTimes), or as GPX';
const TIME = /time|date|epoch|stamp|^ts?$|when|時/i;

class Rows {
  points = 0;
  untimed = 0;
  private readonly sink: FixSink;
  private text = '';

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  /** The rows since the last call. */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  item(item: Json, ordinal: number): void {
    if (!isObject(item)) return;
    if (item['type'] === 'Feature') this.feature(item, ordinal);
    else if (typeof item['type'] === 'string' && 'coordinates' in item) this.untimed++;
  }

  private feature(feature: JsonObject, ordinal: number): void {
    const { type, coordinates = null } = objectOf(feature['geometry']);
    const properties = objectOf(feature['properties']);
    if (type === 'Point') this.point(coordinates, properties);
    else if (type === 'LineString') this.line(coordinates, timesOf(properties), whoseOf(properties, ordinal), ordinal);
    else if (type === 'MultiLineString') {
      const times = listOf(timesOf(properties));
      listOf(coordinates).forEach((line, i) => {
        this.line(line, times[i], whoseOf(properties, ordinal), ordinal);
      });
    }
  }

  private row(position: Json, values: object): void {
    const [lon = null, lat = null] = listOf(position);
    this.points++;
    this.text += `${JSON.stringify({ ...values, lat, lon })}\n`;
  }

  private point(position: Json, properties: JsonObject): void {
    if (!Object.keys(properties).some((key) => TIME.test(key))) {
      this.untimed++;
      return;
    }
    // A position among the properties would be a second one.
    const { lat, lon, lng, latitude, longitude, ...values } = properties;
    this.row(position, values);
  }

  private line(positions: Json | undefined, times: Json | undefined, whose: object, ordinal: number): void {
    const list = listOf(positions);
    const told = listOf(times);
    if (told.length > 0 && told.length !== list.length) {
      const what = `${told.length} times for ${list.length} positions of a line; ${NEEDED}`;
      throw this.sink.bad(ordinal, what, 'LOG_NO_TIMES');
    }
    list.forEach((position, i) => {
      const time = told[i] ?? fourth(position);
      if (time === undefined) this.untimed++;
      else this.row(position, { ...whose, time });
    });
  }
}

/** The vehicle and the driver of a line, and which line it is: two lines may be two cars. */
function whoseOf(properties: JsonObject, ordinal: number): JsonObject {
  const isName = (key: string) => ['vehicle', 'driver'].includes(meaningOf(key)?.role ?? '');
  return { ...Object.fromEntries(Object.entries(properties).filter(([key]) => isName(key))), track: ordinal };
}

function timesOf(properties: JsonObject): Json | undefined {
  const nested = objectOf(properties['coordinateProperties']);
  return properties['coordTimes'] ?? properties['times'] ?? nested['times'] ?? nested['coordTimes'];
}

/** The fourth number of a position where it can only be an epoch. */
function fourth(position: Json): number | undefined {
  const value = listOf(position)[3];
  return typeof value === 'number' && value > 1e9 ? value : undefined;
}

const isItem = (path: readonly string[]) => path.length === 2 && path[0] === 'features';

/** The reference system, which older programs write before the features. */
const CRS = /"crs"\s*:\s*\{[^}]{0,200}"name"\s*:\s*"([^"]+)"/;

async function* rowsOf(source: LogSource, sink: FixSink): AsyncGenerator<string> {
  const crs = CRS.exec(source.head.text)?.[1] ?? '';
  if (crs !== '' && !/CRS:*84|4326|WGS ?84/i.test(crs))
    throw sink.bad(1, 'its positions are in another reference system than WGS 84; convert them', 'LOG_FORMAT');
  const rows = new Rows(sink);
  for await (const items of jsonItems(source, sink, isItem)) {
    for (const { value, ordinal } of items) rows.item(value, ordinal);
    if (rows.points > 0) yield rows.take();
  }
  if (rows.points > 0) return;
  if (rows.untimed > 0) throw sink.bad(1, `this is a GeoJSON file without times; ${NEEDED}`, 'LOG_NO_TIMES');
  throw sink.bad(1, 'this GeoJSON has no points and no lines', 'LOG_NO_TRACK');
}

const FEATURE = /"type"\s*:\s*"Feature(?:Collection)?"/;
const GEOMETRY = /"type"\s*:\s*"(?:(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)"/;

/** The first line is an object that has no type of GeoJSON: a row, which may have a geometry among its values. */
function isRow(text: string): boolean {
  const [first = ''] = text.trimStart().split(/\r?\n/, 1);
  try {
    const object = JSON.parse(first) as JsonObject;
    return typeof object['type'] !== 'string';
  } catch {
    return false;
  }
}

/** A bare geometry is GeoJSON too, but a row with a latitude of its own is not. */
function isGeoJson(text: string): boolean {
  if (!/^\s*\{/.test(text.replace('\u001e', '')) || isRow(text)) return false;
  return FEATURE.test(text) || (GEOMETRY.test(text) && !/"(?:lat|latitude)"\s*:/i.test(text));
}

const geojson: LogFormat = {
  name: 'geojson',
  title: 'GeoJSON',
  recognises: ({ text }) => isGeoJson(text),
  read: (source, sink) => ndjson.read({ ...source, pieces: () => rowsOf(source, sink) }, sink),
};
export default geojson;
