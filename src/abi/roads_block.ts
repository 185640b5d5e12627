// SPDX-License-Identifier: MIT
// The roads in a box: the request and the roads block of wasm/abi.h.

import { CONSTANTS, LIMITS, ROAD_CLASSES, RULE_POINT_KINDS, STRUCTS, TURNS, VEHICLES } from '../layout.ts';
import type { Roads, RoadsRequest } from '../trace.ts';
import { Block, entry, type Reader } from './reader.ts';
import { readLine } from './trace_block.ts';

/** The block; the core checks its values. */
export function packRoadsRequest({ box, vehicle, classes, most }: RoadsRequest): Uint8Array {
  const s = STRUCTS.tm_roads_request;
  const block = new Uint8Array(s.size);
  const view = new DataView(block.buffer);
  view.setInt32(s.min_lat_e7, Math.round(box.min_lat * 1e7), true);
  view.setInt32(s.min_lon_e7, Math.round(box.min_lon * 1e7), true);
  view.setInt32(s.max_lat_e7, Math.round(box.max_lat * 1e7), true);
  view.setInt32(s.max_lon_e7, Math.round(box.max_lon * 1e7), true);
  view.setUint32(s.vehicle, VEHICLES.indexOf(vehicle), true);
  const bits = classes.map((name) => 1 << ROAD_CLASSES.indexOf(name));
  view.setUint32(
    s.classes,
    bits.reduce((mask, bit) => mask | bit, 0),
    true,
  );
  view.setUint32(s.most, most, true);
  return block;
}

function limitOf(tenths: number): number | null {
  if (tenths === LIMITS.unset) return null;
  return tenths === LIMITS.unlimited ? Number.POSITIVE_INFINITY : tenths / 10;
}

function readLineRecord(r: Reader, block: Block): Roads['lines'][number] {
  const { head } = block;
  const [h, s] = [STRUCTS.tm_roads, STRUCTS.tm_road_line];
  const flags = r.u8(s.flags);
  return {
    way: r.i64(s.way),
    name: block.text(head.u32(h.text) + r.u32(s.name_offset), r.u32(s.name_length)),
    road_class: entry(ROAD_CLASSES, r.u8(s.road_class)),
    oneway: Math.sign(r.i8(s.oneway)) as -1 | 0 | 1,
    layer: r.i8(s.layer),
    tunnel: (flags & CONSTANTS.TM_ROAD_TUNNEL) !== 0,
    bridge: (flags & CONSTANTS.TM_ROAD_BRIDGE) !== 0,
    limit_kmh: limitOf(r.u16(s.limit)),
    ...readLine(head, head.u32(h.positions), r.u32(s.first_position), r.u32(s.position_count)),
  };
}

function readPoint(r: Reader): Roads['points'][number] {
  const s = STRUCTS.tm_road_point;
  const directions = r.u8(s.directions);
  return {
    kind: entry(RULE_POINT_KINDS, r.u8(s.kind) - 1),
    node: r.i64(s.node),
    way: r.i64(s.way),
    lat: r.i32(s.lat_e7) / 1e7,
    lon: r.i32(s.lon_e7) / 1e7,
    forward: directions === 1 ? true : directions === 2 ? false : null,
  };
}

function readRestriction(r: Reader): Roads['restrictions'][number] {
  const s = STRUCTS.tm_road_restriction;
  return {
    relation: r.i64(s.relation),
    kind: `${r.u8(s.only) === 1 ? 'only' : 'no'}_${entry(TURNS, r.u8(s.turn))}`,
    lat: r.i32(s.lat_e7) / 1e7,
    lon: r.i32(s.lon_e7) / 1e7,
    from_way: r.i64(s.from_way),
  };
}

/** A roads block as it came from the module. */
export function readRoads(bytes: Uint8Array<ArrayBuffer>): Roads {
  const block = new Block(bytes);
  const { head } = block;
  const h = STRUCTS.tm_roads;
  const { tm_road_line, tm_road_point, tm_road_restriction } = STRUCTS;
  return {
    lines: block.many(head.u32(h.line_count), head.u32(h.lines), tm_road_line.size, (r) => readLineRecord(r, block)),
    points: block.many(head.u32(h.point_count), head.u32(h.points), tm_road_point.size, readPoint),
    restrictions: block.many(
      head.u32(h.restriction_count),
      head.u32(h.restrictions),
      tm_road_restriction.size,
      readRestriction,
    ),
    cut: head.u32(h.cut) === 1,
  };
}
