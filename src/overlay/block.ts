// SPDX-License-Identifier: MIT
// Rows of an overlay as the records that the compiler takes (tomap_overlay_row of wasm/compiler_abi.h).
import { VEHICLES } from '../types.ts';
import { CLOSURES, KINDS, type OverlayRow } from './rows.ts';

const HEAD = 20;
const ALL = (1 << VEHICLES.length) - 1;
const NO_BEARING = 0xffff;
const UNLIMITED = 0xffff;
const VARIABLE = 0xfffe;
const ALONG = 1;
const ONLY = 2;
const ROADS = { motorway: 4, ordinary: 8 };

function numberIn({ closure, kmh }: OverlayRow): number {
  if (closure) return CLOSURES[closure];
  if (kmh === 'none') return UNLIMITED;
  return kmh === 'variable' ? VARIABLE : Math.round((kmh ?? 0) * 10);
}

function record(row: OverlayRow): Uint8Array {
  const text = new TextEncoder().encode(row.condition ?? '');
  const bytes = new Uint8Array(HEAD + 8 * row.line.length + Math.ceil(text.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, row.row, true);
  view.setUint8(4, KINDS.indexOf(row.kind) + 1);
  view.setUint8(5, row.vehicles ? row.vehicles.reduce((mask, v) => mask | (1 << VEHICLES.indexOf(v)), 0) : ALL);
  view.setUint8(6, (row.along ? ALONG : 0) | (row.only ? ONLY : 0) | (row.roads ? ROADS[row.roads] : 0));
  view.setUint16(8, numberIn(row), true);
  view.setUint16(10, row.bearing === undefined ? NO_BEARING : Math.round(row.bearing) % 360, true);
  view.setUint32(12, row.line.length, true);
  view.setUint32(16, text.length, true);
  row.line.forEach(([lon, lat], i) => {
    view.setInt32(HEAD + 8 * i, Math.round(lat * 1e7), true);
    view.setInt32(HEAD + 8 * i + 4, Math.round(lon * 1e7), true);
  });
  bytes.set(text, HEAD + 8 * row.line.length);
  return bytes;
}

export function overlayBlock(rows: readonly OverlayRow[]): Uint8Array {
  return Buffer.concat(rows.map(record));
}
