// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Places } from './places.ts';

/** A generator of numbers that is the same on each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function made(lines: readonly number[]): Places {
  const places = new Places();
  for (const line of lines) places.add(line);
  return places;
}

it.each([
  ['one after the other', () => 1, 10_000],
  ['several apart', (random: () => number) => Math.floor(random() * 9), 10_000],
  ['steps about the size of a byte', (random: () => number) => 250 + Math.floor(random() * 10), 9000],
  ['far apart, at times', (random: () => number) => (random() < 0.01 ? 100_000 : 2), 20_000],
  ['far apart, mostly', () => 300, 30_000],
  ['back and forth', (random: () => number) => Math.floor(random() * 2000) - 900, 30_000],
])('lines %s are kept', (_, step, count) => {
  const random = numbers(7);
  const lines: number[] = [];
  let line = 2_000_000;
  for (let i = 0; i < count; i++) {
    line += step(random);
    lines.push(line);
  }
  const places = made(lines);
  expect([...places.lines()]).toEqual(lines);
  const asked = Array.from({ length: 500 }, () => Math.floor(random() * count));
  expect(asked.map((i) => places.at(i))).toEqual(asked.map((i) => lines[i]));
  expect([...places.select(Uint32Array.from(asked)).lines()]).toEqual(asked.map((i) => lines[i]));
});
