// SPDX-License-Identifier: MIT
// Which zone each cell of a block lies in: the polygons, filled row by row at the middles of the cells.
import { SIDE } from './coder.ts';
import type { Leaf } from './zones.ts';

/** A square of 2^level × 2^level in the map's plane (mapdata/FORMAT.md §1), by its numbers from the west and the south. */
export interface Square {
  level: number;
  x: number;
  y: number;
}

const WHOLE = 2 ** 32 / 1e7; // degrees
export const sideOf = (square: Square) => WHOLE / 2 ** square.level;

export function meets(leaf: Leaf, square: Square): boolean {
  const side = sideOf(square);
  const [west, south] = [square.x * side - 180, square.y * side - 90];
  return leaf.west < west + side && leaf.east > west && leaf.south < south + side && leaf.north > south;
}

/** From degrees to cells, counted from the middle of the first one. */
interface Plane {
  west: number;
  south: number;
  cell: number;
}

const rows: number[][] = Array.from({ length: SIDE }, () => []);

/** Where the rings cross the middle line of each row. */
function cross(rings: readonly Float64Array[], { west, south, cell }: Plane): void {
  for (const row of rows) row.length = 0;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [y0, y1] = [((ring[i + 1] ?? 0) - south) / cell - 0.5, ((ring[i + 3] ?? 0) - south) / cell - 0.5];
      const first = Math.max(0, Math.ceil(Math.min(y0, y1)));
      const last = Math.min(SIDE, Math.ceil(Math.max(y0, y1)));
      if (first >= last) continue;
      const [x0, x1] = [((ring[i] ?? 0) - west) / cell - 0.5, ((ring[i + 2] ?? 0) - west) / cell - 0.5];
      const slope = (x1 - x0) / (y1 - y0);
      for (let y = first; y < last; y++) rows[y]?.push(x0 + (y - y0) * slope);
    }
  }
}

const clamp = (value: number) => Math.min(SIDE, Math.max(0, Math.ceil(value)));

function fill(cells: Uint16Array, rings: readonly Float64Array[], plane: Plane, value: number): void {
  cross(rings, plane);
  for (const [y, row] of rows.entries()) {
    if (row.length > 2) row.sort((a, b) => a - b);
    else if (row.length === 2 && (row[0] ?? 0) > (row[1] ?? 0)) row.reverse();
    for (let i = 0; i + 1 < row.length; i += 2) {
      const [from, to] = [clamp(row[i] ?? 0), clamp(row[i + 1] ?? 0)];
      if (from < to) cells.fill(value, y * SIDE + from, y * SIDE + to);
    }
  }
}

/** Per cell the zone plus one, 0 where there is none. Where zones overlap, that of the highest rank. */
export function rasterised(square: Square, leaves: readonly Leaf[], rank: readonly number[]): Uint16Array {
  const cells = new Uint16Array(SIDE * SIDE);
  const side = sideOf(square);
  const plane = { west: square.x * side - 180, south: square.y * side - 90, cell: side / SIDE };
  for (const { west, south, east, north, zones, cut } of leaves) {
    const whole = Float64Array.of(west, south, east, south, east, north, west, north, west, south);
    const all = cut.length > 0 ? cut : zones.map((zone) => ({ zone, rings: [whole] }));
    for (const { zone, rings } of all.toSorted((a, b) => (rank[a.zone] ?? 0) - (rank[b.zone] ?? 0))) {
      fill(cells, rings, plane, zone + 1);
    }
  }
  return cells;
}
