// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Cells } from './cells.ts';

it('a run of cells along a street is one box, each row apart', () => {
  const cells = new Cells();
  for (let lon = 139.405; lon < 139.43; lon += 0.001) cells.add(35.105, lon);
  expect(cells.boxes().map((b) => Object.values(b).map((v) => v.toFixed(2)))).toEqual([
    ['35.10', '35.11', '139.40', '139.44'],
  ]);
});

it('a place near an edge needs the neighbour too, and one that is not known none', () => {
  const cells = new Cells();
  cells.add(35.1001, 139.405);
  cells.add(Number.NaN, Number.NaN);
  expect(cells.boxes().map((b) => b.min_lat.toFixed(2))).toEqual(['35.09', '35.10']);
});
