// SPDX-License-Identifier: MIT
// Drives over a given way of a real extract, made from the extract's own geometry: along the way and on to open
// roads at both ends, begun and ended well outside it. Closed streets around it are driven where there is no other way.
import FlatQueue from 'flatqueue';
import type { OsmFile, OsmWay } from '../../mapdata/demo/osm_reader.ts';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import { Path } from '../../mapdata/demo/simulate.ts';

const ROADS = /^(motorway|trunk|primary|secondary|tertiary|unclassified|residential|service|pedestrian)(_link)?$/;
const CLOSED = /no|private|destination|permit|customers|delivery/;
/** Metres of open road at either end: a trip must neither begin nor end in the street. */
const REACH = 90;
/** A metre of a street that is closed at times counts as so many. */
const DETOUR = 6;

interface Arc {
  to: number;
  metres: number;
  way: OsmWay;
}

export const conditionalTags = (way: OsmWay): [string, string][] =>
  Object.entries(way.tags).filter(([key]) => key.endsWith(':conditional'));

const alwaysClosed = ({ tags }: OsmWay): boolean =>
  CLOSED.test([tags['access'], tags['vehicle'], tags['motor_vehicle']].join());

export interface RealDrive {
  path: Path;
  /** Metres of the path at which the way begins and ends. */
  from: number;
  to: number;
  /** All ways that are driven, but the open roads at the ends. */
  ways: Set<OsmWay>;
}

interface Label {
  came: number;
  arc: Arc | undefined;
  open: number;
}

export class RealRoads {
  readonly plane: Plane;
  private readonly points = new Map<number, Point>();
  private readonly ahead = new Map<number, Arc[]>();
  private readonly behind = new Map<number, Arc[]>();

  constructor(file: OsmFile) {
    const [lat, lon] = [...file.nodes.values()][0] ?? [0, 0];
    this.plane = new Plane(lat, lon);
    for (const [id, [nodeLat, nodeLon]] of file.nodes) this.points.set(id, this.plane.point(nodeLat, nodeLon));
    for (const way of file.ways) if (ROADS.test(way.tags['highway'] ?? '') && !alwaysClosed(way)) this.add(way);
  }

  private add(way: OsmWay): void {
    const { oneway, junction, area, highway } = way.tags;
    const conditional = conditionalTags(way).length > 0;
    if (area === 'yes' || (highway === 'pedestrian' && !conditional)) return;
    for (let i = 1; i < way.refs.length; i++) {
      const [a = 0, b = 0] = way.refs.slice(i - 1, i + 1);
      if (oneway !== '-1') this.join(a, b, way);
      if (oneway === '-1' || (oneway !== 'yes' && junction !== 'roundabout')) this.join(b, a, way);
    }
  }

  private join(from: number, to: number, way: OsmWay): void {
    const [a, b] = [this.points.get(from), this.points.get(to)];
    if (!a || !b) return;
    const metres = Math.hypot(a.x - b.x, a.y - b.y);
    this.ahead.set(from, [...(this.ahead.get(from) ?? []), { to, metres, way }]);
    this.behind.set(to, [...(this.behind.get(to) ?? []), { to: from, metres, way }]);
  }

  /** The nearest place with REACH of open road before it; the nodes from there to `start`, and the ways. */
  private away(start: number, arcs: ReadonlyMap<number, Arc[]>, taken: ReadonlySet<number>) {
    const labels = new Map<number, Label>([[start, { came: start, arc: undefined, open: 0 }]]);
    const done = new Set<number>();
    const queue = new FlatQueue<number>();
    queue.push(start, 0);
    for (let cost = queue.peekValue(); cost !== undefined; cost = queue.peekValue()) {
      const here = queue.pop() as number;
      if (done.has(here)) continue;
      done.add(here);
      const label = labels.get(here) as Label;
      if (label.open >= REACH) return trail(labels, here, start);
      for (const arc of arcs.get(here) ?? []) {
        if (done.has(arc.to) || taken.has(arc.to)) continue;
        const closed = conditionalTags(arc.way).length > 0;
        const open = closed ? 0 : label.open + arc.metres;
        if (!labels.has(arc.to)) labels.set(arc.to, { came: here, arc, open });
        queue.push(arc.to, cost + arc.metres * (closed ? DETOUR : 1));
      }
    }
    return undefined;
  }

  /** Metre of the path nearest to a position. */
  along(path: Path, lat: number, lon: number): number {
    const p = this.plane.point(lat, lon);
    const metres = Array.from({ length: Math.ceil(path.length) }, (_, s) => s);
    const aside = metres.map((s) => Math.hypot(path.place(s).x - p.x, path.place(s).y - p.y));
    return aside.indexOf(Math.min(...aside));
  }

  /** The drive over the way; undefined where the extract has none. */
  over(way: OsmWay, forward = true): RealDrive | undefined {
    const nodes = forward ? way.refs : way.refs.toReversed();
    if (nodes.some((n) => !this.points.has(n))) return undefined;
    const [first = 0, last = 0] = [nodes[0], nodes.at(-1)];
    const before = this.away(first, this.behind, new Set(nodes));
    if (!before) return undefined;
    const after = this.away(last, this.ahead, new Set([...nodes, ...before.nodes]));
    if (!after) return undefined;
    const all = [...before.nodes, ...nodes.slice(1), ...after.nodes.toReversed().slice(1)];
    const path = new Path(all.map((n) => this.points.get(n) as Point));
    const begin = before.nodes.length - 1;
    const ways = new Set([way, ...before.ways, ...after.ways]);
    return { path, from: path.at[begin] ?? 0, to: path.at[begin + nodes.length - 1] ?? 0, ways };
  }
}

function trail(labels: ReadonlyMap<number, Label>, end: number, start: number) {
  const nodes = [end];
  const ways = new Set<OsmWay>();
  for (let at = labels.get(end); at?.arc; at = labels.get(at.came)) {
    nodes.push(at.came);
    if (conditionalTags(at.arc.way).length > 0) ways.add(at.arc.way);
    if (at.came === start) break;
  }
  return { nodes, ways };
}
