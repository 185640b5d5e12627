// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { PageDrive } from './model.ts';
import { kindOfWho, per100, ranking, rulesOf, totalsOf, weeks } from './rates.ts';

const drive = (over: Partial<PageDrive>): PageDrive =>
  ({
    id: 'd',
    driver_id: '',
    vehicle_id: '',
    start_ms: Date.UTC(2026, 9, 5),
    distance_m: 100_000,
    exposure: [],
    findings: [],
    ...over,
  }) as PageDrive;
const violated = { verdict: 'violated' } as PageDrive['findings'][number];

describe('a rate with its interval', () => {
  it.each([
    [0, 0, 0, 2.9957],
    [1, 1, 0.0513, 4.7439],
    [10, 10, 5.4254, 16.9622],
  ])('%s events in 100 km', (events, value, low, high) => {
    const rate = per100(events, 100_000);
    expect(rate.value).toBe(value);
    expect(Math.abs(rate.low - low)).toBeLessThan(0.05 + 0.01 * low);
    expect(Math.abs(rate.high - high)).toBeLessThan(0.05 + 0.01 * high);
  });
  it('nothing was driven', () => expect(per100(3, 0)).toEqual({ value: 0, low: 0, high: 0 }));
});

it('drivers are ranked by what is sure of their rate: ten in 500 km come before one in 20 km', () => {
  const often = drive({ driver_id: 'often', distance_m: 500_000, findings: Array(10).fill(violated) });
  const once = drive({ driver_id: 'once', distance_m: 20_000, findings: [violated] });
  expect(ranking([once, often]).map((g) => g.who)).toEqual(['often', 'once']);
});

it('places are counted by verdict, and stretches by distance are not', () => {
  const exposure = [
    { rule: 'stop-sign', passed: 5, complied: 3, violated: 1, undetermined: 1, judged_m: 0 },
    { rule: 'speeding', passed: 0, complied: 0, violated: 9, undetermined: 2, judged_m: 9e4 },
  ];
  expect(totalsOf([drive({ exposure, findings: [violated] })])).toEqual({
    metres: 100_000,
    violations: 1,
    lawful: 3,
    undetermined: 1,
    places: 5,
  });
});

it('weeks begin on Monday', () => {
  const sunday = drive({ start_ms: Date.UTC(2026, 9, 11, 23) });
  const monday = drive({ start_ms: Date.UTC(2026, 9, 12) });
  expect(weeks([monday, sunday]).map((w) => new Date(w.monday).toISOString().slice(0, 10))).toEqual([
    '2026-10-05',
    '2026-10-12',
  ]);
});

it('rules are counted over all drives, and those that were not met are left out', () => {
  const met = { rule: 'stop-sign', passed: 2, complied: 1, violated: 1, undetermined: 0, judged_m: 0 };
  const never = { rule: 'no-entry', passed: 0, complied: 0, violated: 0, undetermined: 0, judged_m: 0 };
  const sums = rulesOf([drive({ exposure: [met, never] }), drive({ exposure: [met] })]);
  expect(sums).toEqual([{ ...met, passed: 4, complied: 2, violated: 2 }]);
});

it('a list of drives without drivers and vehicles is called one of drives', () => {
  expect(kindOfWho([drive({})])).toBe('drive');
  expect(kindOfWho([drive({}), drive({ vehicle_id: 'v' })])).toBe('vehicle');
  expect(kindOfWho([drive({ driver_id: 'p', vehicle_id: 'v' })])).toBe('driver');
});
