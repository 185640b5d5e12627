// SPDX-License-Identifier: MIT
// FIT as its protocol allows and few recorders write it, byte by byte: both byte orders, developer fields, compressed
// timestamps, and definitions that change; and the same files by another reader of the format.
import fc from 'fast-check';
import { FitEncoder } from 'fit-file-parser/encoder';
import { readFitMessages } from 'fit-file-parser/raw';
import { describe, expect, it } from 'vitest';
import fit from '../../src/logs/formats/fit.ts';
import { fitFile, type Point } from './builders.ts';
import { readBy } from './harness.ts';

const START = 1_000_000_000; // seconds of FIT
const EPOCH_MS = Date.UTC(1989, 11, 31);
const LAT = 0x18f00000;
const LON = 0x63200000;

type Bytes = (number | Buffer)[];
const u32 = (value: number, big = false): Buffer => {
  const bytes = Buffer.alloc(4);
  if (big) bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
};

function file(...parts: Bytes[]): Buffer {
  const data = Buffer.concat(parts.flat().map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)));
  const header = Buffer.concat([
    Buffer.from([12, 0x20, 0, 0]),
    u32(data.length),
    Buffer.from([0x2e, 0x46, 0x49, 0x54]),
  ]);
  const whole = Buffer.concat([header, data]);
  const sum = FitEncoder.calculateCRC(whole);
  return Buffer.concat([whole, Buffer.from([sum & 0xff, sum >> 8])]);
}

const POSITION = [0, 4, 0x85, 1, 4, 0x85];
const TIMED = [253, 4, 0x86, ...POSITION];
/** Local message, byte order, fields; `developer`: sizes of developer fields. */
const define = (local: number, big: boolean, fields: number[], developer: number[] = []): Bytes => [
  0x40 | (developer.length > 0 ? 0x20 : 0) | local,
  0,
  big ? 1 : 0,
  ...(big ? [0, 20] : [20, 0]),
  fields.length / 3,
  ...fields,
  ...(developer.length > 0 ? [developer.length, ...developer.flatMap((size, i) => [i, size, 0])] : []),
];
const place = (i: number, big = false): Bytes => [u32(LAT, big), u32(LON + i * 1000, big)];
const seconds = async (bytes: Buffer) => {
  const { fixes } = await readBy(fit, bytes, {}, 7);
  return [...fixes.time_ms].map((ms) => (ms - EPOCH_MS) / 1000 - START);
};

describe('FIT', () => {
  it('either byte order, and developer fields beside', async () => {
    const bytes = file(
      define(0, false, TIMED),
      [0, u32(START), ...place(0)],
      define(5, true, TIMED, [3, 1]),
      [5, u32(START + 1, true), ...place(1, true), Buffer.alloc(4)],
      define(0, true, TIMED),
      [0, u32(START + 2, true), ...place(2, true)],
    );
    expect(await seconds(bytes)).toEqual([0, 1, 2]);
  });

  it('compressed timestamps follow the last whole one, past their 32 seconds', async () => {
    const low = START & 31;
    const compressed = (after: number, i: number): Bytes => [0x80 | (1 << 5) | ((low + after) & 31), ...place(i)];
    const bytes = file(
      define(0, false, TIMED),
      define(1, false, POSITION),
      [0, u32(START), ...place(0)],
      compressed(1, 1),
      compressed(20, 2),
      compressed(40, 3),
    );
    expect(await seconds(bytes)).toEqual([0, 1, 20, 40]);
  });

  it('a time that counts from the start of the device is none', async () => {
    const bytes = file(define(0, false, TIMED), [0, u32(1000), ...place(0)], [0, u32(START), ...place(1)]);
    expect(await seconds(bytes)).toEqual([0]);
  });

  it('a message without its definition', async () => {
    await expect(seconds(file([3, ...place(0)]))).rejects.toMatchObject({ errorName: 'LOG_FIT' });
  });

  it('times and positions are those of another reader', async () => {
    const point: fc.Arbitrary<Point> = fc.record({
      time_ms: fc.integer({ min: 1_000_000_000, max: 1_790_000_000 }).map((s) => s * 1000),
      lat: fc.double({ min: 1, max: 80, noNaN: true }),
      lon: fc.double({ min: -179, max: 179, noNaN: true }),
      speed_mps: fc.double({ min: 0, max: 60, noNaN: true }),
      heading_deg: fc.constant(Number.NaN),
      accuracy_m: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 20 }), async (points) => {
        const bytes = fitFile(points);
        const { fixes } = await readBy(fit, bytes, {}, 50);
        const { messages } = readFitMessages(bytes, { messageNumbers: [20] });
        expect(fixes.count).toBe(messages.length);
        messages.forEach(({ timestamp = 0, fields }, i) => {
          expect(fixes.time_ms[i]).toBe(EPOCH_MS + timestamp * 1000);
          const raw = Buffer.from(fields.find(({ fieldNumber }) => fieldNumber === 0)?.bytes ?? []);
          expect(fixes.lat[i]).toBeCloseTo((raw.readInt32LE(0) * 180) / 2 ** 31, 9);
        });
      }),
      { numRuns: 50 },
    );
  });
});
