// SPDX-License-Identifier: MIT
import DateHolidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import type { Vehicle } from '../types.ts';
import { holidaysBetween, lawOf as law, permitsOf } from './law.ts';
import { loadProfile, type Profile } from './profile.ts';
import { loadSettings, type Settings } from './settings.ts';

const DAY = 86_400_000;
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY;

describe('public holidays of Japan', () => {
  const { days } = holidaysBetween('JP', day('2015-01-01'), day('2030-12-31'));

  it('equal those of a second library, date-holidays', () => {
    const other = new DateHolidays('JP');
    const expected = new Set<number>();
    for (let year = 2015; year <= 2030; year++) {
      for (const h of other.getHolidays(year)) if (h.type === 'public') expected.add(day(h.date.slice(0, 10)));
    }
    expect(days).toEqual([...expected].sort((a, b) => a - b));
  });

  it.each([
    ['2026-03-20', '春分の日, the spring equinox'],
    ['2026-05-06', '振替休日, for 3 May is a Sunday'],
    ['2026-09-22', '国民の休日, between two holidays'],
    ['2026-09-23', '秋分の日, the autumn equinox'],
    ['2019-05-01', 'the accession'],
    ['2021-07-23', 'moved for the Olympics'],
  ])('%s: %s', (date) => expect(days).toContain(day(date)));

  it('says how far the list reaches', () => {
    const far = holidaysBetween('JP', day('2150-01-01'), day('2150-12-31'));
    expect(far.to).toBeLessThan(far.from);
  });
});

describe('the law of a drive', () => {
  const settings = loadSettings();
  const at = (text: string) => Date.parse(text);
  const lawOf = (own: Settings, profile: Profile | undefined, vehicle: Vehicle, from_ms: number, to_ms: number) =>
    law({ settings: own, profile, zone: 'Asia/Tokyo', vehicle, from_ms, to_ms });

  it('has the offsets of the zone, changes included', () => {
    const times = { from_ms: at('2026-10-24T20:00Z'), to_ms: at('2026-10-25T03:00Z') };
    const { offsets } = law({ settings, zone: 'Europe/Berlin', vehicle: 'car', ...times });
    expect(offsets.map((o) => o.minutes)).toEqual([120, 60]);
    expect(offsets[1]?.from_ms).toBe(at('2026-10-25T01:00Z'));
  });

  it('holds only rows in force: those of a drive over midnight on both sides of a change', () => {
    const jp = loadProfile('jp');
    const count = (from: string, to: string) => lawOf(settings, jp, 'car', at(from), at(to)).limits.length;
    const before = count('2026-08-31T10:00+09:00', '2026-08-31T11:00+09:00');
    const after = count('2026-09-01T10:00+09:00', '2026-09-01T11:00+09:00');
    const over = count('2026-08-31T23:30+09:00', '2026-09-01T00:30+09:00');
    expect([before, after, over]).toEqual([6, 8, 9]);
  });

  it('takes the car’s own figures before those of its class', () => {
    const jp = loadProfile('jp');
    const own = { ...settings, vehicle: { weight: 1.4 } };
    const now = at('2026-10-05T10:00Z');
    expect(lawOf(own, jp, 'car', now, now).vehicle[1]).toEqual({ low: 1.4, high: 1.4 });
    expect(lawOf(settings, jp, 'car', now, now).vehicle[1]).toEqual({ low: 0, high: 3.5 });
    expect(lawOf(settings, jp, 'large_goods', now, now).vehicle[1]).toEqual({ low: 0, high: -1 });
  });

  it('leaves out permits of other vehicles', () => {
    const permits = [{ ways: [7, 8], vehicles: ['bus' as const], from: '2026-10-01' }, { ways: [9] }];
    expect(permitsOf(permits, 'car', 'Asia/Tokyo').permits.map((p) => p.way)).toEqual([9]);
    expect(permitsOf(permits, 'bus', 'Asia/Tokyo').permits).toHaveLength(3);
  });
});
