// SPDX-License-Identifier: MIT
// The reader and the engine know the same units of speed: what one takes for a mistaken unit is one to the other.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACTOR } from './format.ts';
import { MISTAKEN } from './speed.ts';

const engine = readFileSync('core-cpp/match/speed_check.cpp', 'utf8');
const list = (name: string) =>
  (new RegExp(`constexpr double ${name}\\[\\] = \\{([^}]+)\\}`).exec(engine)?.[1] ?? '').split(',').map(Number);
const sixDecimals = (values: readonly number[]) => values.map((value) => Number(value.toFixed(6)));

it('factors between a unit and the one that it was taken for', () => {
  expect(list('kMistaken')).toEqual(sixDecimals(MISTAKEN));
});

it('values per metre per second; parts of km/h are known to the reader alone, by their names', () => {
  const { mps: _, open: __, dkmh: ___, ckmh: ____, ...units } = FACTOR;
  const perMps = sixDecimals(Object.values(units).map((factor) => 1 / factor));
  expect(list('kUnits').toSorted((a, b) => a - b)).toEqual(perMps.toSorted((a, b) => a - b));
});
