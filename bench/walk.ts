// SPDX-License-Identifier: MIT
// A long lawful-looking drive on a real extract: a seeded walk over its ways, driven by the simulator.
import FlatQueue from 'flatqueue';
import { type OsmWay, readOsm } from '../mapdata/demo/osm_reader.ts';
import { Plane, type Point } from '../mapdata/demo/plane.ts';
import { Path, random, simulate } from '../mapdata/demo/simulate.ts';
import type { Fixes } from '../src/types.ts';

interface Roads {
  at: Map<number, [number, number]>;
  next: Map<number, number[]>;
  /** Every way with a highway tag; `oneway` is 1 with its nodes, -1 against them, 0 both or not known. */
  ways: Map<number, { refs: number[]; oneway: number }>;
}

const DRIVABLE = /^(motorway|trunk|primary|secondary|tertiary|unclassified|residential)(_link)?$/;

const NOWHERE = 0; // no node of OpenStreetMap has this id

const CLOSED = /no|private|destination|permit|customers|delivery/;

function onewayOf(tags: OsmWay['tags']): number {
  const value = tags['oneway'];
  if (value === '-1' || value === 'reverse') return -1;
  if (value !== undefined) return /^(yes|true|1)$/.test(value) ? 1 : 0;
  return /^(roundabout|circular)$/.test(tags['junction'] ?? '') || tags['highway'] === 'motorway' ? 1 : 0;
}

const known = new Map<string, Roads>();

export function readRoads(file: string): Roads {
  let roads = known.get(file);
  if (roads) return roads;
  const { nodes, ways } = readOsm(file);
  roads = { at: nodes, next: new Map(), ways: new Map() };
  for (const way of ways) addWay(way, roads);
  known.set(file, roads);
  return roads;
}

function addWay({ id, refs, tags }: OsmWay, roads: Roads): void {
  const oneway = onewayOf(tags);
  if (tags['highway'] !== undefined) roads.ways.set(id, { refs, oneway });
  const access = [tags['access'], tags['motor_vehicle'], tags['vehicle']].join();
  if (!DRIVABLE.test(tags['highway'] ?? '') || CLOSED.test(access)) return;
  const both = tags['oneway'] !== 'yes' && tags['junction'] !== 'roundabout';
  for (let i = 1; i < refs.length; i++) {
    const [a, b] = [refs[i - 1] ?? 0, refs[i] ?? 0];
    roads.next.set(a, [...(roads.next.get(a) ?? []), b]);
    if (both) roads.next.set(b, [...(roads.next.get(b) ?? []), a]);
  }
}

function reach(next: ReadonlyMap<number, number[]>, from: number): Set<number> {
  const seen = new Set([from]);
  const open = [from];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const to of next.get(here) ?? []) {
      if (!seen.has(to)) open.push(to);
      seen.add(to);
    }
  }
  return seen;
}

/** Nodes from which every other one can be reached and back: the network without its islands. */
function mainNetwork(roads: Roads, next: () => number): number[] {
  const back = new Map<number, number[]>();
  for (const [a, tos] of roads.next) for (const b of tos) back.set(b, [...(back.get(b) ?? []), a]);
  const starts = [...roads.next.keys()].filter((id) => roads.at.has(id));
  let best: number[] = [];
  for (let attempt = 0; attempt < 20 && best.length * 2 < starts.length; attempt++) {
    const from = starts[Math.floor(next() * starts.length)] ?? 0;
    const behind = reach(back, from);
    const both = [...reach(roads.next, from)].filter((id) => behind.has(id) && roads.at.has(id));
    if (both.length > best.length) best = both;
  }
  return best;
}

/** Nodes of the shortest way from `from` to `to` that does not turn back to `before` at once. */
function shortest(roads: Roads, place: (id: number) => Point, from: number, to: number, before: number): number[] {
  const cost = new Map([[from, 0]]);
  const parent = new Map<number, number>();
  const heap = new FlatQueue<number>();
  heap.push(from, 0);
  const settled = new Set<number>();
  for (let here = heap.pop(); here !== undefined && here !== to; here = heap.pop()) {
    if (settled.has(here)) continue;
    settled.add(here);
    const a = place(here);
    for (const id of roads.next.get(here) ?? []) {
      if (!roads.at.has(id) || (here === from && id === before)) continue;
      const b = place(id);
      const total = (cost.get(here) ?? 0) + Math.hypot(b.x - a.x, b.y - a.y);
      if (total >= (cost.get(id) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(id, total);
      parent.set(id, here);
      heap.push(id, total);
    }
  }
  const path = [];
  for (let id = to; id !== from && parent.has(id); id = parent.get(id) ?? from) path.unshift(id);
  return path;
}

/** From one random place to the next by the shortest way, turning round only at the end of a road, at least `metres`. */
function walk(roads: Roads, metres: number, place: (id: number) => Point, next: () => number): Point[] {
  const network = mainNetwork(roads, next);
  const any = () => network[Math.floor(next() * network.length)] ?? 0;
  let [before, here] = [NOWHERE, any()];
  const points = [place(here)];
  for (let length = 0; length < metres; ) {
    const to = any();
    const onward = shortest(roads, place, here, to, before);
    for (const id of onward.length > 0 ? onward : shortest(roads, place, here, to, NOWHERE)) {
      const a = points.at(-1) as Point;
      const b = place(id);
      length += Math.hypot(b.x - a.x, b.y - a.y);
      points.push(b);
      before = here;
      here = id;
    }
  }
  return points;
}

/** Every `every`-th fix, from `first` on, which is less than `every`. */
export function thinned(f: Fixes, every: number, first = 0): Fixes {
  const take = <T extends Float64Array | Float32Array>(a: T) => a.filter((_, i) => i % every === first) as T;
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
