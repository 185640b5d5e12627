// SPDX-License-Identifier: MIT
// Rows of an overlay as the records that the compiler takes (OverlayRecord of overlay_rows.hpp).
import {
  ACCESS_VALUES,
  LIMITS,
  NO_BEARING,
  OSM_OBJECTS,
  OVERLAY_FLAGS,
  OVERLAY_KINDS,
  STRUCTS,
  UNSURE_RULES,
} from '../layout.ts';
import { VEHICLES } from '../types.ts';
import type { OverlayRow } from './rows.ts';

const ROADS = { motorway: OVERLAY_FLAGS.motorways, ordinary: OVERLAY_FLAGS.ordinary };

/** Mask of the rules that an unsure row is about. */
function rulesOf({ object, rule }: OverlayRow): number {
  if (rule) return UNSURE_RULES[rule].bit;
  const given = Object.values(UNSURE_RULES).filter((r) => r.object === object?.type);
  return given.reduce((mask, { bit }) => mask | bit, 0);
}

function numberIn(row: OverlayRow): number {
  const { closure, kmh } = row;
  if (row.kind === 'unsure') return rulesOf(row);
  if (closure) return ACCESS_VALUES.indexOf(closure);
  if (kmh === 'none') return LIMITS.unlimited;
  return kmh === 'variable' ? LIMITS.variable : Math.round((kmh ?? 0) * 10);
}

function flagsOf({ along, only, roads }: OverlayRow): number {
  return (along ? OVERLAY_FLAGS.along_only : 0) | (only ? OVERLAY_FLAGS.only_exits : 0) | (roads ? ROADS[roads] : 0);
}

function record(row: OverlayRow): Uint8Array {
  const [s, p] = [STRUCTS.OverlayRecord, STRUCTS.OverlayPosition];
  const text = new TextEncoder().encode(row.condition ?? '');
  const textAt = s.size + p.size * row.line.length;
  const bytes = new Uint8Array(textAt + Math.ceil(text.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(s.row, row.row, true);
  view.setUint8(s.kind, OVERLAY_KINDS[row.kind]);
  view.setUint8(
    s.vehicles,
    (row.vehicles ?? VEHICLES).reduce((mask, v) => mask | (1 << VEHICLES.indexOf(v)), 0),
  );
  view.setUint8(s.flags, flagsOf(row));
  if (row.object) {
    view.setUint8(s.object, OSM_OBJECTS[row.object.type]);
    view.setBigInt64(s.object_id, BigInt(row.object.id), true);
  }
  view.setUint16(s.value, numberIn(row), true);
  view.setUint16(s.bearing, row.bearing === undefined ? NO_BEARING : Math.round(row.bearing) % 360, true);
  view.setUint32(s.point_count, row.line.length, true);
  view.setUint32(s.text_bytes, text.length, true);
  row.line.forEach(([lon, lat], i) => {
    view.setInt32(s.size + p.size * i + p.lat_e7, Math.round(lat * 1e7), true);
    view.setInt32(s.size + p.size * i + p.lon_e7, Math.round(lon * 1e7), true);
  });
  bytes.set(text, textAt);
  return bytes;
}

export function overlayBlock(rows: readonly OverlayRow[]): Uint8Array {
  return Buffer.concat(rows.map(record));
}
