// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { FixColumns, finished, select } from './columns.ts';
import { RawFix } from './format.ts';

const { NaN: none } = Number;

function columns(count: number, speedFrom: number): FixColumns {
  const all = new FixColumns(200_000);
  const fix = Object.assign(new RawFix(), { lat: 35, lon: 139 });
  for (let i = 0; i < count; i++) {
    fix.time = 1000 * i;
    fix.speed = i < speedFrom ? none : i;
    all.add(fix, 0, i + 1);
  }
  return all;
}

describe('columns of fixes', () => {
  test('a column that no fix has is not there, and is made when it is asked for', () => {
    const read = columns(3, 3).take();
    expect([read.speed_mps, read.heading_deg, read.accuracy_m, read.marks]).toEqual(Array(4).fill(undefined));
    const fixes = finished(read);
    expect(fixes.speed_mps).toEqual(Float32Array.of(none, none, none));
    expect(fixes.speed_mps).toBe(fixes.speed_mps);
    expect(fixes.heading_deg).not.toBe(fixes.accuracy_m);
    fixes.accuracy_m = Float32Array.of(1, 2, 3);
    expect({ ...fixes }.accuracy_m).toEqual(Float32Array.of(1, 2, 3));
    expect(structuredClone(fixes)).toEqual(fixes);
  });

  test.each([5, 5000, 90_000])('a column that begins at fix %i has nothing before it', (from) => {
    const { speed_mps: speed } = columns(100_000, from).take();
    expect(speed?.subarray(0, from).every(Number.isNaN)).toBe(true);
    expect(speed?.subarray(from).every((v, i) => v === from + i)).toBe(true);
  });

  test('fixes that rise stay in their memory, others move', () => {
    const read = columns(5, 2).take();
    const rising = select(read, Uint32Array.of(0, 2, 4));
    expect(rising.time_ms.buffer).toBe(read.time_ms.buffer);
    expect(rising.time_ms).toEqual(Float64Array.of(0, 2000, 4000));
    expect(rising.speed_mps).toEqual(Float32Array.of(none, 2, 4));
    const back = select(rising, Uint32Array.of(2, 0));
    expect([...back.time_ms, ...back.places.lines()]).toEqual([4000, 0, 5, 1]);
  });
});
