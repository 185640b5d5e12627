// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { iso, N, read, table } from './clean_drive.ts';

/** To the east at 10 m/s; the course varies by a degree. */
const log = (value: (degrees: number, i: number) => number | string, header = 'heading', n = N) =>
  table(
    `time,lat,lon,${header}`,
    (i) => `${iso(i)},35.0100000,${(139 + i * 1.1e-4).toFixed(7)},${value(89.5 + (i % 3) / 2, i)}`,
    n,
  );
const known = (headings: Float32Array) => headings.filter((c) => !Number.isNaN(c)).length;

describe('courses of another unit than degrees', () => {
  it.each([
    ['mils', (d: number) => Math.round((d * 6400) / 360), /beyond 360/],
    ['hundredths of a degree', (d: number) => Math.round(d * 100), /beyond 360/],
    ['1e-5 degrees', (d: number) => Math.round(d * 1e5), /beyond 360/],
    ['radians', (d: number) => ((d * Math.PI) / 180).toFixed(4), /heading_rad/],
    ['radians to the west', (d: number) => ((-d * Math.PI) / 180).toFixed(4), /heading_rad/],
    ['turns', (d: number) => (d / 360).toFixed(4), /heading_rad/],
    ['eighths of a turn', (_: number, i: number) => 2 + (i % 2), /heading_rad/],
  ])('%s are not used, and it is said', async (_, value, said) => {
    const { fixes, input } = await read(log(value));
    expect(known(fixes.heading_deg)).toBe(0);
    expect(input.warnings).toEqual([expect.stringMatching(said)]);
  });
  it('above 360 are counted as unusable', async () => {
    const { fixes, input } = await read(log((d, i) => (i % 20 === 3 ? 4000 : d)));
    expect(known(fixes.heading_deg)).toBe(N - 1);
    expect(input.unusable).toEqual([expect.objectContaining({ column: 'heading', rows: 1 })]);
    expect(input.warnings).toEqual([]);
  });
  it.each([65535, 655.35, 511, -1])('%d is nothing', async (nothing) => {
    const { input } = await read(log((d, i) => (i % 2 === 0 ? nothing : d)));
    expect([input.unusable, input.warnings]).toEqual([[], []]);
  });
});

it.each([
  ['degrees', (d: number) => d],
  ['degrees to the west', (d: number) => d - 180],
  ['one value, which the engine judges', () => 0],
])('courses in %s are used', async (_, value) => {
  const { fixes, input } = await read(log(value));
  expect([known(fixes.heading_deg), input.warnings]).toEqual([N, []]);
});
it('courses near north of a car that drives north are used', async () => {
  const text = table('time,lat,lon,heading', (i) => `${iso(i)},${(35 + i * 9e-5).toFixed(7)},139.0100000,${i % 5}`);
  const { fixes, input } = await read(text);
  expect([known(fixes.heading_deg), input.warnings]).toEqual([N, []]);
});
