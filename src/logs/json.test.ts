// SPDX-License-Identifier: MIT
// JSON and NDJSON in the forms that programs write.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, objects, read, rows, START, table, wall } from './clean_drive.ts';

describe('JSON whose positions stand deeper was refused', () => {
  const coords = (i: number) => ({ latitude: Number(lat(i)), longitude: 139, accuracy: 5, speed: 10, heading: 0 });
  it.each([
    ['coords of a browser', objects((i) => ({ coords: coords(i), timestamp: START + i * 1000 }))],
    [
      'names with points',
      objects((i) => ({
        'position.latitude': Number(lat(i)),
        'position.longitude': 139,
        timestamp: iso(i),
        'server.timestamp': 'x',
      })),
    ],
    [
      'a point of GeoJSON',
      objects((i) => ({ ts: { $date: iso(i) }, loc: { type: 'Point', coordinates: [139, Number(lat(i))] } })),
    ],
    [
      'a list within a list',
      JSON.stringify({
        data: [{ id: '1', gps: Array.from({ length: N }, (_, i) => ({ time: iso(i), ...coords(i) })) }],
      }),
    ],
    [
      'a list behind another',
      JSON.stringify({
        accelerometer: [{ x: 0, timestamp: START }],
        locations: Array.from({ length: N }, (_, i) => ({ timestamp: START + i * 1000, ...coords(i) })),
      }),
    ],
  ])('%s', async (_, text) => {
    const log = await read(text);
    expect([log.fixes.count, log.fixes.time_ms[19], log.fixes.lat[19]]).toEqual([N, START + 19_000, Number(lat(19))]);
  });
  it('two positions in one object are not merged', async () => {
    const text = objects((i) => ({ time: iso(i), from: { lat: 1, lon: 2 }, to: { lat: Number(lat(i)), lon: 139 } }));
    expect(await failure(text)).toMatch(/^LOG_COLUMN/);
  });
});

describe('NDJSON read less than a table does', () => {
  it.each([
    ['a zone', (i: number) => ({ time: wall(i, 0), tz: 'UTC', lat: Number(lat(i)), lon: 139.5 })],
    [
      'a date beside a time',
      (i: number) => ({ date: '2026-10-05', time: wall(i, 9).slice(11), lat: Number(lat(i)), lon: 139.5 }),
    ],
    ['1e-7 degrees', (i: number) => ({ time: iso(i), latE7: Math.round(Number(lat(i)) * 1e7), lonE7: 1_395_000_000 })],
    ['texts with letters', (i: number) => ({ time: iso(i), lat: `${lat(i)}N`, lon: '139.5E' })],
  ])('%s', async (_, row) => {
    const log = await read(objects(row));
    expect([log.fixes.time_ms[0], log.fixes.lat[19], log.fixes.lon[0]]).toEqual([START, Number(lat(19)), 139.5]);
  });
  it('the south and the west', async () => {
    const log = await read(objects((i) => ({ time: iso(i), lat: Number(lat(i)), ns: 'S', lon: 49.5, ew: 'W' })));
    expect([log.fixes.lat[0], log.fixes.lon[0]]).toEqual([-35, -49.5]);
  });
});

describe('more forms of JSON', () => {
  it('NaN, as Python writes it', async () => {
    const log = await read(rows((i) => `{"time": "${iso(i)}", "lat": ${lat(i)}, "lon": 139.5, "speed": NaN}`));
    expect([log.fixes.count, log.fixes.lon[0], log.input.left_out]).toEqual([N, 139.5, []]);
  });
  it('a value beside its unit', async () => {
    const speed = { value: 36, unit: 'km/h' };
    const log = await read(objects((i) => ({ time: iso(i), at: { lat: Number(lat(i)), lng: 139.5 }, speed })));
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 5);
  });
  const list = Array.from({ length: N }, (_, i) => i);
  it.each([
    ['columns of lists', { time: list.map(iso), lat: list.map(lat), lon: list }, /^LOG_FORMAT .*its columns are lists/],
    ['columns of rows', { time: { 0: 'x' }, lat: { 0: 1 }, lon: { 0: 1 } }, /^LOG_FORMAT .*its columns are lists/],
    ['lists of lists', list.map((i) => [iso(i), lat(i), 139]), /^LOG_FORMAT .*list of lists/],
  ])('%s: named', async (_, value, pattern) => expect(await failure(JSON.stringify(value))).toMatch(pattern));
  it('a header without a time below other lines is named by its own line', async () => {
    const text = `Start: 2026-10-05T01:00:00Z\n${table('elapsed,lat,lon', (i) => `${i},${lat(i)},139`)}`;
    expect(await failure(text)).toMatch(/^LOG_COLUMN .*:2: no column time.*found: elapsed/);
  });
});
