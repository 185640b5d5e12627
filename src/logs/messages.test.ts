// SPDX-License-Identifier: MIT
// Objects of messages: values of several kinds under one key, and times and speeds of the message beside those of the fix.
import { describe, expect, it } from 'vitest';
import { iso, lat, objects, read, START } from './clean_drive.ts';

const N = 40;
const fix = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139.5, speed_kmh: 36 });

describe('a text among numbers changed the unit of all speeds after it', () => {
  it.each([
    ['a latitude', (i: number) => ({ ...fix(i), lat: lat(i) })],
    ['a speed', (i: number) => ({ ...fix(i), speed_kmh: '36' })],
    ['a speed with its unit', (i: number) => ({ ...fix(i), speed_kmh: '36 km/h' })],
    ['a longitude', (i: number) => ({ ...fix(i), lon: '139.5' })],
  ])('%s', async (_, other) => {
    for (const at of [0, 5, N - 1]) {
      const log = await read(objects((i) => (i === at ? other(i) : fix(i)), N));
      expect(Math.max(...log.fixes.speed_mps.map((v) => Math.abs(v - 10)))).toBeLessThan(1e-4);
      expect([log.input.speed_unit, log.input.warnings]).toEqual(['km/h', []]);
    }
  });
  it('speeds of two units are each taken in their own', async () => {
    const { speed_kmh, ...bare } = fix(0);
    const log = await read(objects((i) => (i % 3 === 1 ? { ...fix(i) } : { ...bare, ...fixAt(i), speed_mps: 10 }), N));
    expect(Math.max(...log.fixes.speed_mps.map((v) => Math.abs(v - 10)))).toBeLessThan(1e-4);
    expect(speed_kmh).toBe(36);
  });
});
const fixAt = (i: number) => ({ time: iso(i), lat: Number(lat(i)) });

describe('the time of a message was taken for that of its fix', () => {
  const place = (i: number) => ({ latitude: Number(lat(i)), longitude: 139.5 });
  it.each([
    ['under another name', (i: number) => ({ timestamp: iso(i + 3600), value: { t: START + i * 1000, ...place(i) } })],
    ['under the same name', (i: number) => ({ timestamp: iso(i + 3600), payload: { timestamp: iso(i), ...place(i) } })],
    [
      'deeper',
      (i: number) => ({ time: iso(i + 9), data: { gps: { fixTime: iso(i), ...place(i) }, time: iso(i + 5) } }),
    ],
    ['of a server', (i: number) => ({ created_at: iso(i + 60), position: { time: iso(i), ...place(i) } })],
  ])('%s', async (_, message) => {
    const log = await read(objects(message, N));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[N - 1]]).toEqual([START, START + (N - 1) * 1000]);
  });
  it.each([
    ['is all there is', (i: number) => ({ timestamp: iso(i), gps: place(i) })],
    ['stands beside a time since the start', (i: number) => ({ timestamp: iso(i), gps: { t: i, ...place(i) } })],
    ['stands beside nothing', (i: number) => ({ timestamp: iso(i), gps: { time: null, ...place(i) } })],
  ])('it is taken where it %s', async (_, message) => {
    const log = await read(objects(message, N));
    expect(log.fixes.time_ms[N - 1]).toBe(START + (N - 1) * 1000);
  });
});

describe('a speed in an object beside the position was not seen', () => {
  const { speed_kmh: _, ...bare } = fix(0);
  it.each<[string, (i: number) => object]>([
    ['with its unit', (i) => ({ ...bare, ...fixAt(i), speed: { value: 36 + (i % 2) / 100, unit: 'km/h' } })],
    [
      'of two units',
      (i) => ({ ...bare, ...fixAt(i), speed: i % 2 ? { value: 36, unit: 'km/h' } : { value: 10, unit: 'm/s' } }),
    ],
    ['of the receiver', (i) => ({ ...bare, ...fixAt(i), gps: { speed_kmh: 36 + (i % 2) / 100, satellites: 9 } })],
    ['of the car', (i) => ({ ...bare, ...fixAt(i), obd: { vehicle_speed_kmh: 36 + (i % 2) / 100, rpm: 1500 } })],
  ])('%s', async (_name, message) => {
    const log = await read(objects(message, N));
    expect([log.fixes.count, ...log.fixes.speed_mps.slice(0, 4).map(Math.round)]).toEqual([N, 10, 10, 10, 10]);
  });
  it('the speed of the object itself comes first', async () => {
    const log = await read(objects((i) => ({ ...fix(i), obd: { speed_kmh: 50 } }), N));
    expect(Math.round(log.fixes.speed_mps[0] ?? 0)).toBe(10);
  });
});
