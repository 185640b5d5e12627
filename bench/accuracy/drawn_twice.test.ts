// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Plane } from '../../mapdata/demo/plane.ts';
import { metresByWay, mismatch } from '../real/route_mismatch.ts';
import { DrawnTwice } from './drawn_twice.ts';

const plane = new Plane(35, 139);
const node = (x: number, y: number): [number, number] => {
  const { lat, lon } = plane.position({ x, y });
  return [lat, lon];
};
const highway = { highway: 'secondary' };

/**
 * Way 1 goes east over 1-2-3-4; way 2 lies on it between 2 and 3, drawn westward with a node of its own; way 3 goes from
 * 2 to 3 round the other side of an island.
 */
const drawn = new DrawnTwice({
  nodes: new Map([
    [1, node(0, 0)],
    [2, node(100, 0)],
    [3, node(200, 0)],
    [4, node(300, 0)],
    [5, node(170, 0)],
    [6, node(150, 6)],
    [7, node(150, -6)],
    [8, node(100, -50)],
    [9, node(200, -50)],
  ]),
  ways: [
    { id: 1, refs: [1, 2, 3, 4], tags: highway },
    { id: 2, refs: [8, 3, 5, 2, 9], tags: highway },
    { id: 3, refs: [2, 6, 3], tags: highway },
  ],
});

const east = { way: 1, forward: true, from_m: 0, to_m: 300 };
const over = (way: number, forward: boolean, from_m: number) => [
  { way: 1, forward: true, from_m: 0, to_m: 100 },
  { way, forward, from_m, to_m: from_m + 100 },
  { way: 1, forward: true, from_m: 200, to_m: 300 },
];
const wrong = (route: Parameters<typeof mismatch>[1]) => mismatch(metresByWay(drawn.route([east])), drawn.route(route));

it('a way on another is the same road, in the direction that is driven', () => {
  const begin = Math.hypot(100, 50);
  expect(wrong(over(2, false, begin)).missed).toBeCloseTo(0, 1);
  expect(wrong(over(2, false, begin)).added).toBeCloseTo(0, 1);
  expect(wrong(over(2, true, begin)).missed).toBeCloseTo(100, 1);
  expect(wrong(over(2, true, begin)).added).toBeCloseTo(100, 1);
});

it('a way round the other side of an island is another one', () => {
  expect(wrong(over(3, true, 0)).missed).toBeCloseTo(100, 1);
});

it('other ways stay as they are', () => {
  const alone = { way: 7, forward: false, from_m: 3, to_m: 9 };
  expect(drawn.route([alone])).toEqual([alone]);
});
