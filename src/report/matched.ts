// SPDX-License-Identifier: MIT
// Matched drives as GeoJSON lines, kepler.gl trips, CSV rows of fixes, or a collection a line.
import { formatTime } from '../logs/time.ts';
import type { Trace, TraceStretch } from '../trace.ts';
import { csvCell } from './cell.ts';
import { fixesOfStretches, limitAt, passed, StretchLine } from './path.ts';

export const MATCH_FORMATS = ['geojson', 'kepler', 'csv', 'ndjson'] as const;
/**
 * GeoJSON: a line for each way driven. kepler: a line for each unbroken drive, its corners as [lon, lat, altitude, Unix
 * seconds], as the trip layer of kepler.gl wants them. CSV: a row for each fix. NDJSON: the GeoJSON of one drive a line.
 */
export type MatchFormat = (typeof MATCH_FORMATS)[number];

/** A matched drive. */
export interface Matched {
  /** Name of the drive. */
  id: string;
  trace: Trace;
  /** IANA name of the zone of the times written. */
  zone: string;
}

/** A GeoJSON feature. */
export interface Feature {
  type: 'Feature';
  geometry: { type: string; coordinates: unknown };
  properties: Record<string, unknown>;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const kmh = (value: number | null | undefined) => (Number.isFinite(value ?? Number.NaN) ? value : null);

/** The widest reading of a stretch's limits; null: not known, or no limit (then no_limit is true). */
function limitsOf({ limits }: TraceStretch) {
  const lows = limits.map((l) => l.low_kmh);
  const highs = limits.map((l) => l.high_kmh);
  const all = (values: (number | null)[], pick: (...n: number[]) => number) =>
    values.some((v) => v === null) ? null : kmh(pick(...(values as number[])));
  return {
    limit_low_kmh: all(lows, Math.min),
    limit_high_kmh: all(highs, Math.max),
    no_limit: highs.includes(Number.POSITIVE_INFINITY),
    limit_source: [...new Set(limits.map((l) => l.source))].join(' '),
  };
}

/** A line for each way that was driven, with flat properties. */
export function lineFeatures({ id, trace, zone }: Matched): Feature[] {
  return trace.stretches.map((s) => ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: Array.from(s.lat, (lat, i) => [s.lon[i], lat]) },
    properties: {
      drive: id,
      way: s.way,
      forward: s.forward,
      name: s.name,
      road_class: s.road_class,
      from_m: round(s.from_m, 1),
      to_m: round(s.to_m, 1),
      enter: formatTime(s.enter_ms, zone),
      exit: formatTime(s.exit_ms, zone),
      ...limitsOf(s),
    },
  }));
}

/** Whether a stretch goes on where the one before it ended. */
function goesOn(before: TraceStretch | undefined, s: TraceStretch): boolean {
  if (before === undefined || before.exit_ms !== s.enter_ms) return false;
  const apart = (a = Number.NaN, b = Number.NaN) => Math.abs(a - b);
  return apart(before.lat.at(-1), s.lat[0]) < 1e-5 && apart(before.lon.at(-1), s.lon[0]) < 1e-5;
}

/** A line for each unbroken part of the drive, with times. */
function tripFeatures({ id, trace, zone }: Matched): Feature[] {
  const fixes = fixesOfStretches(trace);
  const features: Feature[] = [];
  let line: number[][] = [];
  for (const [k, s] of trace.stretches.entries()) {
    if (!goesOn(trace.stretches[k - 1], s)) {
      line = [];
      const properties = { drive: id, start: formatTime(s.enter_ms, zone) };
      features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: line }, properties });
    }
    for (const p of passed(trace, s, fixes[k] ?? [])) {
      const point = [p.lon, p.lat, 0, Math.round(p.ms / 1000)];
      if (line.at(-1)?.every((value, i) => value === point[i]) !== true) line.push(point);
    }
  }
  return features.filter((f) => (f.geometry.coordinates as unknown[]).length > 1);
}

const COLUMNS =
  'drive,time,lat,lon,speed_kmh,way,forward,name,road_class,way_m,limit_low_kmh,limit_high_kmh,limit_source';

function fixRows({ id, trace, zone }: Matched): string[] {
  const lines = trace.stretches.map((s) => new StretchLine(s));
  return Array.from({ length: trace.count }, (_, i) => {
    const [lat, lon, speed] = [trace.lat[i] ?? Number.NaN, trace.lon[i] ?? Number.NaN, trace.speed_kmh[i]];
    const number = (value: number, digits: number) => (Number.isFinite(value) ? round(value, digits) : '');
    const k = trace.stretch[i] ?? -1;
    const [s, line] = [trace.stretches[k], lines[k]];
    const cells = [id, formatTime(trace.time_ms[i] ?? 0, zone), number(lat, 7), number(lon, 7), number(speed ?? 0, 1)];
    if (s === undefined || line === undefined) return [...cells, '', '', '', '', '', '', '', ''].map(csvCell).join(',');
    const way_m = line.wayMetres(line.along(lat, lon));
    const limit = limitAt(s, way_m);
    const limits = [limit?.low_kmh, limit?.high_kmh].map((v) => (v === Number.POSITIVE_INFINITY ? 'none' : v));
    const road = [s.way, s.forward, s.name, s.road_class, round(way_m, 1)];
    return [...cells, ...road, ...limits, limit?.source].map(csvCell).join(',');
  });
}

const joined = (features: readonly Feature[]) => features.map((f) => JSON.stringify(f)).join(',\n');

/** The text of a format as drives come: what stands before them, each drive after those before it, what stands behind. */
export class MatchText {
  readonly head: string;
  readonly tail: string;
  private readonly format: MatchFormat;
  private some = false;

  constructor(format: MatchFormat) {
    this.format = format;
    const collection = format === 'geojson' || format === 'kepler';
    this.head = collection ? '{"type":"FeatureCollection","features":[\n' : format === 'csv' ? `${COLUMNS}\n` : '';
    this.tail = collection ? '\n]}\n' : '';
  }

  drive(matched: Matched): string {
    if (this.format === 'csv')
      return fixRows(matched)
        .map((row) => `${row}\n`)
        .join('');
    if (this.format === 'ndjson') {
      const features = lineFeatures(matched);
      return `${JSON.stringify({ type: 'FeatureCollection', drive: matched.id, features })}\n`;
    }
    const text = joined(this.format === 'kepler' ? tripFeatures(matched) : lineFeatures(matched));
    const comma = this.some && text !== '' ? ',\n' : '';
    this.some ||= text !== '';
    return comma + text;
  }
}
