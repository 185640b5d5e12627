// SPDX-License-Identifier: MIT
// Times in all forms: a zone of the text always wins, and what is no time is named.
import { describe, expect, it } from 'vitest';
import { TimeText } from './text.ts';

const MOMENT = Date.UTC(2026, 9, 5, 1, 0, 0);

describe('a zone in the text', () => {
  it.each([
    '2026-10-05T01:00:00Z',
    '2026-10-05 01:00:00+00',
    '2026-10-05 10:00:00+09',
    '2026-10-05T10:00:00+09:00',
    '2026-10-05T10:00:00+0900',
    '2026-10-05T10:00:00+09:00:00',
    '2026-10-04T20:00:00-05:00',
    '2026-10-05T10:00:00+09:00[Asia/Tokyo]',
    '2026-10-05T10:00:00[Asia/Tokyo]',
    '2026-10-05 01:00:00 UTC',
    '2026-10-05 01:00:00 GMT',
    '2026-10-05 10:00:00 JST',
    '2026-10-05 10:00:00 UTC+9',
    '2026-10-05 10:00:00 GMT+09:00',
    '20261005T010000Z',
    '20261005T100000+0900',
    '2026-278T01:00:00Z',
    '2026-W41-1T01:00:00Z',
    '2026/10/05 01:00:00Z',
    'Mon, 05 Oct 2026 01:00:00 +0000',
    '5 Oct 2026 01:00:00 GMT',
    'Mon Oct 05 10:00:00 GMT+09:00 2026',
    'Mon Oct  5 01:00:00 UTC 2026',
    'Mon Oct 05 2026 10:00:00 GMT+0900 (Japan Standard Time)',
  ])('%s', (text) => {
    const clock = new TimeText();
    expect([clock.read(text), clock.local, clock.fault]).toEqual([MOMENT, false, '']);
  });
});

describe('a wall clock without a zone', () => {
  it.each([
    '2026-10-05 01:00:00',
    '2026-10-05T01:00:00',
    '2026/10/5 1:00:00',
    '2026.10.05 01:00:00',
    '2026年10月5日 1時00分00秒',
    '05.10.2026 01:00:00',
    '05-Oct-2026 01:00:00',
    'Oct 5, 2026 1:00:00 AM',
    '20261005010000',
    '2026-10-05 01:00',
  ])('%s', (text) => {
    const clock = new TimeText();
    expect([clock.read(text), clock.local, clock.fault]).toEqual([MOMENT, true, '']);
  });
  it('says that there are no seconds', () => {
    const clock = new TimeText();
    clock.read('2026-10-05 01:00');
    expect(clock.noSeconds).toBe(true);
  });
});

describe('fractions and epochs', () => {
  it.each([
    ['2026-10-05T01:00:00.5Z', 500],
    ['2026-10-05T01:00:00,25Z', 250],
    ['2026-10-05T01:00:00.123456789Z', 123.456789],
    ['1791162000', 0],
    ['1791162000.5', 500],
    ['1791162000,5', 500],
    ['1791162000000', 0],
    ['1791162000000000', 0],
    ['1791162000000000000', 0],
    ['639267588000000000', 0],
    ['134356356000000000', 0],
  ])('%s', (text, ms) => expect(new TimeText().read(text) - MOMENT).toBeCloseTo(ms, 3));
  it.each([
    ['gps', 1_475_197_218],
    ['apple', 812_854_800],
    ['spreadsheet', 46_300.041_666_666_7],
  ] as const)('a header that says %s', (hint, value) => {
    expect(Math.round(new TimeText(hint).number(value) / 1000)).toBe(MOMENT / 1000);
  });
});

describe('at the edges of what is', () => {
  it.each([
    ['2026-10-05T15:00:00+14:00', MOMENT],
    ['2024-366T01:00:00Z', Date.UTC(2024, 11, 31, 1)],
    ['2026-W01-1T01:00:00Z', Date.UTC(2025, 11, 29, 1)],
    ['2026-W53-7T01:00:00Z', Date.UTC(2027, 0, 3, 1)],
    ['5 March 2026 01:00:00', Date.UTC(2026, 2, 5, 1)],
  ])('%s', (text, ms) => expect(new TimeText().read(text)).toBe(ms));
});

describe('what is no time is named', () => {
  it.each([
    ['0', /elapsed time/],
    ['12345.678', /elapsed time/],
    ['46300.0416666667', /spreadsheet/],
    ['010000', /HHMMSS/],
    ['235959.5', /HHMMSS/],
    ['261005010000', /yymmddhhmmss/],
    ['812854800', /Apple/],
    ['3874070400', /1904/],
    ['20261005', /time of day without a date/],
    ['2026-10-05', /date without a time/],
    ['2026-02-31T00:00:00Z', /calendar does not have/],
    ['2026-02-30 00:00', /calendar does not have/],
    ['2026-13-01T00:00:00Z', /calendar does not have/],
    ['2026-10-05T25:00:00Z', /no clock shows/],
    ['2026-10-05T10:61:00Z', /no clock shows/],
    ['05/10/2026 10:00:00', /day and month/],
    ['2026-10-05 10:00:00 XYZ', /zone that is not known/],
    ['2026-10-05 10:00:00 CST', /zone that is not known/],
    ['2026-10-05T10:00:00[Mars/Base]', /zone that is not known/],
    ['2026-10-05T10:00:00+25:00', /zone that is not known/],
    ['2026-10-05T10:00:00+09:75', /zone that is not known/],
    ['2026-366T10:00:00Z', /calendar does not have/],
    ['2026-000T10:00:00Z', /calendar does not have/],
    ['2026-W55-1T10:00:00Z', /calendar does not have/],
    ['5 marraskuuta 2026 10:00:00', /month has a name that is not English/],
  ])('%s', (text, fault) => {
    const clock = new TimeText();
    expect(clock.read(text)).toBeNaN();
    expect(clock.fault).toMatch(fault);
  });
  it('day and month are known once a day above 12 was there', () => {
    const clock = new TimeText();
    expect(clock.read('13/10/2026 01:00:00')).toBe(MOMENT + 8 * 86_400_000);
    expect(clock.read('05/10/2026 01:00:00')).toBe(MOMENT);
  });
});
