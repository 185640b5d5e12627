// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, read, table } from './clean_drive.ts';
import { Places } from './places.ts';
import { held } from './positions.ts';
import { compare } from './speed.ts';

const STEP = 0.0002;
const east = (degrees: number) => (degrees > 180 ? degrees - 360 : degrees);

/** A drive eastwards that comes over the 180th meridian, each position `times` times. */
function drive(from: number, times: number, metres: number) {
  const count = 60;
  const at = (i: number) => from + Math.floor(i / times) * STEP * metres;
  return {
    count,
    time_ms: Float64Array.from({ length: count }, (_, i) => 1000 * i),
    lat: new Float64Array(count),
    lon: Float64Array.from({ length: count }, (_, i) => east(at(i))),
    speed_mps: new Float32Array(count).fill(STEP * metres * 111_195),
    heading_deg: undefined,
    accuracy_m: undefined,
    places: new Places(),
    marks: undefined,
  };
}

it('positions that repeat are found alike at the 180th meridian and elsewhere', () => {
  const there = held(drive(179.9995, 3, 1));
  expect(there).toEqual(held(drive(9.9995, 3, 1)));
  expect(there.length).toBeGreaterThan(20);
  // A car that creeps repeats nothing, wherever it is.
  const slow = { ...drive(179.9999, 3, 0.1) };
  expect(held(slow)).toEqual(held(drive(9.9999, 3, 0.1)));
});

it('speeds are compared alike at the 180th meridian and elsewhere', () => {
  const [there, here] = [compare(drive(179.995, 1, 1)), compare(drive(9.995, 1, 1))];
  expect(there.ratio).toBeCloseTo(here.ratio, 6);
  expect(there.fastest).toBeCloseTo(here.fastest, 6);
});

describe('positions on a coarse grid were judged where they do not look so', () => {
  const east = (i: number) => 139.5 + i * 1.3e-4;
  const drive = (
    north: (at: number, i: number) => number | string,
    of = (at: number, _: number): number | string => at,
  ) => table('time,lat,lon', (i) => `${iso(i)},${north(Number(lat(i)), i)},${of(east(i), i)}`, 60);
  const on = (parts: number) => (at: number) => Math.round(at * parts) / parts;
  it.each([
    ['longitudes of three decimals', drive((at) => at, on(1000)), 111],
    ['latitudes of three decimals', drive(on(1000)), 111],
    [
      'three decimals but for one fix',
      drive(
        (at, i) => (i === 9 ? at : on(1000)(at)),
        (at, i) => (i === 9 ? at : on(1000)(at)),
      ),
      111,
    ],
    [
      'three decimals in 32 bits',
      drive(
        (at) => Math.fround(on(1000)(at)),
        (at) => Math.fround(on(1000)(at)),
      ),
      111,
    ],
    ['half a thousandth of a degree', drive(on(2000), on(2000)), 56],
    ['tenths of a minute', drive(on(600), on(600)), 185],
  ])('%s', async (_, text, metres) => {
    expect(await failure(text)).toMatch(
      new RegExp(`^LOG_COARSE .*lie ${metres} m or more apart|^LOG_COARSE .*3 decimals`),
    );
  });
  it.each([
    ['a street along a parallel', drive(() => 35)],
    ['four decimals', drive(on(10_000), on(10_000))],
    ['seconds of arc', drive(on(3600), on(3600))],
  ])('%s is read', async (_, text) => expect((await read(text)).fixes.count).toBeGreaterThan(10));
});

describe('fixes that a server dated when it got several at once were judged by those times', () => {
  const batches = (of: number, step: number, more = '') =>
    table(
      `time,lat,lon${more && ',speed_kmh'}`,
      (i) => `${iso(Math.floor(i / of) * of + of + (i % of) * step)},${lat(i)},${139.5 + i * 1e-7}${more}`,
      100,
    );
  it.each([
    ['ten within half a second', batches(10, 0.05)],
    ['ten within a hundredth, with speeds', batches(10, 0.001, ',36')],
  ])('%s', async (_, text) => {
    const log = await read(text);
    expect([log.fixes.count, log.fixes.lat[0], log.input.left_out[0]?.rows]).toEqual([10, Number(lat(9)), 90]);
    expect(log.input.warnings.join()).toMatch(/come in bursts/);
  });
  it('a receiver of ten fixes a second with holes stays', async () => {
    const time = (i: number) => Math.floor(i / 10) * 5 + (i % 10) / 10;
    const text = table('time,lat,lon', (i) => `${iso(time(i))},${lat(time(i))},${139.5 + i * 1e-7}`, 100);
    expect((await read(text)).fixes.count).toBe(100);
  });
});
