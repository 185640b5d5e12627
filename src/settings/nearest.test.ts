// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../nearest.ts';

const FORMATS = ['json', 'ndjson', 'geojson', 'csv', 'parquet', 'table'];

describe('did you mean', () => {
  it.each([
    ['jsn', 'json'],
    ['parket', 'parquet'],
    ['PARQUET', 'parquet'],
    ['geo_json', 'geojson'],
    ['par', 'parquet'],
    ['ndjsno', 'ndjson'],
    ['cvs', 'csv'],
  ])('%s is %s', (word, meant) => expect(nearest(word, FORMATS)).toBe(meant));

  it.each(['pdf', 'x', '', 'spreadsheet'])('"%s" is nothing of the list', (word) =>
    expect(nearest(word, FORMATS)).toBeUndefined(),
  );

  it('says so in words, or says nothing', () => {
    expect(didYouMean('tabel', FORMATS)).toBe('; did you mean table?');
    expect(didYouMean('pdf', FORMATS)).toBe('');
    expect(didYouMean('anything', [])).toBe('');
  });
});
