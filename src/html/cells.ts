// SPDX-License-Identifier: MIT
// Which part of the map a report needs: the cells of a grid that its drives touch, as boxes.

/** Degrees; about a kilometre. */
const CELL = 0.01;

export interface Box {
  min_lat: number;
  max_lat: number;
  min_lon: number;
  max_lon: number;
}

export class Cells {
  private readonly rows = new Map<number, Set<number>>();

  /** A place, and what lies within a fifth of a cell around it. */
  add(lat: number, lon: number): void {
    if (Number.isNaN(lat) || Number.isNaN(lon)) return;
    for (const y of near(lat)) {
      const row = this.rows.get(y) ?? new Set();
      this.rows.set(y, row);
      for (const x of near(lon)) row.add(x);
    }
  }

  /** Boxes that cover the cells, each cell once: runs of a row are one box. */
  boxes(): Box[] {
    const out: Box[] = [];
    for (const [y, row] of [...this.rows].sort(([a], [b]) => a - b)) {
      const columns = [...row].sort((a, b) => a - b);
      let start = 0;
      columns.forEach((x, i) => {
        if (columns[i + 1] === x + 1) return;
        out.push({
          min_lat: y * CELL,
          max_lat: (y + 1) * CELL,
          min_lon: (columns[start] ?? x) * CELL,
          max_lon: (x + 1) * CELL,
        });
        start = i + 1;
      });
    }
    return out;
  }
}

function near(value: number): number[] {
  const cells = [-0.2, 0, 0.2].map((shift) => Math.floor(value / CELL + shift));
  return [...new Set(cells)];
}
