// SPDX-License-Identifier: MIT
// Every fixture damaged in a few places, plain and packed: the outcome is a log whose values are in range, or an error
// with a code, a place and no value of the log; and it comes soon.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TomareError } from '../../src/errors.ts';
import { readStream } from '../../src/logs/read.ts';
import type { Log } from '../../src/types.ts';
import { FIXTURES } from './all.ts';
import { zipFile } from './builders.ts';
import { inChunks } from './harness.ts';

/** What parsers stumble over. */
const WORDS = [
  '<', '>', '</', '<gpx>', '<trkpt lat="1" lon="2">', '<![CDATA[', ']]>', '<!--', '&x;', '<!DOCTYPE a>', '{', '}', '[', ']', '"', ':',
  ',', '\\u0000', '\\', 'null', 'true', '{"a":1}', '[[[[[[[[', '1e309', '-1', 'NaN', '99999999999999999999', '$GPRMC,', '*00', '\r', '\n\n', '\0',
  '\x1e', '\uFEFF', '２', '"type":"Feature"', '"features":[', '"locations":[', '__proto__', '"__proto__":{"x":1},', 'PK\x03\x04', '.FIT', 'PAR1', 'B0100', 'HFDTE000000',
]; // biome-ignore format: one word a line would be four screens

const LIMITS = { lineBytes: 1 << 16, totalBytes: 1 << 20, fixes: 10_000 };

interface Edit {
  at: number;
  remove: number;
  insert: Uint8Array | string;
  flip: number;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 4000 })),
  insert: fc.oneof(fc.constantFrom(...WORDS), fc.uint8Array({ maxLength: 8 })),
  flip: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 255 })),
});

function damaged(bytes: Buffer, edits: readonly Edit[]): Buffer {
  return edits.reduce((now, { at, remove, insert, flip }) => {
    const begin = Math.floor(at * now.length);
    const rest = Buffer.from(now.subarray(Math.min(now.length, begin + remove)));
    if (rest.length > 0) rest[0] = (rest[0] ?? 0) ^ flip;
    return Buffer.concat([now.subarray(0, begin), Buffer.from(insert as string), rest]);
  }, bytes);
}

function checkLog({ fixes, lines }: Log): void {
  expect(fixes.count).toBeGreaterThanOrEqual(2);
  expect(lines.length).toBe(fixes.count);
  for (let i = 0; i < fixes.count; i++) {
    const [time = NaN, lat = NaN, lon = NaN, speed = NaN] = [
      fixes.time_ms[i],
      fixes.lat[i],
      fixes.lon[i],
      fixes.speed_mps[i],
    ];
    expect(Number.isInteger(time) && time >= 0 && time < Date.UTC(2106, 0, 1), 'time').toBe(true);
    expect(Math.abs(lat) <= 85 && Math.abs(lon) <= 180, 'place').toBe(true);
    expect(Number.isNaN(speed) || (speed >= 0 && speed <= 200), 'speed').toBe(true);
  }
}

async function outcome(bytes: Buffer, chunk: number): Promise<Log | TomareError> {
  return readStream('log', inChunks(bytes, chunk), { timeZone: 'UTC', limits: LIMITS }).catch((error: unknown) => {
    if (error instanceof TomareError) return error;
    throw error;
  });
}

function check(result: Log | TomareError): void {
  if (!(result instanceof TomareError)) {
    checkLog(result);
    return;
  }
  expect(result.errorName).toMatch(/^LOG_/);
  expect(result.code).toBeGreaterThan(0);
  expect(result.message, 'no position of the drive').not.toMatch(/35\.1173|139\.42|3507\.04|351173|1394/);
}

const PACKINGS: Record<string, (bytes: Buffer) => Buffer> = {
  plain: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zip: (bytes) => zipFile([{ name: 'a', data: bytes }]),
};

describe('a damaged log', () => {
  it.each(FIXTURES.map(({ name, bytes }) => [name, bytes] as const))('%s', async (_, bytes) => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(edits, fc.integer({ min: 5, max: 4000 }), async (changes, chunk) => {
        check(await outcome(damaged(bytes, changes), chunk));
      }),
      { numRuns: 120 },
    );
  });

  it.each(Object.keys(PACKINGS).slice(1))('%s, damaged itself', async (kind) => {
    const source = fc.constantFrom(...FIXTURES);
    await fc.assert(
      fc.asyncProperty(source, edit, fc.integer({ min: 5, max: 4000 }), async ({ bytes }, change, chunk) => {
        check(await outcome(damaged((PACKINGS[kind] as (b: Buffer) => Buffer)(bytes), [change]), chunk));
      }),
      { numRuns: 250 },
    );
  });
});
