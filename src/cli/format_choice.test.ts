// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { FORMAT_FACTS, FORMATS } from '../report/registry.ts';
import { formatByEnding, formatChoice } from './format_choice.ts';

describe('the format that is meant', () => {
  it.each(FORMATS)('%s by the ending of the output', (format) =>
    expect(formatChoice({ out: `some.folder/a.b.${FORMAT_FACTS[format].ending.toUpperCase()}` })).toBe(format),
  );
  it('other names of endings', () => {
    expect([formatByEnding('a.jsonl'), formatByEnding('a.htm')]).toEqual(['ndjson', 'html']);
  });
  it('NDJSON for a file that tells nothing, also where its folder has a dot', () => {
    for (const out of ['results', '/dev/null', 'a.csv/results', 'a.csv.gz'])
      expect(formatChoice({ out })).toBe('ndjson');
  });
  it('a table on a terminal, NDJSON in a pipe', () => {
    expect(formatChoice({}, true)).toBe('table');
    expect(formatChoice({}, false)).toBe('ndjson');
  });
  it('what is named goes before what is guessed', () => {
    expect(formatChoice({ format: 'csv', out: 'a.json' }, true)).toBe('csv');
    expect(formatChoice({ json: true }, true)).toBe('json');
  });
});
