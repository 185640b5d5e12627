// SPDX-License-Identifier: MIT
// The open matchers on the same maps and the same noisy traces, as routes of ways and directions. On demand, for
// installing them takes minutes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import type { Fixes } from '../../src/types.ts';
import { ROOT } from '../natives.ts';
import { CACHE } from '../places.ts';
import type { RoutePiece } from '../real/route_mismatch.ts';
import { readRoads } from '../walk.ts';

export const PEERS = ['Valhalla', 'Valhalla, law off', 'OSRM', 'GraphHopper'] as const;
export type Peer = (typeof PEERS)[number];

/** A way driven in one direction, in the order of driving. */
export interface Piece extends RoutePiece {
  against: boolean;
}

type Raw = [node: number, node: number] | [way: number, lat: number, lon: number, lat: number, lon: number];

const HOME = dirname(CACHE);
const PEERS_FOLDER = join(ROOT, 'bench', 'peers');
const SETUP = join(PEERS_FOLDER, 'setup.sh');
const PYTHON = { Valhalla: 'valhalla', 'Valhalla, law off': 'valhalla-permissive', OSRM: 'osrm' } as const;

/** Metres along a line of the point next to `p`. */
function along(line: readonly Point[], p: Point): number {
  let [best, at, gone] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point];
    const size = Math.hypot(b.x - a.x, b.y - a.y);
    if (size === 0) continue;
    const t = Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / size ** 2));
    const far = Math.hypot(a.x + t * (b.x - a.x) - p.x, a.y + t * (b.y - a.y) - p.y);
    if (far < best) [best, at] = [far, gone + t * size];
    gone += size;
  }
  return at;
}

/** Turns the peers' pieces into ways and directions of the extract. */
class Ways {
  private readonly roads: ReturnType<typeof readRoads>;
  private readonly bySegment = new Map<string, [way: number, forward: boolean, index: number]>();

  constructor(extract: string) {
    this.roads = readRoads(extract);
    for (const [way, { refs }] of this.roads.ways) {
      for (let i = 1; i < refs.length; i++) {
        this.bySegment.set(`${refs[i - 1]} ${refs[i]}`, [way, true, i]);
        this.bySegment.set(`${refs[i]} ${refs[i - 1]}`, [way, false, i]);
      }
    }
  }

  piece(raw: Raw): Piece[] {
    return raw.length === 2 ? this.ofSegment(raw) : this.ofEnds(raw);
  }

  private made(way: number, forward: boolean, from_m: number, to_m: number): Piece[] {
    const oneway = this.roads.ways.get(way)?.oneway ?? 0;
    return to_m > from_m ? [{ way, forward, from_m, to_m, against: oneway === (forward ? -1 : 1) }] : [];
  }

  /** The way's line on a plane; nodes that the extract lacks are left out. */
  private line(way: number, plane: Plane): Point[] {
    const refs = this.roads.ways.get(way)?.refs ?? [];
    return refs.flatMap((r) => {
      const p = this.roads.at.get(r);
      return p ? [plane.point(p[0], p[1])] : [];
    });
  }

  private ofSegment([a, b]: [number, number]): Piece[] {
    const found = this.bySegment.get(`${a} ${b}`);
    const p = this.roads.at.get(a);
    if (!found || !p) return [];
    const [way, forward, index] = found;
    const line = this.line(way, new Plane(p[0], p[1]));
    const from = lengthOf(line.slice(0, index));
    return this.made(way, forward, from, lengthOf(line.slice(0, index + 1)));
  }

  private ofEnds([way, lat1, lon1, lat2, lon2]: [number, number, number, number, number]): Piece[] {
    const plane = new Plane(lat1, lon1);
    const line = this.line(way, plane);
    if (line.length < 2) return [];
    const [from, to] = [along(line, { x: 0, y: 0 }), along(line, plane.point(lat2, lon2))];
    const whole = lengthOf(line);
    const refs = this.roads.ways.get(way)?.refs ?? [];
    const ring = refs[0] === refs.at(-1);
    if (ring && Math.abs(to - from) > whole / 2) {
      // over the ring's first node
      return to < from
        ? [...this.made(way, true, from, whole), ...this.made(way, true, 0, to)]
        : [...this.made(way, false, 0, from), ...this.made(way, false, to, whole)];
    }
    return this.made(way, to > from, Math.min(from, to), Math.max(from, to));
  }
}

const lengthOf = (line: readonly Point[]) =>
  line.slice(1).reduce((sum, p, i) => sum + Math.hypot(p.x - (line[i]?.x ?? 0), p.y - (line[i]?.y ?? 0)), 0);

const rows = (f: Fixes) =>
  Array.from({ length: f.count }, (_, i) => [Math.round((f.time_ms[i] ?? 0) / 1000), f.lat[i], f.lon[i]]);

function python(peer: keyof typeof PYTHON, extract: string, drives: string): string {
  const chroot = join(HOME, 'peers');
  const folder = join(chroot, 'work');
  rmSync(join(folder, 'routes'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    [extract, 'extract.osm.pbf'],
    [drives, 'drives.json'],
    [join(PEERS_FOLDER, 'python_peer.py'), 'python_peer.py'],
  ] as const) {
    rmSync(join(folder, to), { force: true });
    copyFileSync(from, join(folder, to));
  }
  const program = ['/venv/bin/python', '/work/python_peer.py', PYTHON[peer], '/work/extract.osm.pbf'];
  const args = [chroot, ...program, '/work/drives.json', '/work/routes', '/work/routes.json'];
  execFileSync('chroot', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'routes.json');
}

function graphhopper(extract: string, drives: string): string {
  const folder = join(HOME, 'graphhopper');
  rmSync(join(folder, 'graph'), { recursive: true, force: true });
  const routes = join(folder, 'routes.json');
  const program = ['-cp', '.:lib/*', 'GraphHopperPeer', extract, drives, 'graph', routes];
  execFileSync('java', program, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  return routes;
}

let ready = false;

/** The peer's routes of these traces, kept by what they depend on, for a peer takes minutes. */
function routesOf(peer: Peer, extract: string, drives: string): Record<string, Raw[]> {
  const own = ['setup.sh', peer === 'GraphHopper' ? 'GraphHopperPeer.java' : 'python_peer.py'];
  const hash = createHash('sha256').update(peer);
  for (const file of [extract, drives, ...own.map((f) => join(PEERS_FOLDER, f))]) hash.update(readFileSync(file));
  const kept = join(CACHE, `peer-routes-${hash.digest('hex').slice(0, 16)}.json`);
  if (!existsSync(kept)) {
    if (!ready) execFileSync(SETUP, [HOME], { stdio: ['ignore', 'ignore', 'inherit'] });
    ready = true;
    copyFileSync(peer === 'GraphHopper' ? graphhopper(extract, drives) : python(peer, extract, drives), kept);
  }
  return JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Raw[]>;
}

/** The route of each trace by each peer, an empty one where it gave none. */
export function peerRoutes(
  extract: string,
  traces: ReadonlyMap<string, Fixes>,
  peers: readonly Peer[] = PEERS,
): Map<Peer, Map<string, Piece[]>> {
  const drives = join(CACHE, 'accuracy-traces.json');
  writeFileSync(drives, JSON.stringify(Object.fromEntries([...traces].map(([name, f]) => [name, rows(f)]))));
  const ways = new Ways(extract);
  return new Map(
    peers.map((peer) => {
      const routes = routesOf(peer, extract, drives);
      return [
        peer,
        new Map([...traces.keys()].map((name) => [name, (routes[name] ?? []).flatMap((r) => ways.piece(r))])),
      ];
    }),
  );
}
