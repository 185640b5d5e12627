// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { TomareError } from '../errors.ts';
import { readConfig } from './config.ts';
import { isPermanent, reasonOf } from './failures.ts';
import { exportKey, failureKey, generationOf, isReserved, resultKey, type Work, workId } from './keys.ts';

describe('failures', () => {
  it.each(['LOG_ROW', 'LOG_SIZE', 'LOG_MISSING', 'LOG_ACCESS', 'SETTINGS', 'PROFILE', 'MESSAGE', 'BUCKET'] as const)(
    '%s is permanent at once',
    (name) => expect(isPermanent(new TomareError(name), 1)).toBe(true),
  );
  it.each(['LOG_CHANGED', 'TIME_LEFT'] as const)('%s may pass', (name) => {
    expect(isPermanent(new TomareError(name), 9)).toBe(false);
  });
  it.each(['TRAP', 'OUT_OF_MEMORY', 'LOG_SLOW'] as const)('%s has a second attempt', (name) => {
    expect(isPermanent(new TomareError(name), 1)).toBe(false);
    expect(isPermanent(new TomareError(name), 2)).toBe(true);
  });
  it('what is not ours is transient, and named without its message', () => {
    const error = Object.assign(new Error('SlowDown for key 品川300あ1234'), { name: 'SlowDown' });
    expect(isPermanent(error, 9)).toBe(false);
    expect(reasonOf(error)).toEqual({ reason: 'SlowDown' });
    expect(reasonOf(new TomareError('LOG_ROW', '35.1,139.2'))).toEqual({ reason: 'LOG_ROW' });
  });
});

describe('keys', () => {
  const work: Work = {
    bucket: 'b',
    key: 'k',
    etag: 'e',
    engine: 'w',
    map: 'm',
    profile: 'p',
    settings: 's',
    options: 'o',
  };
  it('every part of the work changes its name, and nothing else does', () => {
    const names = Object.keys(work).map((part) => workId({ ...work, [part]: 'other' }));
    expect(new Set([...names, workId(work)]).size).toBe(names.length + 1);
    expect(workId({ ...work })).toBe(workId(work));
    expect(workId({ ...work, bucket: 'bk', key: '' })).not.toBe(workId({ ...work, bucket: 'b', key: 'k' }));
  });
  it('a generation is all of the work but the log', () => {
    const others = Object.keys(work).filter(
      (part) => generationOf({ ...work, [part]: 'other' }) !== generationOf(work),
    );
    expect(others).toEqual(['engine', 'map', 'profile', 'settings', 'options']);
  });
  it('are laid out for Athena: one table in the folder of results, other formats beside it', () => {
    const name = { start: '2026-10-05T10:00:00+09:00', generation: 'g', id: 'id' };
    expect(resultKey('p/', name)).toBe('p/results/date=2026-10-05/generation=g/id.ndjson');
    expect(exportKey('p/', name, 'csv')).toBe('p/exports/csv/date=2026-10-05/generation=g/id.csv');
    expect(failureKey('', 'id')).toBe('failures/id.ndjson');
  });
  it('leave no key of the function to the sender', () => {
    const keys = ['results/x', 'exports/csv/x', 'failures', 'results2/x', 'fleet/results/x'];
    expect(keys.filter(isReserved)).toEqual(['results/x', 'exports/csv/x', 'failures']);
  });
});

describe('configuration', () => {
  const environment = {
    TOMARE_MAP: 'm',
    TOMARE_INPUT_BUCKETS: 'a, b',
    TOMARE_OUTPUT_BUCKET: 'o',
    TOMARE_DEAD_LETTER_URL: 'https://example.org/q',
  };
  it('has defaults, and takes buckets by comma', () => {
    const config = readConfig({ ...environment, TZ: ':UTC' });
    expect([...config.inputBuckets]).toEqual(['a', 'b']);
    expect(config).toMatchObject({ timeZone: undefined, profile: 'auto', outputPrefix: '', resultObjects: 'log' });
  });
  it.each([
    ['TOMARE_INPUT_BUCKETS', ''],
    ['TOMARE_OUTPUT_PREFIX', 'no-slash'],
    ['TOMARE_MAX_FIXES', '0'],
    ['TOMARE_DEAD_LETTER_URL', 'queue'],
    ['TOMARE_RESULT_OBJECTS', 'both'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ ...environment, [name]: value })).toThrow(name);
  });
});
