// SPDX-License-Identifier: MIT
// The page's data as the views use it: columns read once, on first use.
import { readColumn } from '../../columns.ts';
import type { PageData, PageDrive } from '../../model.ts';
import { SOURCES } from '../../model.ts';

export interface Path {
  count: number;
  time: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
  speed: Float64Array;
  low: Float64Array;
  high: Float64Array;
  source: Float64Array;
  name: Float64Array;
  breaks: Float64Array;
}

export interface RoadLine {
  lat: Float64Array;
  lon: Float64Array;
  road_class: string;
  oneway: number;
  layer: number;
  limit: number;
  name: string;
  minLat: number;
  maxLat: number;
  minLon: number;
  maxLon: number;
}

/** Values in steps of `unit`; below 0 they are marks. */
const scaled = (values: Float64Array, unit: number) => values.map((v) => (v < 0 ? v : v * unit));

export class Report {
  readonly data: PageData;
  private readonly columns: Uint8Array;
  private readonly paths = new Map<number, Path>();
  private lines: RoadLine[] | undefined;

  constructor(data: PageData, columns: Uint8Array) {
    this.data = data;
    this.columns = columns;
  }

  drive(i: number): PageDrive {
    return this.data.drives[i] as PageDrive;
  }

  path(i: number): Path | undefined {
    const kept = this.paths.get(i);
    const p = this.data.drives[i]?.path;
    if (kept || !p) return kept;
    const read = (column: [number, number], scale = 1, order: 1 | 2 = 1) =>
      readColumn(this.columns, column, scale, order);
    const path: Path = {
      count: p.t[1],
      time: read(p.t, 100, 2).map((t) => p.t0_ms + t),
      lat: read(p.lat, 1e-5, 2),
      lon: read(p.lon, 1e-5, 2),
      speed: scaled(read(p.speed), p.unit),
      low: scaled(read(p.low), p.unit),
      high: scaled(read(p.high), p.unit),
      source: read(p.source),
      name: read(p.name),
      breaks: read(p.breaks),
    };
    this.paths.set(i, path);
    return path;
  }

  /** Where a drive was: its path, or without one its findings; undefined without either. */
  bounds(i: number): Bounds | undefined {
    const path = this.path(i);
    if (path && path.count > 0) return boundsOf(path.lat, path.lon);
    const { findings } = this.drive(i);
    if (findings.length === 0) return undefined;
    return boundsOf(
      findings.map((x) => x.lat),
      findings.map((x) => x.lon),
    );
  }

  roads(): RoadLine[] {
    if (this.lines) return this.lines;
    const r = this.data.roads;
    const [counts, lat, lon] = [
      readColumn(this.columns, r.count),
      readColumn(this.columns, r.lat, 1e-5),
      readColumn(this.columns, r.lon, 1e-5),
    ];
    const [road, oneway, layer, limit, name] = [r.road_class, r.oneway, r.layer, r.limit, r.name].map((c) =>
      readColumn(this.columns, c),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.lines = [];
    let at = 0;
    for (let i = 0; i < counts.length; i++) {
      const end = at + (counts[i] ?? 0);
      this.lines.push({
        lat: lat.subarray(at, end),
        lon: lon.subarray(at, end),
        road_class: this.data.classes[road[i] ?? 0] ?? '',
        oneway: oneway[i] ?? 0,
        layer: layer[i] ?? 0,
        limit: limit[i] ?? -1,
        name: this.data.names[name[i] ?? 0] ?? '',
        ...boundsOf(lat, lon, at, end),
      });
      at = end;
    }
    return this.lines;
  }

  sourceOf(path: Path, i: number): (typeof SOURCES)[number] {
    return SOURCES[path.source[i] ?? 0] ?? 'none';
  }
}

export interface Bounds {
  minLat: number;
  maxLat: number;
  minLon: number;
  maxLon: number;
}

export function boundsOf(lat: ArrayLike<number>, lon: ArrayLike<number>, from = 0, to = lat.length): Bounds {
  const b = { minLat: 90, maxLat: -90, minLon: 180, maxLon: -180 };
  for (let i = from; i < to; i++) {
    const [y, x] = [lat[i] ?? 0, lon[i] ?? 0];
    b.minLat = Math.min(b.minLat, y);
    b.maxLat = Math.max(b.maxLat, y);
    b.minLon = Math.min(b.minLon, x);
    b.maxLon = Math.max(b.maxLon, x);
  }
  return b;
}

/** What a map shows that has nothing to show. */
export const NOWHERE: Bounds = { minLat: 0, maxLat: 0.01, minLon: 0, maxLon: 0.01 };

export const joined = (a: Bounds, b: Bounds): Bounds => ({
  minLat: Math.min(a.minLat, b.minLat),
  maxLat: Math.max(a.maxLat, b.maxLat),
  minLon: Math.min(a.minLon, b.minLon),
  maxLon: Math.max(a.maxLon, b.maxLon),
});

/** Index of the last point at or before a time; 0 before the first. */
export function indexAt(path: Path, time: number): number {
  let [low, high] = [0, path.count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((path.time[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the car was at a time, between the two points around it. */
export function placeAt(path: Path, time: number): { lat: number; lon: number; speed: number } {
  const i = indexAt(path, time);
  const j = Math.min(i + 1, path.count - 1);
  const [t0, t1] = [path.time[i] ?? 0, path.time[j] ?? 0];
  const share = t1 > t0 && !path.breaks[j] ? Math.min(1, Math.max(0, (time - t0) / (t1 - t0))) : 0;
  const mix = (values: Float64Array) => (values[i] ?? 0) + share * ((values[j] ?? 0) - (values[i] ?? 0));
  return { lat: mix(path.lat), lon: mix(path.lon), speed: mix(path.speed) };
}
