// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStream } from './read.ts';

const outcome = async (text: string, size: number) => {
  async function* source() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  try {
    const { fixes, lines, input } = await readStream('drive.ndjson', source(), { timeZone: 'Asia/Tokyo' });
    return { fixes: { ...fixes }, lines, input: { ...input, sha256: '' } };
  } catch (error) {
    return String(error);
  }
};

/** Numbers and texts of JSON, and what is none. */
const number = fc.constantFrom(
  '35.1',
  '-35.25',
  '0',
  '-0',
  '1e1',
  '35',
  '035.1',
  '35.',
  '.5',
  '1.2.3',
  '--1',
  '-',
  '123456789012345678',
  '35.123456789012345678',
  'null',
  '"35.1"',
  '35.1 ',
);
const extra = fc.constantFrom(
  ...Array(12).fill(''),
  ',"note":"x"',
  ',"note":"\\u0041"',
  ',"note":"é,{}"',
  ',"note": "\t"',
  ',"speed":"4 km/h"',
  ',"speed":4',
  ',"valid":0',
  ',"a":{"b":1}',
  ',"a":[1]',
  ',"lat":1',
);
const row = fc.record({
  time: fc.constantFrom(
    '1790000SEC',
    '"2026-10-05T01:00:SSZ"',
    '"2026-10-05 01:00:SS"',
    '"noon"',
    'null',
    '""',
    '1790000SEC.5',
  ),
  lat: number,
  lon: number,
  extra,
  end: fc.constantFrom('}', '}', '}', '}', '} ', '}\r', '},', ']', ''),
});

it('lines that are read without an object are as JSON.parse reads them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 300 }),
      async (rows, size) => {
        const first = '{"time":1790000000,"lat":35,"lon":139}\n{"time":1790000001,"lat":35,"lon":139}';
        const lines = rows.map(({ time, lat, lon, extra, end }, i) => {
          const told = time.replace('SEC', String(100 + i)).replace('SS', String(10 + i));
          return `{"time":${told},"lat":${lat},"lon":${lon}${extra}${end}`;
        });
        const text = [first, ...lines].join('\n');
        // A line that begins with a blank has no known shape.
        expect(await outcome(text, size)).toEqual(await outcome(text.replaceAll(/^/gm, ' '), 300));
      },
    ),
    { numRuns: 400 },
  );
});
