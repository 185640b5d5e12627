// SPDX-License-Identifier: MIT
// Ways of OpenStreetMap that lie on one another count as one road: no log tells on which of them a car was.
import { dirname, join } from 'node:path';
import { type OsmFile, type OsmWay, readOsm } from '../../mapdata/demo/osm_reader.ts';
import { Plane } from '../../mapdata/demo/plane.ts';
import type { RoutePiece } from '../real/route_mismatch.ts';

/** Metres between the middles of two stretches that lie on one another. */
const SAME_M = 1;

/** A way from one node of several ways to the next. */
interface Stretch {
  way: number;
  from_m: number;
  to_m: number;
  first: number;
  last: number;
  middle: { x: number; y: number };
}

/** A stretch in place of its way: one number for all that lie on one another, and whether this one goes as they are counted. */
interface Place {
  from_m: number;
  to_m: number;
  number: number;
  along: boolean;
}

type Line = { x: number; y: number; m: number }[];

function lineOf(osm: OsmFile, refs: readonly number[]): Line {
  const points = refs.map((ref): [number, number] => osm.nodes.get(ref) ?? [Number.NaN, Number.NaN]);
  const plane = new Plane(...(points[0] ?? [0, 0]));
  let m = 0;
  let before: { x: number; y: number } | undefined;
  return points.map(([lat, lon]) => {
    const here = plane.point(lat, lon);
    m += before ? Math.hypot(here.x - before.x, here.y - before.y) : 0;
    before = here;
    return { ...here, m };
  });
}

function middleOf(line: Line): { x: number; y: number } {
  const half = ((line[0]?.m ?? 0) + (line.at(-1)?.m ?? 0)) / 2;
  const i = Math.max(
    1,
    line.findIndex((p) => p.m >= half),
  );
  const [a, b] = [line[i - 1], line[i]] as [Line[0], Line[0]];
  const share = b.m > a.m ? (half - a.m) / (b.m - a.m) : 0;
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

function stretchesOf(osm: OsmFile, way: OsmWay, crossings: ReadonlySet<number>): Stretch[] {
  const line = lineOf(osm, way.refs);
  const cuts = way.refs.flatMap((ref, i) => (i === 0 || i + 1 === way.refs.length || crossings.has(ref) ? [i] : []));
  return cuts.slice(1).map((end, k) => {
    const begin = cuts[k] as number;
    const [first, last] = [way.refs[begin], way.refs[end]] as [number, number];
    const part = lineOf(osm, first < last ? way.refs.slice(begin, end + 1) : way.refs.slice(begin, end + 1).reverse());
    const [from, to] = [line[begin], line[end]] as [Line[0], Line[0]];
    return { way: way.id, from_m: from.m, to_m: to.m, first, last, middle: middleOf(part) };
  });
}

const near = (a: Stretch, b: Stretch) => Math.hypot(a.middle.x - b.middle.x, a.middle.y - b.middle.y) < SAME_M;

/** Rewrites routes so that a stretch has one name, whichever of the ways on it was taken. */
export class DrawnTwice {
  private readonly places = new Map<number, Place[]>();

  constructor(osm: OsmFile) {
    const ways = osm.ways.filter((way) => way.tags['highway'] !== undefined);
    const seen = new Set<number>();
    const crossings = new Set<number>();
    for (const ref of ways.flatMap((way) => way.refs)) (seen.has(ref) ? crossings : seen).add(ref);
    const byEnds = new Map<string, Stretch[]>();
    const all = new Map(ways.map((way) => [way.id, stretchesOf(osm, way, crossings)]));
    for (const stretch of [...all.values()].flat()) {
      const ends = `${Math.min(stretch.first, stretch.last)} ${Math.max(stretch.first, stretch.last)}`;
      byEnds.set(ends, [...(byEnds.get(ends) ?? []), stretch]);
    }
    const numbers = new Map<Stretch, number>();
    for (const [number, list] of [...byEnds.values()].entries()) {
      const twins = list.filter((s) => list.some((t) => t.way !== s.way && near(s, t)));
      for (const stretch of twins) numbers.set(stretch, -1 - number);
    }
    for (const [way, stretches] of all) {
      if (!stretches.some((s) => numbers.has(s))) continue;
      const place = (s: Stretch) => ({ ...s, number: numbers.get(s) ?? way, along: s.first < s.last });
      this.places.set(way, stretches.map(place));
    }
  }

  /** Of the extract that a place's map was made of (drives.ts). */
  static under(map: string): DrawnTwice {
    return new DrawnTwice(readOsm(join(dirname(map), 'map.osm.pbf')));
  }

  route(route: readonly RoutePiece[]): RoutePiece[] {
    return route.flatMap((piece) => {
      const { way, forward } = piece;
      const places = this.places.get(way);
      if (!places) return [piece];
      return places.flatMap(({ from_m, to_m, number, along }): RoutePiece[] => {
        const [from, to] = [Math.max(from_m, piece.from_m), Math.min(to_m, piece.to_m)];
        if (to <= from) return [];
        return [{ way: number, forward: number === way ? forward : forward === along, from_m: from, to_m: to }];
      });
    });
  }
}
