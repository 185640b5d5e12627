// SPDX-License-Identifier: MIT
// A long lawful-looking drive on a real extract: a seeded walk over its ways, driven by the simulator.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { Plane, type Point } from '../mapdata/demo/plane.ts';
import { Path, random, simulate } from '../mapdata/demo/simulate.ts';
import type { Fixes } from '../src/types.ts';

interface Roads {
  at: Map<number, [number, number]>;
  next: Map<number, number[]>;
}

const DRIVABLE = /^(motorway|trunk|primary|secondary|tertiary|unclassified|residential)(_link)?$/;

function fields(data: Uint8Array, take: (tag: number, pbf: PbfReader) => void): void {
  new PbfReader(data).readFields((tag, _, pbf) => take(tag, pbf), undefined);
}

/** The blobs of an .osm.pbf file, inflated. */
export function* blobs(bytes: Buffer, inflate: (data: Uint8Array) => Uint8Array) {
  for (let at = 0; at < bytes.length; ) {
    const headSize = bytes.readUInt32BE(at);
    let size = 0;
    let type = '';
    fields(bytes.subarray(at + 4, at + 4 + headSize), (tag, pbf) => {
      if (tag === 1) type = pbf.readString();
      if (tag === 3) size = pbf.readVarint();
    });
    at += 4 + headSize;
    let data: Uint8Array = new Uint8Array();
    fields(bytes.subarray(at, at + size), (tag, pbf) => {
      if (tag === 1) data = pbf.readBytes();
      if (tag === 3) data = inflate(pbf.readBytes());
    });
    at += size;
    yield { type, data };
  }
}

const known = new Map<string, Roads>();

function readRoads(file: string): Roads {
  let roads = known.get(file);
  if (roads) return roads;
  roads = { at: new Map(), next: new Map() };
  for (const { type, data } of blobs(readFileSync(file), inflateSync)) if (type === 'OSMData') readBlock(data, roads);
  known.set(file, roads);
  return roads;
}

function readBlock(data: Uint8Array, roads: Roads): void {
  const strings: string[] = [];
  const groups: Uint8Array[] = [];
  fields(data, (tag, pbf) => {
    if (tag === 1) fields(pbf.readBytes(), (t, p) => t === 1 && strings.push(p.readString()));
    if (tag === 2) groups.push(pbf.readBytes());
  });
  const sum = (values: number[]) => {
    let total = 0;
    return values.map((v) => {
      total += v;
      return total;
    });
  };
  const dense = (bytes: Uint8Array) => {
    let [ids, lats, lons]: number[][] = [[], [], []];
    fields(bytes, (tag, pbf) => {
      if (tag === 1) ids = sum(pbf.readPackedSVarint());
      if (tag === 8) lats = sum(pbf.readPackedSVarint());
      if (tag === 9) lons = sum(pbf.readPackedSVarint());
    });
    (ids ?? []).forEach((id, i) => {
      roads.at.set(id, [(lats?.[i] ?? 0) / 1e7, (lons?.[i] ?? 0) / 1e7]);
    });
  };
  const way = (bytes: Uint8Array) => {
    let [keys, values, refs]: number[][] = [[], [], []];
    fields(bytes, (tag, pbf) => {
      if (tag === 2) keys = pbf.readPackedVarint();
      if (tag === 3) values = pbf.readPackedVarint();
      if (tag === 8) refs = sum(pbf.readPackedSVarint());
    });
    const tags = new Map((keys ?? []).map((k, i) => [strings[k], strings[values?.[i] ?? 0]]));
    if (!DRIVABLE.test(tags.get('highway') ?? '') || tags.has('access')) return;
    const both = tags.get('oneway') !== 'yes' && tags.get('junction') !== 'roundabout';
    for (let i = 1; i < (refs?.length ?? 0); i++) {
      const [a, b] = [refs?.[i - 1] ?? 0, refs?.[i] ?? 0];
      roads.next.set(a, [...(roads.next.get(a) ?? []), b]);
      if (both) roads.next.set(b, [...(roads.next.get(b) ?? []), a]);
    }
  };
  for (const group of groups) {
    fields(group, (tag, pbf) => {
      if (tag === 2) dense(pbf.readBytes());
      else if (tag === 3) way(pbf.readBytes());
    });
  }
}

/** Straight on where that is possible, seldom back, never twice through a node when it can be helped. */
function walk(roads: Roads, metres: number, place: (id: number) => Point, next: () => number): Point[] {
  const starts = [...roads.next.keys()].filter((id) => roads.at.has(id));
  let best: Point[] = [];
  for (let attempt = 0; attempt < 51; attempt++) {
    const turnsBack = attempt === 50; // the extract has no long way without dead ends
    let here = starts[Math.floor(next() * starts.length)] ?? 0;
    let before = 0;
    let length = 0;
    const seen = new Map<number, number>();
    const points = [place(here)];
    while (length < metres) {
      seen.set(here, (seen.get(here) ?? 0) + 1);
      const all = (roads.next.get(here) ?? []).filter((id) => roads.at.has(id));
      const onward = all.filter((id) => id !== before);
      const options = onward.length === 0 && turnsBack ? all : onward;
      if (options.length === 0) break;
      const fewest = Math.min(...options.map((id) => seen.get(id) ?? 0));
      const fresh = options.filter((id) => (seen.get(id) ?? 0) === fewest);
      const to = fresh[Math.floor(next() * fresh.length)] ?? 0;
      const a = points.at(-1) as Point;
      const b = place(to);
      length += Math.hypot(b.x - a.x, b.y - a.y);
      points.push(b);
      before = here;
      here = to;
    }
    if (points.length > best.length) best = points;
    if (length >= metres) return points;
  }
  return best;
}

/** Every `every`-th fix. */
export function thinned(f: Fixes, every: number): Fixes {
  const take = <T extends Float64Array | Float32Array>(a: T) => a.filter((_, i) => i % every === 0) as T;
  const time_ms = take(f.time_ms);
  return {
    count: time_ms.length,
    time_ms,
    lat: take(f.lat),
    lon: take(f.lon),
    speed_mps: take(f.speed_mps),
    heading_deg: take(f.heading_deg),
    accuracy_m: take(f.accuracy_m),
  };
}

/** `count` fixes at 1 Hz along real roads, speeds and headings included, on a copy `moved` by degrees. */
export function driveOn(file: string, count: number, seed: number, moved = { lat: 0, lon: 0 }): Fixes {
  const roads = readRoads(file);
  const [lat, lon] = roads.at.get([...roads.next.keys()].find((id) => roads.at.has(id)) ?? 0) ?? [0, 0];
  const plane = new Plane(lat + moved.lat, lon + moved.lon);
  const place = (id: number) => {
    const [y, x] = roads.at.get(id) ?? [0, 0];
    return plane.point(y + moved.lat, x + moved.lon);
  };
  const points = walk(roads, count * 14, place, random(seed)).filter(
    (p, i, all) => i === 0 || Math.hypot(p.x - (all[i - 1]?.x ?? 0), p.y - (all[i - 1]?.y ?? 0)) > 0.5,
  );
  const fixes = simulate(new Path(points), plane, {
    speedAt: () => 50,
    start: '2026-10-05T01:00:00Z',
    seed,
    lateral_m: 1,
  }).slice(0, count);
  return {
    count: fixes.length,
    time_ms: Float64Array.from(fixes, (f) => Date.parse(f.time)),
    lat: Float64Array.from(fixes, (f) => f.lat),
    lon: Float64Array.from(fixes, (f) => f.lon),
    speed_mps: Float32Array.from(fixes, (f) => f.speed_kmh / 3.6),
    heading_deg: Float32Array.from(fixes, (f) => f.heading_deg),
    accuracy_m: Float32Array.from(fixes, () => 5),
  };
}
