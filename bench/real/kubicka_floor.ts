// SPDX-License-Identifier: MIT
// The least mismatch that the shortest way between fixes can have on the Kubička tracks: the car's true places at
// the fixes are known exactly (every fix of the 1 Hz log placed on the true route by dynamic programming), and
// the shortest way is taken from one to the next, a U-turn for 100 m. What is left, no matcher of shortest ways can find.
// usage: npm run bench -- kubicka-floor [--turn METRES] [--uturn METRES] [seconds between fixes]…
//   --turn   what a right angle costs, and other angles in proportion; default 0
import { parseArgs } from 'node:util';
import FlatQueue from 'flatqueue';
import { readOsm } from '../../mapdata/demo/osm_reader.ts';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import type { Fixes } from '../../src/types.ts';
import { kubickaTracks, OUTLIER, type Track } from './kubicka_tracks.ts';
import { metresByWay, mismatch, type RoutePiece, routeKey } from './route_mismatch.ts';

const { values, positionals } = parseArgs({
  options: { turn: { type: 'string', default: '0' }, uturn: { type: 'string', default: '100' } },
  allowPositionals: true,
});
const [TURN_M, UTURN_M] = [Number(values.turn), Number(values.uturn)];
const SAMPLE_M = 5;
const FASTEST = 50; // m/s
const SIGMA_M = 8;

interface Arc {
  way: number;
  forward: boolean;
  line: Point[];
  length: number;
  from: number;
  to: number;
}

interface Network {
  arcs: Map<string, Arc>;
  leaving: Map<number, Arc[]>;
}

function network(extract: string, plane: Plane): Network {
  const { nodes, ways } = readOsm(extract);
  const arcs = new Map<string, Arc>();
  const leaving = new Map<number, Arc[]>();
  for (const { id, refs, tags } of ways) {
    const forward = refs.flatMap((r) => {
      const at = nodes.get(r);
      return at ? [plane.point(at[0], at[1])] : [];
    });
    const [first = 0, last = 0] = [refs[0], refs.at(-1)];
    const length = lengthOf(forward);
    const both = [{ way: id, forward: true, line: forward, length, from: first, to: last }];
    if (tags['oneway'] !== 'yes') {
      both.push({ way: id, forward: false, line: forward.toReversed(), length, from: last, to: first });
    }
    for (const arc of both) {
      arcs.set(routeKey(id, arc.forward), arc);
      leaving.set(arc.from, [...(leaving.get(arc.from) ?? []), arc]);
    }
  }
  return { arcs, leaving };
}

const lengthOf = (line: readonly Point[]) =>
  line.slice(1).reduce((sum, p, i) => sum + Math.hypot(p.x - (line[i]?.x ?? 0), p.y - (line[i]?.y ?? 0)), 0);

/** A place on the true route: which of its arcs, and how far along it. */
interface Place {
  item: number;
  along: number;
}

interface Sample extends Place, Point {
  at: number;
}

function samples(route: readonly Arc[]): Sample[] {
  const list: Sample[] = [];
  let at = 0;
  route.forEach(({ line, length }, item) => {
    let along = 0;
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point];
      const size = Math.hypot(b.x - a.x, b.y - a.y);
      const count = Math.max(1, Math.ceil(size / SAMPLE_M));
      for (let k = 0; k < count; k++) {
        const t = k / count;
        const [x, y] = [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
        list.push({ item, along: along + size * t, at: at + along + size * t, x, y });
      }
      along += size;
    }
    at += length;
  });
  return list;
}

/** The most likely places of all fixes, never backward: a Viterbi over the samples of the true route. */
function placesOf(fixes: Fixes, list: readonly Sample[], plane: Plane): Place[] {
  let cost = new Float64Array(list.length);
  const back: Int32Array[] = [];
  for (let k = 0; k < fixes.count; k++) {
    const p = plane.point(fixes.lat[k] ?? 0, fixes.lon[k] ?? 0);
    const seconds = k === 0 ? 0 : ((fixes.time_ms[k] ?? 0) - (fixes.time_ms[k - 1] ?? 0)) / 1000;
    const reach = k === 0 ? 0 : FASTEST * Math.max(1, seconds) + 20;
    const next = new Float64Array(list.length);
    const from = new Int32Array(list.length);
    const window: number[] = []; // indices of rising cost, the least first
    let head = 0;
    list.forEach((s, i) => {
      while (window.length > head && (cost[window.at(-1) ?? 0] ?? 0) >= (cost[i] ?? 0)) window.pop();
      window.push(i);
      while (s.at - (list[window[head] ?? 0]?.at ?? 0) > reach) head++;
      const best = k === 0 ? i : (window[head] ?? i);
      const far = Math.hypot(s.x - p.x, s.y - p.y) / SIGMA_M;
      from[i] = best;
      next[i] = (cost[best] ?? 0) + Math.min((far * far) / 2, 3 * far, 200);
    });
    cost = next;
    back.push(from);
  }
  let at = cost.reduce((least, c, i) => (c < (cost[least] ?? 0) ? i : least), 0);
  const places: Place[] = [];
  for (const from of back.toReversed()) {
    places.push(list[at] as Sample);
    at = from[at] ?? 0;
  }
  return places.reverse();
}

const piece = ({ way, forward }: Arc, from_m: number, to_m: number): RoutePiece => ({ way, forward, from_m, to_m });

interface Label {
  arc: Arc;
  parent: Label | undefined;
  cost: number;
}

const course = (a: Point, b: Point) => Math.atan2(b.y - a.y, b.x - a.x);

/** Metres that going from one arc onto the next costs. */
function turnCost(before: Arc, next: Arc): number {
  if (next.way === before.way && next.forward !== before.forward) return UTURN_M;
  const [a, b] = [before.line.slice(-2), next.line.slice(0, 2)] as [[Point, Point], [Point, Point]];
  const off = Math.abs(course(...a) - course(...b));
  const bend = Math.min(off, 2 * Math.PI - off);
  return (TURN_M * bend) / (Math.PI / 2);
}

/** Arcs of the shortest way from a place on the first arc to the start of the last, which is not the first driven on. */
function shortest({ leaving }: Network, first: Arc, along: number, last: Arc): Arc[] {
  const heap = new FlatQueue<Label>();
  heap.push({ arc: first, parent: undefined, cost: -along }, -along);
  const settled = new Set<Arc>();
  for (let here = heap.pop(); here !== undefined; here = heap.pop()) {
    if (here.parent !== undefined) {
      if (settled.has(here.arc)) continue;
      settled.add(here.arc);
      if (here.arc === last) {
        const arcs: Arc[] = [];
        for (let l: Label | undefined = here; l; l = l.parent) arcs.unshift(l.arc);
        return arcs;
      }
    }
    for (const arc of leaving.get(here.arc.to) ?? []) {
      const cost = here.cost + here.arc.length + turnCost(here.arc, arc);
      heap.push({ arc, parent: here, cost }, cost);
    }
  }
  return [];
}

function cut(arcs: readonly Arc[], from: number, to: number): RoutePiece[] {
  return arcs.map((arc, i) => piece(arc, i === 0 ? from : 0, i === arcs.length - 1 ? to : arc.length));
}

function floorOf({ extract, truth, fixes }: Track, steps: readonly number[]) {
  const plane = new Plane(fixes.lat[0] ?? 0, fixes.lon[0] ?? 0);
  const roads = network(extract, plane);
  const route = truth.flatMap((t) => roads.arcs.get(routeKey(t.way, t.forward)) ?? []);
  const places = placesOf(fixes, samples(route), plane);
  return steps.map((step) => {
    const chosen = places.filter((_, k) => k % step === 0);
    const [driven, wanted]: [RoutePiece[], RoutePiece[]] = [[], []];
    for (let k = 1; k < chosen.length; k++) {
      const [a, b] = [chosen[k - 1] as Place, chosen[k] as Place];
      const arcs = route.slice(a.item, b.item + 1);
      const way = a.item === b.item ? arcs : shortest(roads, route[a.item] as Arc, a.along, route[b.item] as Arc);
      wanted.push(...cut(arcs, a.along, b.along));
      driven.push(...cut(way, a.along, b.along));
    }
    return mismatch(metresByWay(wanted), driven);
  });
}

const steps = positionals.length > 0 ? positionals.map(Number) : [1, 5, 10, 30, 60];
const sums = steps.map(() => ({ wrong: 0, length: 0 }));
for (const track of await kubickaTracks()) {
  if (track.track === OUTLIER) continue;
  floorOf(track, steps).forEach((m, i) => {
    const sum = sums[i];
    if (sum === undefined) return;
    sum.wrong += m.missed + m.added;
    sum.length += m.length;
  });
}
for (const [i, step] of steps.entries()) {
  const { wrong, length } = sums[i] ?? { wrong: 0, length: 1 };
  console.log(`every ${step} s: ${((100 * wrong) / length).toFixed(2)} % by the shortest way between the true places`);
}
