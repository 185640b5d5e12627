// SPDX-License-Identifier: MIT
// One straight road of three ways, driven from west to east or back at a given minute: what the law
// makes of its tags. The middle way, 600 m long, carries the tags that a scenario is about.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type OsmData, type OsmNode, type OsmRelation, writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Plane } from '../../mapdata/demo/plane.ts';
import { Path, simulate } from '../../mapdata/demo/simulate.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import type { LeftOut, OverlayRow, Point } from '../../src/overlay/rows.ts';
import { openSession } from '../../src/session.ts';
import { loadSettings, type Settings } from '../../src/settings/settings.ts';
import type { Finding, Vehicle } from '../../src/types.ts';

type Tags = Record<string, string>;
const PLANE = new Plane(35.1, 139.42);
export const MIDDLE = 102;
const XS = [0, 300, 900, 1200];

export interface Street {
  /** Tags of the middle way. */
  tags: Tags;
  /** Tags of the ways before and after it. */
  ends?: Tags;
  /** Nodes on the middle way: metres from its west end, and their tags. */
  points?: [number, Tags][];
  /** Tags of a restriction from the way before the middle one into the side street at its west end. */
  restriction?: Tags;
  /** Latitude and longitude of the west end; by default a place in Japan. */
  origin?: [number, number];
  /** Rows of a regulation overlay; `place` gives their positions. */
  overlay?: OverlayRow[];
}

export interface Drive {
  /** ISO time with zone at which the drive begins, 300 m before the middle way. */
  start: string;
  kmh: number;
  westward?: boolean;
  vehicle?: Vehicle;
  profile?: string;
  settings?: Partial<Settings>;
  /** Metres from the west end of the road at which the car stands for three seconds. */
  stops?: number[];
  /** Turns left into the side street before the middle way; then findings of every way are given. */
  turn?: boolean;
  /** Another path, by metres east and north; then too. */
  path?: [number, number][];
}

function restriction(tags: Tags): OsmRelation {
  return {
    id: 900,
    tags: { type: 'restriction', ...tags },
    members: [
      { type: 'way', ref: 101, role: 'from' },
      { type: 'node', ref: 2, role: 'via' },
      { type: 'way', ref: 104, role: 'to' },
    ],
  };
}

/** Metres east and north. */
interface Point2 {
  x: number;
  y: number;
}

const planeOf = ({ origin }: Street) => (origin ? new Plane(...origin) : PLANE);

function osm(street: Street): OsmData {
  const plane = planeOf(street);
  const ends = street.ends ?? { highway: 'tertiary', maxspeed: '130' };
  const nodes: OsmNode[] = XS.map((x, i) => ({ id: i + 1, ...plane.position({ x, y: 0 }) }));
  const inner = (street.points ?? []).map(([at, tags], i) => {
    nodes.push({ id: 50 + i, ...plane.position({ x: 300 + at, y: 0 }), tags });
    return 50 + i;
  });
  // side streets keep the ways apart from one another, as real junctions do
  nodes.push({ id: 10, ...plane.position({ x: 300, y: 200 }) }, { id: 11, ...plane.position({ x: 900, y: 200 }) });
  return {
    nodes,
    ways: [
      { id: 101, refs: [1, 2], tags: ends },
      { id: MIDDLE, refs: [2, ...inner, 3], tags: street.tags },
      { id: 103, refs: [3, 4], tags: ends },
      { id: 104, refs: [2, 10], tags: { highway: 'residential' } },
      { id: 105, refs: [3, 11], tags: { highway: 'residential' } },
    ],
    relations: street.restriction ? [restriction(street.restriction)] : [],
  };
}

/** A position by metres east of the road's west end and north of it, as overlays have it. */
export function place(x: number, y: number): Point {
  const { lat, lon } = PLANE.position({ x, y });
  return [lon, lat];
}

export function buildStreet(street: Street): Promise<{ map: string; leftOut: LeftOut[] }> {
  return build(osm(street), street.overlay);
}

async function build(data: OsmData, overlay: OverlayRow[] = []): Promise<{ map: string; leftOut: LeftOut[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-law-'));
  const input = join(folder, 'street.osm.pbf');
  const map = join(folder, 'street.tmap');
  writeFileSync(input, writeOsmPbf(data));
  let leftOut: LeftOut[] = [];
  const onLeftOut = (rows: LeftOut[]) => {
    leftOut = rows;
  };
  await buildMap({ inputs: [input], output: map, overlay, onLeftOut });
  return { map, leftOut };
}

function pathOf(plan: Drive): Point2[] {
  return (
    plan.path?.map(([x, y]) => ({ x, y })) ?? [
      { x: 5, y: 0 },
      ...(plan.turn
        ? [
            { x: 300, y: 0 },
            { x: 300, y: 195 },
          ]
        : [{ x: 1195, y: 0 }]),
    ]
  );
}

/** The street's map, and the drive's log beside it. */
export async function logged(street: Street, plan: Drive): Promise<{ map: string; log: string }> {
  const { map } = await buildStreet(street);
  return { map, log: writeLog(map, pathOf(plan), plan, planeOf(street)) };
}

/** Findings of all verdicts, those on the middle way. */
export async function drive(street: Street, plan: Drive): Promise<Finding[]> {
  const { map } = await buildStreet(street);
  const findings = await analyze(map, pathOf(plan), plan, planeOf(street));
  return findings.filter((f) => plan.turn || plan.path || f.way === MIDDLE);
}

/** Findings of each of these stretches of 300 m on one road, with 300 m of open road around each. */
export async function driveStretches(stretches: readonly Tags[], plan: Drive): Promise<Finding[][]> {
  const tags = stretches.flatMap((own) => [{ highway: 'tertiary' }, own]).concat({ highway: 'tertiary' });
  const nodes = Array.from({ length: tags.length + 1 }, (_, i) => ({
    id: i + 1,
    ...PLANE.position({ x: 300 * i, y: 0 }),
  }));
  const ways = tags.map((own, i) => ({ id: 100 + i, refs: [i + 1, i + 2], tags: own }));
  const { map } = await build({ nodes, ways, relations: [] });
  const end = 300 * tags.length - 5;
  const findings = await analyze(
    map,
    [
      { x: 5, y: 0 },
      { x: end, y: 0 },
    ],
    plan,
  );
  return stretches.map((_, i) => findings.filter((f) => f.way === 101 + 2 * i));
}

/** Path of the log, which lies beside the map. */
function writeLog(map: string, points: Point2[], plan: Drive, plane: Plane): string {
  const path = new Path(plan.westward ? points.toReversed() : points);
  const stops = (plan.stops ?? []).map((at) => ({ at: (plan.westward ? 1200 - at : at) - 5, seconds: 3 }));
  const fixes = simulate(path, plane, { speedAt: () => plan.kmh, stops, slow: [], start: plan.start, seed: 5 });
  const rows = fixes.map((f) => `${f.time},${f.lat},${f.lon},${f.speed_kmh},${f.heading_deg}`);
  const log = join(dirname(map), 'drive.csv');
  writeFileSync(log, ['time,lat,lon,speed_kmh,heading_deg', ...rows].join('\n'));
  return log;
}

async function analyze(map: string, points: Point2[], plan: Drive, plane = PLANE): Promise<Finding[]> {
  const log = writeLog(map, points, plan, plane);
  const settings = { ...loadSettings(), ...plan.settings };
  const { fixes } = await readLog(log, { timeZone: 'UTC' });
  const { vehicle, profile } = plan;
  return openSession({ map, settings, profile }).analysis(fixes, { vehicle }).findings;
}

/** "rule verdict" of each finding, in order. */
export async function verdicts(street: Street, plan: Drive): Promise<string[]> {
  return (await drive(street, plan)).map((f) => `${f.rule} ${f.verdict}`);
}
