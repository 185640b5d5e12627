// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { namedIn, names, subjectOf } from './subject.ts';

const notification = JSON.stringify({
  Records: [{ s3: { bucket: { name: 'logs' }, object: { key: '%E8%B5%B0%2Fa+b.csv' } } }],
});

describe('subject', () => {
  it.each([{}, { driver: 'a', key: 'b' }, { driver: '' }])('%j is none', (given) => {
    expect(() => subjectOf(given)).toThrow('--driver');
  });
  it('a driver and a vehicle are met whole, a key by its beginning', () => {
    const named = { drivers: ['7'], vehicles: ['42'], keys: ['fleet/7/a.csv'] };
    expect(names({ driver: '7' }, named)).toBe(true);
    expect(names({ driver: '4' }, named)).toBe(false);
    expect(names({ vehicle: '42' }, named)).toBe(true);
    expect(names({ key: 'fleet/7/' }, named)).toBe(true);
    expect(names({ key: '7/' }, named)).toBe(false);
  });
});

describe('whom a text names', () => {
  it.each([
    ['a job', '{"bucket":"logs","key":"走/a b.csv","driver_id":"d"}'],
    ['a notification', notification],
    ['a notification within SNS', JSON.stringify({ Type: 'Notification', Message: notification })],
    ['EventBridge', '{"source":"aws.s3","detail":{"object":{"key":"走/a b.csv"}}}'],
    ['a result', '{"drive":{"id":"x","driver_id":"d","source":{"key":"走/a b.csv"}}}\n'],
    ['lines of results', '{"drive":{"source":{"key":"走/a b.csv"}}}\n{"drive":{"source":{"key":"b"}}}\n'],
    ['a report of Step Functions', JSON.stringify([{ Input: JSON.stringify({ Items: [{ key: '走/a b.csv' }] }) }])],
  ])('%s', (_, text) => {
    expect(namedIn(text).keys).toContain('走/a b.csv');
  });
  it('nothing in what is no JSON, and an end in what nests without one', () => {
    expect(namedIn('key: a')).toEqual({ drivers: [], vehicles: [], keys: [] });
    expect(namedIn(`${'['.repeat(5_000)}{"key":"a"}${']'.repeat(5_000)}`).keys).toEqual([]);
  });
});
