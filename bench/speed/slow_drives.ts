// SPDX-License-Identifier: MIT
// Maps and drives built to be slow: dense grids, stars of roads, roads in a heap, a city of stacked roads; a car that
// stands in noise, jumps to and fro, turns round, is silent for minutes.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OsmData, writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import { random } from '../../mapdata/demo/simulate.ts';
import { buildMap } from '../../src/mapbuild.ts';
import type { Fixes } from '../../src/types.ts';
import { readRoads } from '../walk.ts';

const EXTRACT = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'maps', 'monaco.osm.pbf');
const START_MS = 1_000_000_000_000;

/** A map, compiled, and where on it the drives are. */
export interface SlowMap {
  name: string;
  file: string;
  plane: Plane;
  middle: Point;
  /** Metres, east and west through the middle. */
  length: number;
}

function drawn(nodes: Point[], ways: number[][], plane: Plane): OsmData {
  return {
    nodes: nodes.map((p, i) => ({ id: i + 1, ...plane.position(p) })),
    ways: ways.map((refs, i) => ({ id: i + 1, refs: refs.map((n) => n + 1), tags: { highway: 'residential' } })),
    relations: [],
  };
}

/** Streets every `apart` metres both ways. */
function grid(side: number, apart: number, plane: Plane): OsmData {
  const at = (x: number, y: number) => y * side + x;
  const range = Array.from({ length: side }, (_, i) => i);
  const nodes = range.flatMap((y) => range.map((x) => ({ x: x * apart, y: y * apart })));
  const rows = range.map((y) => range.map((x) => at(x, y)));
  const columns = range.map((x) => range.map((y) => at(x, y)));
  return drawn(nodes, [...rows, ...columns], plane);
}

/** Stars of `arms` roads each, joined in a row. */
function stars(count: number, arms: number, plane: Plane): OsmData {
  const nodes: Point[] = [];
  const ways: number[][] = [];
  for (let star = 0; star < count; star++) {
    const middle = nodes.push({ x: star * 60, y: 0 }) - 1;
    for (let arm = 0; arm < arms; arm++) {
      const angle = (2 * Math.PI * arm) / arms;
      ways.push([middle, nodes.push({ x: star * 60 + 25 * Math.cos(angle), y: 25 * Math.sin(angle) }) - 1]);
    }
    if (star > 0) ways.push([middle - arms - 1, middle]);
  }
  return drawn(nodes, ways, plane);
}

/** The node of an extract with the most others within some 50 m. */
function densest(file: string): { lat: number; lon: number } {
  const { at, next } = readRoads(file);
  const cells = new Map<string, [number, number][]>();
  for (const id of next.keys()) {
    const place = at.get(id);
    if (!place) continue;
    const cell = `${Math.round(place[0] * 2000)} ${Math.round(place[1] * 1500)}`;
    cells.set(cell, [...(cells.get(cell) ?? []), place]);
  }
  const [most] = [...cells.values()].sort((a, b) => b.length - a.length);
  const [lat, lon] = most?.[0] ?? [0, 0];
  return { lat, lon };
}

/** Compiles the maps into a folder. The real one is left out where ../shared/data is not. */
export async function slowMaps(folder: string): Promise<SlowMap[]> {
  const plane = new Plane(35, 139);
  const compiled = async (name: string, input: string) => {
    const file = join(folder, `${name.replaceAll(' ', '_')}.tmap`);
    await buildMap({ inputs: [input], output: file, name });
    return file;
  };
  const maps: SlowMap[] = [];
  for (const [name, data, middle, length] of [
    ['50 m grid', grid(60, 50, plane), { x: 1450, y: 1500 }, 2900],
    ['10 m grid', grid(120, 10, plane), { x: 575, y: 600 }, 1150],
    ['2 m grid', grid(120, 2, plane), { x: 115, y: 120 }, 230],
    ['stars of 60', stars(40, 60, plane), { x: 1150, y: 0 }, 2300],
  ] as const) {
    const input = join(folder, 'map.osm.pbf');
    writeFileSync(input, writeOsmPbf(data));
    maps.push({ name, file: await compiled(name, input), plane, middle, length });
  }
  if (!existsSync(EXTRACT)) return maps;
  const { lat, lon } = densest(EXTRACT);
  const file = await compiled('Monaco', EXTRACT);
  return [...maps, { name: 'Monaco', file, plane: new Plane(lat, lon), middle: { x: 0, y: 0 }, length: 800 }];
}

/** How the car moves, and what its receiver says. */
export interface Motion {
  name: string;
  seconds: number;
  /** From the middle of the map. */
  at: (i: number, length: number) => Point;
  accuracy: (i: number) => number;
  /** Settings other than the shipped ones. */
  set?: readonly string[];
}

/** Eastward through the middle and back again. */
const along = (metres: number) => (i: number, length: number) => {
  const gone = (i * metres) % (2 * length);
  return { x: (gone > length ? 2 * length - gone : gone) - length / 2, y: 3 * Math.sin(i) };
};

function noisy(sigma: number, seed: number): (i: number) => Point {
  const next = random(seed);
  const drawn: Point[] = [];
  const normal = () => Array.from({ length: 12 }, next).reduce((sum, u) => sum + u, -6);
  return (i) => {
    while (drawn.length <= i) drawn.push({ x: sigma * normal(), y: sigma * normal() });
    return drawn[i] as Point;
  };
}

const untold = () => Number.NaN;
/** The worst and the best that an error may be. */
const told = (i: number) => (i % 2 === 0 ? 100 : 5);

const WIDE = ['match.radius_m=100000', 'match.max_candidates=100000', 'match.off_road_cost=100000'];

export const MOTIONS: readonly Motion[] = [
  { name: 'along it every second', seconds: 1, at: along(20), accuracy: untold },
  { name: 'along it every 10 s', seconds: 10, at: along(150), accuracy: untold },
  { name: 'along it every minute', seconds: 60, at: along(700), accuracy: untold },
  { name: 'every second, told 5 to 100 m', seconds: 1, at: along(20), accuracy: told },
  { name: 'every 10 s, told 5 to 100 m', seconds: 10, at: along(150), accuracy: told },
  { name: 'every minute, told 5 to 100 m', seconds: 60, at: along(700), accuracy: told },
  { name: 'every minute, widest settings', seconds: 60, at: along(700), accuracy: told, set: WIDE },
  { name: 'standing in 50 m of noise', seconds: 1, at: noisy(50, 1), accuracy: () => 50 },
  { name: 'the same in 10 s steps', seconds: 10, at: noisy(50, 2), accuracy: () => 50 },
  { name: 'all fixes at one place', seconds: 1, at: () => ({ x: 0, y: 0 }), accuracy: untold },
  {
    name: 'jumps to and fro',
    seconds: 10,
    at: (i, length) => ({ x: (i % 2 ? 0.2 : -0.2) * length, y: 0 }),
    accuracy: untold,
  },
  { name: 'U-turns', seconds: 5, at: (i) => ({ x: 30 * Math.abs((i % 4) - 2), y: 0 }), accuracy: untold },
  { name: 'silences of 280 s', seconds: 280, at: along(900), accuracy: untold },
  { name: 'told an accuracy of 0', seconds: 10, at: along(150), accuracy: () => 0 },
];

export function driveOver({ plane, middle, length }: SlowMap, { seconds, at, accuracy }: Motion, count: number): Fixes {
  const positions = Array.from({ length: count }, (_, i) => {
    const { x, y } = at(i, length);
    return plane.position({ x: middle.x + x, y: middle.y + y });
  });
  return {
    count,
    time_ms: Float64Array.from(positions, (_, i) => START_MS + 1000 * seconds * i),
    lat: Float64Array.from(positions, (p) => p.lat),
    lon: Float64Array.from(positions, (p) => p.lon),
    speed_mps: new Float32Array(count).fill(Number.NaN),
    heading_deg: new Float32Array(count).fill(Number.NaN),
    accuracy_m: Float32Array.from(positions, (_, i) => accuracy(i)),
  };
}
