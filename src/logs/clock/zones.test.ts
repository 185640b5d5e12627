// SPDX-License-Identifier: MIT
// Wall clocks through the nights of change.
import { describe, expect, it } from 'vitest';
import { wallToUtc } from './zones.ts';

/** Whether times are of an hour that the zone leaves out. */
const leftOut = (zone: string, wall: string) => wallToUtc(Float64Array.of(Date.parse(`${wall}Z`)), () => true, zone);

function utc(zone: string, ...walls: string[]): string[] {
  const times = Float64Array.from(walls, (wall) => Date.parse(`${wall}Z`));
  wallToUtc(times, () => true, zone);
  return [...times].map((t) => new Date(t).toISOString().slice(0, 19));
}

describe('wall clocks', () => {
  it.each([
    ['Asia/Tokyo', '2026-10-05T10:00:00', '2026-10-05T01:00:00'],
    ['America/Sao_Paulo', '2019-05-01T10:00:00', '2019-05-01T13:00:00'],
    ['Europe/Berlin', '2026-07-01T10:00:00', '2026-07-01T08:00:00'],
    ['Europe/Berlin', '2026-12-01T10:00:00', '2026-12-01T09:00:00'],
    ['America/New_York', '2026-07-01T10:00:00', '2026-07-01T14:00:00'],
  ])('%s', (zone, wall, expected) => expect(utc(zone, wall)).toEqual([expected]));

  it('the hour that a night has twice: the first, then the second', () => {
    const walls = ['2026-10-25T02:59:59', '2026-10-25T02:00:00', '2026-10-25T02:30:00', '2026-10-25T03:00:00'];
    const found = ['2026-10-25T00:59:59', '2026-10-25T01:00:00', '2026-10-25T01:30:00', '2026-10-25T02:00:00'];
    expect(utc('Europe/Berlin', ...walls)).toEqual(found);
  });
  it('the hour that a night leaves out keeps the offset before it', () => {
    expect(utc('Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T02:30:00', '2026-03-29T03:00:00')).toEqual([
      '2026-03-29T00:59:59',
      '2026-03-29T01:30:00',
      '2026-03-29T01:00:00',
    ]);
    for (const [wall, expected] of [
      ['2026-03-29T01:59:59', false],
      ['2026-03-29T02:00:00', true],
      ['2026-03-29T02:59:59', true],
      ['2026-03-29T03:00:00', false],
      ['2026-10-25T02:30:00', false],
    ] as const)
      expect(leftOut('Europe/Berlin', wall), wall).toBe(expected);
    expect(leftOut('Asia/Tokyo', '2026-03-29T02:30:00')).toBe(false);
  });
});
