// SPDX-License-Identifier: MIT
// Lines read where they stand leave behind what parsing them leaves behind, whatever stands around them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FixSink, LogSource } from './format.ts';
import { FlatLine } from './formats/flat.ts';
import { readObjects } from './formats/ndjson.ts';
import { faultsOf, outcome, TRIED, tried } from './twins.ts';

const parsed = (source: LogSource, sink: FixSink) => readObjects(source, sink, false);
const same = async (chunks: readonly string[], limits = {}) => {
  expect(await outcome(chunks, readObjects, limits)).toEqual(await outcome(chunks, parsed, limits));
};

const of = fc.constantFrom;
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: other });
const odd = of(
  'null',
  'true',
  '""',
  '" "',
  '"none"',
  '{}',
  '[1]',
  '-',
  '012',
  '1.',
  '.5',
  '1e2',
  '-0',
  '-0.0',
  '+1',
  'NaN',
  '123456789.0123456789',
  '"5 km/h"',
  '"a\\"b"',
  '"\\u0041"',
  '"\u0001"',
  '"a{b}c"',
  '"ü🚗"',
  '-1',
  '65535',
  '400',
);
const number = fc.double({ min: -99, max: 99, noNaN: true }).map((n) => n.toFixed(5));
const time = mostly(
  fc.integer({ min: 10, max: 59 }).map((s) => `"2026-10-05T01:00:${s}Z"`),
  of(
    '1790000000',
    '1790000000.5',
    '1790000000000',
    '"2026-10-05 01:00"',
    '"13/10/2026 01:00:00"',
    '"05/10/2026 01:00:00+09:00"',
    '"soon"',
    '5',
  ),
);
const VALUES: Record<string, fc.Arbitrary<string>> = {
  time: mostly(time, odd),
  lat: mostly(number, odd),
  lon: mostly(number, odd),
  speed_kmh: mostly(number, odd),
  speed: mostly(number, odd),
  heading: mostly(number, odd),
  accuracy: mostly(number, odd),
  note: mostly(of('"x"', '"a note, with {braces}: and commas"'), odd),
  valid: mostly(of('"A"', '"V"', '1', '0', '3', 'true'), odd),
  satellites: mostly(of('0', '4', '8'), odd),
  hdop: mostly(of('0', '1.0', '99.99'), odd),
  vehicle_id: mostly(of('"a"'), of('7', '"b"', 'null')),
  coords: of('{"latitude":35.1}', '1'),
  '7': number,
  'a "b"': number,
};
const names = fc.shuffledSubarray(
  Object.keys(VALUES).filter((key) => !['time', 'lat', 'lon'].includes(key)),
  { maxLength: 4 },
);
const layout = names.chain((more) =>
  fc.shuffledSubarray(['time', 'lat', 'lon', ...more], { minLength: 3 + more.length }),
);
const style = of(
  [':', ',', '\n'],
  [': ', ', ', '\n'],
  [':', ',', '\r\n'],
  [' :', ' ,', '\n'],
  [':', ',', ' \n'],
  [':', ',', ',\n'],
);
const line = (keys: readonly string[], [colon, comma, end]: readonly string[]) =>
  fc.tuple(...keys.map((key) => VALUES[key] as fc.Arbitrary<string>)).map((values) => {
    const pairs = keys.map((key, i) => `${JSON.stringify(key)}${colon}${values[i]}`);
    return `{${pairs.join(comma)}}${end}`;
  });
const block = fc
  .tuple(layout, style)
  .chain(([keys, how]) =>
    fc.array(
      mostly(
        line(keys, how),
        fc.oneof(
          line([...keys, keys[0] as string], how),
          line(keys.slice(1), how),
          of('\n', '{}\n', '[]\n', '{"a":1}\n', 'x\n'),
        ),
      ),
      { minLength: 1, maxLength: 10 },
    ),
  );
const log = fc.array(block, { minLength: 1, maxLength: 2 }).map((blocks) => blocks.flat().join(''));
const faults = faultsOf(
  '',
  '"',
  '\\',
  '{',
  '}',
  ',',
  ':',
  '\r',
  '\n',
  '\u0001',
  '\u007f',
  '\ud83d',
  '緯',
  '\u2028',
  '0',
  '.',
  '-',
  'e5',
  ' ',
  '  ',
  'null',
  '\\u0061',
);

describe('lines that are read where they stand', () => {
  it('any log', async () => tried(same, log, fc.constant([])), 120_000);
  it('any log with faults', async () => tried(same, log, faults), 120_000);

  it('finds what programs write', () => {
    const find = (text: string) => new FlatLine(['time', 'lat', 'note'], 1000).find(text, 0);
    expect(find('{"time":"2026-10-05T01:00:00Z","lat":35.1,"note":null}\n')).toBe(55);
    expect(find('{"time": 1790000000, "lat": -35.1, "note": "ü {}"}\r\n')).toBe(52);
    expect(find('{"lat":35.1,"time":1790000000,"note":null}\n')).toBe(-1);
    expect(find('{"time":1790000000,"lat":35.1,"note":null}')).toBe(-1);
  });

  it('numbers are those of JSON', () => {
    const line = new FlatLine(['n'], 1000);
    const text = fc.oneof(
      fc.tuple(fc.integer(), fc.nat(), fc.nat({ max: 12 })).map(([a, b, n]) => `${a}.${String(b).padStart(n, '0')}`),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.string({ unit: of('-', '+', '0', '1', '9', '.', 'e'), maxLength: 18 }),
    );
    const check = (written: string) => {
      if (line.find(`{"n":${written}}\n`, 0) > 0) expect(line.at(0)).toBe(JSON.parse(written));
    };
    fc.assert(fc.property(text, check), { ...TRIED, numRuns: 20_000 });
  });
});
