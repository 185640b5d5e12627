// SPDX-License-Identifier: MIT
// Units behind a number and in the name of its column; fields that spreadsheets keep as text.
import { describe, expect, it } from 'vitest';
import { iso, lat, objects, read, START, table, wall } from './clean_drive.ts';

describe('a speed with its unit behind it was left aside', () => {
  it.each([
    ['Speed', '36.0 km/h', 'km/h'],
    ['Speed', '22.3694mph', 'mph'],
    ['Speed', '19.4384 kn', 'knots'],
    ['速度', '36km/h', 'km/h'],
    ['speed_kmh', '36 km/h', 'km/h'],
    ['speed_kmh', '22.3694 mph', 'km/h'],
    ['km/h', '36', 'km/h'],
    ['spd_over_grnd', '19.4384', 'knots'],
    ['speed_m_per_s', '10', 'm/s'],
    ['走行速度(km/h)', '36', 'km/h'],
  ])('%s: %s', async (column, value, unit) => {
    const log = await read(table(`time,lat,lon,${column}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 2);
    expect([log.input.speed_unit, log.input.unusable]).toEqual([unit, []]);
  });
});

it('a speed whose unit stands behind it only after blank rows', async () => {
  const log = await read(table('time,lat,lon,speed', (i) => `${iso(i)},${lat(i)},139.5,${i < 3 ? '' : '36 km/h'}`));
  expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 5);
  expect([log.input.speed_unit, log.input.unusable]).toEqual(['km/h', []]);
});

describe('a unit in the name of a course or an accuracy was not heeded', () => {
  it.each([
    ['heading (rad)', '1.5708', 90],
    ['heading_rad', '1.5708', 90],
    ['heading', '-90', 270],
    ['heading_deg', '90', 90],
    ['heading', '359', 359],
  ])('%s: %s', async (name, value, degrees) => {
    const { fixes } = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(fixes.heading_deg[3]).toBeCloseTo(degrees, 2);
  });
  it.each([
    ['accuracy (ft)', '10', 3.048],
    ['hAcc (mm)', '3500', 3.5],
    ['hacc_cm', '350', 3.5],
    ['精度(m)', '5', 5],
  ])('%s: %s', async (name, value, metres) => {
    const { fixes } = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.5,${value}`));
    expect(fixes.accuracy_m[3]).toBeCloseTo(metres, 4);
  });
  it('"acc" is an acceleration or the ignition as often, and an accuracy of OwnTracks', async () => {
    const log = await read(table('time,lat,lon,acc', (i) => `${iso(i)},${lat(i)},139.5,0.${i % 5}`));
    expect([log.fixes.accuracy_m[3], log.input.ignored]).toEqual([NaN, ['acc']]);
    const own = await read(table('tst,lat,lon,vel,cog,acc', (i) => `${START / 1000 + i},${lat(i)},139.5,36,0,5`));
    expect([own.fixes.accuracy_m[3], own.input.ignored]).toEqual([5, []]);
  });
  it('one that is not known is left aside, and it is said', async () => {
    const log = await read(table('time,lat,lon,heading (mils)', (i) => `${iso(i)},${lat(i)},139.5,1600`));
    expect([log.fixes.heading_deg[3], log.input.ignored]).toEqual([NaN, ['heading (mils)']]);
  });
  it('in NDJSON too', async () => {
    const row = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139.5, heading_rad: 1.5708, hacc_mm: 3500 });
    const { fixes } = await read(objects(row));
    expect(fixes.heading_deg[3]).toBeCloseTo(90, 2);
    expect(fixes.accuracy_m[3]).toBeCloseTo(3.5, 4);
  });
});

describe('fields that spreadsheets keep as text were refused', () => {
  it.each([
    ['="…"', (text: string) => `="${text}"`],
    ['="…" in quotes', (text: string) => `"=""${text}"""`],
    ['an apostrophe before', (text: string) => `'${text}`],
    ['apostrophes around', (text: string) => `'${text}'`],
  ])('%s', async (_, kept) => {
    const row = (i: number) => [wall(i, 9), lat(i), '139.5', '36'].map(kept).join();
    const { fixes } = await read(table('time,lat,lon,speed_kmh', row));
    expect([fixes.time_ms[19], fixes.lat[19], fixes.lon[0]]).toEqual([START + 19_000, Number(lat(19)), 139.5]);
    expect(fixes.speed_mps[9]).toBeCloseTo(10, 5);
  });
});
