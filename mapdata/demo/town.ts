// SPDX-License-Identifier: MIT
// A fictional Japanese town as OSM data: 13 by 13 streets of 240 m blocks, in the sea off Sagami.
import type { OsmData, OsmMember, OsmNode, OsmRelation, OsmWay } from './osm_pbf.ts';
import { Plane, type Point } from './plane.ts';

export const PLANE = new Plane(35.1, 139.42);
export const BLOCK = 240;
export const LINES = 13;
const ARTERIAL = new Set([0, 4, 8, 12]);
const RAIL_Y = 6 * BLOCK + 100;
const LIMITS: Record<string, string> = {
  H0: '50',
  H4: '40',
  H8: '40',
  H12: '60',
  V0: '50',
  V4: '50',
  V8: '60',
  V12: '50',
};

type Tags = Record<string, string>;

export class Town {
  readonly nodes = new Map<string, OsmNode & { at: Point }>();
  readonly ways = new Map<string, OsmWay>();
  readonly relations: OsmRelation[] = [];

  node(key: string, at: Point, tags?: Tags): string {
    const known = this.nodes.get(key);
    if (!known) this.nodes.set(key, { id: this.nodes.size + 1, ...PLANE.position(at), at, ...(tags ? { tags } : {}) });
    else if (tags) known.tags = { ...known.tags, ...tags };
    return key;
  }

  way(key: string, nodes: string[], tags: Tags): void {
    const refs = nodes.map((n) => this.nodes.get(n)?.id ?? 0);
    this.ways.set(key, { id: 1001 + this.ways.size, refs, tags });
  }

  restriction(kind: string, from: string, via: string, to: string): void {
    const way = (key: string, role: string): OsmMember => ({ type: 'way', ref: this.ways.get(key)?.id ?? 0, role });
    const middle: OsmMember = this.nodes.has(via)
      ? { type: 'node', ref: this.nodes.get(via)?.id ?? 0, role: 'via' }
      : way(via, 'via');
    this.relations.push({
      id: 9001 + this.relations.length,
      members: [way(from, 'from'), middle, way(to, 'to')],
      tags: { type: 'restriction', restriction: kind },
    });
  }

  data(): OsmData {
    const nodes = [...this.nodes.values()].map(({ at: _, ...node }) => node);
    return { nodes, ways: [...this.ways.values()], relations: this.relations };
  }
}

const cross = (x: number, y: number) => `${x},${y}`;

function streetTags(line: string, index: number, block: number): Tags {
  const arterial = ARTERIAL.has(index);
  const name = line.startsWith('H') ? `${index + 1}条通り` : `${index + 1}丁目筋`;
  const english = line.startsWith('H') ? `${index + 1}-jo Street` : `${index + 1}-chome Avenue`;
  const tags: Tags = { highway: arterial ? 'secondary' : 'residential', name, 'name:en': english };
  if (arterial) Object.assign(tags, { lanes: '2', lane_markings: 'yes', maxspeed: LIMITS[line] ?? '50' });
  else tags['lane_markings'] = 'no';
  if (line === 'H6') tags['maxspeed'] = '30';
  if (line === 'V10') tags['maxspeed'] = '20';
  const low = block < 4;
  if (line === 'V1' && low) tags['oneway'] = 'yes';
  if (line === 'V2' && low) tags['oneway'] = '-1';
  if (line === 'V3' && low) tags['oneway'] = 'yes';
  if (line === 'H2' && block >= 4 && block < 8) Object.assign(tags, { motor_vehicle: 'no', name: '中央商店街' });
  if (line === 'H10' && block >= 4 && block < 8) tags['motor_vehicle:conditional'] = 'no @ (Mo-Fr 07:30-08:30)';
  if (line === 'V12' && (block === 9 || block === 10)) Object.assign(tags, { tunnel: 'yes', layer: '-1' });
  return tags;
}

/** Nodes between two crossings: stop lines 7 m before an arterial, and the railway. */
function between(town: Town, line: string, index: number, block: number): string[] {
  const vertical = line.startsWith('V');
  const point = (d: number): Point =>
    vertical ? { x: index * BLOCK, y: block * BLOCK + d } : { x: block * BLOCK + d, y: index * BLOCK };
  const keys: string[] = [];
  const stop = (d: number, direction: 'forward' | 'backward', given: boolean) => {
    const tags: Tags = { highway: 'stop', ...(given ? { direction } : {}) };
    keys.push(town.node(`${line}/${block}/stop-${direction}`, point(d), tags));
  };
  const minor = !ARTERIAL.has(index);
  if (minor && ARTERIAL.has(block)) stop(7, 'backward', index % 2 === 1);
  if (vertical && block === 6)
    keys.push(
      town.node(`${line}/rail`, point(RAIL_Y - 6 * BLOCK), { railway: 'level_crossing', 'crossing:barrier': 'full' }),
    );
  if (minor && ARTERIAL.has(block + 1)) stop(BLOCK - 7, 'forward', index % 2 === 1);
  return keys;
}

function addGrid(town: Town): void {
  for (let x = 0; x < LINES; x++) {
    for (let y = 0; y < LINES; y++) {
      const signals = ARTERIAL.has(x) && ARTERIAL.has(y);
      town.node(cross(x, y), { x: x * BLOCK, y: y * BLOCK }, signals ? { highway: 'traffic_signals' } : undefined);
    }
  }
  for (let i = 0; i < LINES; i++) {
    for (let b = 0; b + 1 < LINES; b++) {
      town.way(
        `V${i}/${b}`,
        [cross(i, b), ...between(town, `V${i}`, i, b), cross(i, b + 1)],
        streetTags(`V${i}`, i, b),
      );
      town.way(
        `H${i}/${b}`,
        [cross(b, i), ...between(town, `H${i}`, i, b), cross(b + 1, i)],
        streetTags(`H${i}`, i, b),
      );
    }
  }
}

/** A narrow lane through the middle of a block, in every third one, from side to side. */
function addLanes(town: Town): void {
  for (let x = 0; x + 1 < LINES; x++) {
    for (let y = 0; y + 1 < LINES; y++) {
      if ((x + 2 * y) % 3 !== 0 || y === 6) continue;
      const at = { x: x * BLOCK, y: y * BLOCK + 120 };
      const tags: Tags = {
        highway: 'residential',
        name: `${x + 1}番町${y + 1}号小路`,
        lane_markings: 'no',
        width: '3.5',
      };
      if (x === 9 && y === 9) tags['access'] = 'destination';
      splice(town, `V${x}/${y}`, town.node(`lane${x},${y}/w`, at), at.y);
      splice(town, `V${x + 1}/${y}`, town.node(`lane${x},${y}/e`, { x: at.x + BLOCK, y: at.y }), at.y);
      town.way(`lane${x},${y}`, [`lane${x},${y}/w`, `lane${x},${y}/e`], tags);
    }
  }
}

/** Puts a node into a vertical way, in order of y. */
function splice(town: Town, way: string, node: string, y: number): void {
  const w = town.ways.get(way);
  const id = town.nodes.get(node)?.id ?? 0;
  if (!w || w.refs.includes(id)) return;
  const height = new Map([...town.nodes.values()].map((n) => [n.id, n.at.y]));
  const at = w.refs.findIndex((ref) => (height.get(ref) ?? 0) > y);
  w.refs.splice(at, 0, id);
}

function addRailway(town: Town): void {
  const keys = [town.node('rail/w', { x: -150, y: RAIL_Y })];
  for (let i = 0; i < LINES; i++) keys.push(`V${i}/rail`);
  keys.push(town.node('rail/e', { x: 12 * BLOCK + 150, y: RAIL_Y }));
  town.way('rail', keys, { railway: 'rail', name: '臨海線' });
}

/** A viaduct 12 and 22 m north of H8, above it in places, with a ramp off at each end. */
function addExpressway(town: Town): void {
  const y = 8 * BLOCK;
  const tags: Tags = {
    highway: 'motorway',
    name: '臨海高架道路',
    oneway: 'yes',
    bridge: 'yes',
    layer: '1',
    maxspeed: '80',
    lanes: '2',
  };
  const line = (name: string, offset: number, reverse: boolean) => {
    const xs = [-300, 200, 700, 1400, 2100, 2600, 3200];
    const keys = xs.map((x) => town.node(`${name}/${x}`, { x, y: y + offset }));
    town.way(name, reverse ? keys.toReversed() : keys, tags);
  };
  line('express/e', 12, false);
  line('express/w', 22, true);
  const ramp: Tags = { highway: 'motorway_link', oneway: 'yes', maxspeed: '40', name: '臨海高架出口' };
  town.node('ramp/mid', { x: 2450, y: y + 60 });
  town.way('ramp/off', ['express/e/2100', 'ramp/mid', town.node('10,8.5', { x: 10 * BLOCK, y: y + 100 })], ramp);
  splice(town, 'V10/8', '10,8.5', y + 100);
  town.node('ramp/on/mid', { x: 350, y: y + 60 });
  town.way('ramp/on', [town.node('2,8.5', { x: 2 * BLOCK, y: y + 100 }), 'ramp/on/mid', 'express/e/700'], {
    ...ramp,
    name: '臨海高架入口',
  });
  splice(town, 'V2/8', '2,8.5', y + 100);
}

function addRoundabout(town: Town): void {
  const centre = { x: 6 * BLOCK, y: 12 * BLOCK + 150 };
  const keys: string[] = [];
  for (let i = 0; i < 12; i++) {
    const a = -Math.PI / 2 - (i * Math.PI) / 6; // clockwise from the south: left-hand traffic
    keys.push(town.node(`ring/${i}`, { x: centre.x + 18 * Math.cos(a), y: centre.y + 18 * Math.sin(a) }));
  }
  town.way('ring', [...keys, 'ring/0'], { highway: 'residential', junction: 'roundabout', name: '北広場' });
  town.way('ring/south', [cross(6, 12), 'ring/0'], { highway: 'residential', name: '北広場通り' });
  town.way('ring/north', ['ring/6', town.node('ring/end', { x: centre.x, y: centre.y + 200 })], {
    highway: 'residential',
    name: '北広場通り',
  });
}

function addCarPark(town: Town): void {
  const y = 5 * BLOCK;
  const gate = town.node('park/gate', { x: 5 * BLOCK + 100, y });
  const way = town.ways.get('H5/5');
  way?.refs.splice(1, 0, town.nodes.get(gate)?.id ?? 0);
  town.way('park/in', [gate, town.node('park/a', { x: 5 * BLOCK + 100, y: y + 60 })], {
    highway: 'service',
    service: 'parking_aisle',
  });
  town.way('park/aisle', ['park/a', town.node('park/b', { x: 5 * BLOCK + 170, y: y + 60 })], {
    highway: 'service',
    service: 'parking_aisle',
  });
}

export function buildTown(): Town {
  const town = new Town();
  addGrid(town);
  addLanes(town);
  addRailway(town);
  addExpressway(town);
  addRoundabout(town);
  addCarPark(town);
  town.restriction('no_right_turn', 'H4/3', cross(4, 4), 'V4/3');
  town.restriction('no_left_turn', 'H4/7', cross(8, 4), 'V8/4');
  town.restriction('only_straight_on', 'H8/3', cross(4, 8), 'H8/4');
  town.restriction('no_u_turn', 'V4/7', cross(4, 8), 'V4/7');
  town.restriction('no_right_turn', 'V5/7', 'H8/5', 'V6/7');
  return town;
}
