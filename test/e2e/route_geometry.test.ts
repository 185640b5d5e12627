// SPDX-License-Identifier: MIT
// The lines of a trace and of the roads in a box are the ways of the extract to 0.1 m: every corner of the way is on the
// line, and every corner of the line is on the way. The bundled town always; Malta where ../shared/data is.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { readOsm } from '../../mapdata/demo/osm_reader.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';
import type { TraceStretch } from '../../src/trace.ts';
import type { Fixes } from '../../src/types.ts';

/** Metres. Half a unit of a level-13 tile, 8e-7 degrees, is 0.06 m in both axes (FORMAT.md section 4). */
const BOUND = 0.1;
const malta = join(import.meta.dirname, '../../../shared/data/maps/malta.osm.pbf');
const folder = mkdtempSync(join(tmpdir(), 'tomare-geometry-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Line = { lat: ArrayLike<number>; lon: ArrayLike<number> };
/** Metres east and north of a place on the globe. */
type Plane = [x: number, y: number];
const ORIGIN: Plane = [0, 0];

/** WGS84: metres of a degree at a latitude. */
function plane(lat: number, lon: number, lat0: number): Plane {
  const phi = (lat0 * Math.PI) / 180;
  const y = 111132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi);
  const x = 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi);
  return [lon * x, lat * y];
}

const planar = ({ lat, lon }: Line, lat0: number): Plane[] =>
  Array.from({ length: lat.length }, (_, i) => plane(lat[i] ?? 0, lon[i] ?? 0, lat0));

function off(p: Plane, line: readonly Plane[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.max(1, line.length - 1); i++) {
    const [a, b] = [line[i] ?? ORIGIN, line[i + 1] ?? line[i] ?? ORIGIN];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const square = dx * dx + dy * dy;
    const share = square > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square : 0;
    const t = Math.min(1, Math.max(0, share));
    best = Math.min(best, Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy));
  }
  return best;
}

/** The farthest that a corner of one line is from the other, both ways. */
function apart(a: readonly Plane[], b: readonly Plane[]): number {
  return Math.max(...a.map((p) => off(p, b)), ...b.map((p) => off(p, a)));
}

/** The part of a line between two metres of its length, scaled so that the whole is `length_m` long. */
function part(line: readonly Plane[], from_m: number, to_m: number): Plane[] {
  const out: Plane[] = [];
  let walked = 0;
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] as Plane, line[i + 1] as Plane];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const at = (m: number): Plane => {
      const share = length > 0 ? (m - walked) / length : 0;
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    };
    const [low, high] = [Math.max(from_m, walked), Math.min(to_m, walked + length)];
    if (low <= high) out.push(at(low), at(high));
    walked += length;
  }
  return out;
}

const lengthOf = (line: readonly Plane[]) =>
  line.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - (line[i]?.[0] ?? 0), p[1] - (line[i]?.[1] ?? 0)), 0);

class Extract {
  readonly ways: Map<number, Line>;

  constructor(path: string) {
    const { nodes, ways } = readOsm(path);
    this.ways = new Map();
    for (const { id, refs, tags } of ways) {
      const at = refs.map((ref) => nodes.get(ref));
      if (tags['highway'] === undefined || at.some((p) => p === undefined)) continue;
      this.ways.set(id, { lat: at.map((p) => p?.[0] ?? 0), lon: at.map((p) => p?.[1] ?? 0) });
    }
  }

  /**
   * How far a stretch is from its way, between the metres that it says. The map's metres are those of a latitude near by
   * (base/geo.hpp: to 2e-4), so that the ends may lie so much farther along the way.
   */
  apartFrom(s: TraceStretch): number {
    const way = this.ways.get(s.way);
    if (way === undefined) return Number.POSITIVE_INFINITY;
    const lat0 = way.lat[0] ?? 0;
    const [whole, line] = [planar(way, lat0), planar(s, lat0)];
    const slack = BOUND + 3e-4 * s.to_m;
    const inner = part(whole, s.from_m + slack, s.to_m - slack);
    const outer = part(whole, Math.max(0, s.from_m - slack), s.to_m + slack);
    const longer = Math.abs(lengthOf(line) - (s.to_m - s.from_m)) - 2 * slack;
    return Math.max(longer, ...line.map((p) => off(p, outer)), ...inner.map((p) => off(p, line)));
  }
}

/** The worst of a drive's stretches, and whether each goes the way that it says. */
function worstOf(session: Session, extract: Extract, fixes: Fixes): { count: number; worst: number } {
  const { stretches } = session.trace(fixes);
  return { count: stretches.length, worst: Math.max(0, ...stretches.map((s) => extract.apartFrom(s))) };
}

/** A fix each second at 12 m/s along a way. */
function along(way: Line): Fixes {
  const lat0 = way.lat[0] ?? 0;
  const line = planar(way, lat0);
  const [mx, my] = plane(1, 1, lat0);
  const count = Math.floor(lengthOf(line) / 12) + 1;
  const at = Array.from({ length: count }, (_, i) => part(line, i * 12, i * 12)[0] ?? ORIGIN);
  const none = () => new Float32Array(count).fill(Number.NaN);
  return {
    count,
    time_ms: Float64Array.from(at, (_, i) => 1_790_000_000_000 + i * 1000),
    lat: Float64Array.from(at, ([, y]) => y / my),
    lon: Float64Array.from(at, ([x]) => x / mx),
    speed_mps: none(),
    heading_deg: none(),
    accuracy_m: none(),
  };
}

const EVERYWHERE = { min_lat: -90, min_lon: -180, max_lat: 90, max_lon: 180 };

describe('the town', () => {
  const map = join(folder, 'town.tmap');
  let session: Session;
  let extract: Extract;
  beforeAll(async () => {
    makeDemo(folder);
    await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
    session = openSession({ map });
    extract = new Extract(join(folder, 'town.osm.pbf'));
  });

  it('stretches of every drive are their ways, from and to the metres that they say', async () => {
    let stretches = 0;
    for (const file of readdirSync(join(folder, 'drives'))) {
      const { fixes } = await readLog(join(folder, 'drives', file), { timeZone: 'Asia/Tokyo' });
      const { count, worst } = worstOf(session, extract, fixes);
      stretches += count;
      expect(worst, file).toBeLessThanOrEqual(BOUND);
    }
    expect(stretches).toBeGreaterThan(50);
  });

  it('stretches are the route of the result, and join where it does not break', async () => {
    const { fixes } = await readLog(join(folder, 'drives', 'banned-right.csv'), { timeZone: 'Asia/Tokyo' });
    const { stretches } = session.trace(fixes);
    const { route } = session.analysis(fixes, { route: true });
    expect(
      stretches.map(({ way, forward, from_m, to_m, enter_ms, exit_ms }) => ({
        way,
        forward,
        from_m,
        to_m,
        enter_ms,
        exit_ms,
      })),
    ).toEqual(route);
    for (const [i, s] of stretches.entries()) {
      const before = stretches[i - 1];
      if (before === undefined || before.exit_ms !== s.enter_ms) continue;
      expect(
        off(plane(s.lat[0] ?? 0, s.lon[0] ?? 0, 35), [plane(before.lat.at(-1) ?? 0, before.lon.at(-1) ?? 0, 35)]),
      ).toBeLessThan(BOUND);
    }
  });

  it('roads are the ways, one line each, in the order of their nodes', () => {
    const { lines, cut } = session.roads(EVERYWHERE);
    expect(cut).toBe(false);
    expect(lines.length).toBeGreaterThan(50);
    expect(new Set(lines.map((l) => l.way)).size).toBe(lines.length);
    for (const line of lines) {
      const way = extract.ways.get(line.way) as Line;
      expect(line.lat.length, `way ${line.way}`).toBe(way.lat.length);
      for (let i = 0; i < way.lat.length; i++) {
        const [a, b] = [plane(line.lat[i] ?? 0, line.lon[i] ?? 0, 35), plane(way.lat[i] ?? 0, way.lon[i] ?? 0, 35)];
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThanOrEqual(BOUND);
      }
    }
  });

  it('a bound leaves out and says so; a box that is none is refused', () => {
    expect(session.roads(EVERYWHERE, { most: 20 })).toMatchObject({ cut: true });
    const named = (errorName: string) => expect.objectContaining({ errorName });
    expect(() => session.roads({ ...EVERYWHERE, min_lat: 95 })).toThrow(named('USAGE'));
    expect(() => session.roads({ ...EVERYWHERE, max_lon: Number.NaN })).toThrow(named('USAGE'));
    expect(() => session.roads(EVERYWHERE, { most: 0.5 })).toThrow(named('USAGE'));
    expect(() => session.roads(EVERYWHERE, { classes: ['path' as 'primary'] })).toThrow(named('USAGE'));
    expect(session.roads(EVERYWHERE, { classes: ['motorway'] }).lines.every((l) => l.road_class === 'motorway')).toBe(
      true,
    );
  });
});

describe.skipIf(!existsSync(malta))('Malta', () => {
  const map = join(folder, 'malta.tmap');
  let session: Session;
  let extract: Extract;
  beforeAll(async () => {
    await buildMap({ inputs: [malta], output: map });
    session = openSession({ map, profile: 'generic' });
    extract = new Extract(malta);
  }, 60_000);

  it('roads are the ways', () => {
    const { lines, cut } = session.roads(EVERYWHERE, { most: 4_000_000 });
    expect(cut).toBe(false);
    const seen = new Set<number>();
    let worst = 0;
    for (const line of lines) {
      const way = extract.ways.get(line.way);
      if (way === undefined) continue; // a node of it is not in the extract
      expect(seen.has(line.way), `way ${line.way} is one line`).toBe(false);
      seen.add(line.way);
      const lat0 = way.lat[0] ?? 0;
      worst = Math.max(worst, apart(planar(line, lat0), planar(way, lat0)));
    }
    expect(seen.size).toBeGreaterThan(15_000);
    expect(worst).toBeLessThanOrEqual(BOUND);
  }, 60_000);

  it('stretches of drives over its longest ways are their ways', () => {
    const length = (w: Line) => lengthOf(planar(w, 35.9));
    const { lines } = session.roads(EVERYWHERE, {
      most: 4_000_000,
      classes: ['primary', 'secondary', 'tertiary', 'unclassified'],
    });
    const longest = lines
      .flatMap((l) => extract.ways.get(l.way) ?? [])
      .sort((a, b) => length(b) - length(a))
      .slice(0, 150);
    let stretches = 0;
    let worst = 0;
    for (const way of longest) {
      const found = worstOf(session, extract, along(way));
      stretches += found.count;
      worst = Math.max(worst, found.worst);
    }
    expect(stretches).toBeGreaterThan(150);
    expect(worst).toBeLessThanOrEqual(BOUND);
  }, 60_000);
});
