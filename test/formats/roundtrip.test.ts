// SPDX-License-Identifier: MIT
// Any drive written in a format and read again is the same drive: positions to 1e-7 degrees, times to 1 ms, speeds to
// 0.01 m/s. Our own writers, and for the other formats the builders of the fixtures.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStream } from '../../src/logs/read.ts';
import { WRITERS } from '../../src/logs/write/registry.ts';
import { fitFile, fixesOf, type Point, parquetFile } from './builders.ts';
import { inChunks } from './harness.ts';
import { TEXTS } from './texts.ts';

const DEGREE_M = 111_195;

interface Shape {
  lat: number;
  lon: number;
  start: number;
  speed: number;
  heading: number;
  steps: { ms: number; turn: number; accuracy: number }[];
  told: { speed: boolean; heading: boolean; accuracy: boolean };
}

/** Not on the equator or the meridian of Greenwich: 0, 0 is what recorders write for nothing. */
const side = (most: number) =>
  fc.oneof(fc.double({ min: 0.1, max: most, noNaN: true }), fc.double({ min: -most, max: -0.1, noNaN: true }));

/** Nor where degrees could be radians. */
const ashore = ({ lat, lon }: Shape) => Math.abs(lat) > 2 || Math.abs(lon) > 4;

const shape: fc.Arbitrary<Shape> = fc
  .record({
    lat: side(70),
    lon: side(179),
    start: fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2026, 9, 1) }),
    speed: fc.double({ min: 3, max: 40, noNaN: true }),
    heading: fc.double({ min: 0, max: 359.9, noNaN: true }),
    steps: fc.array(
      fc.record({
        ms: fc.integer({ min: 200, max: 2000 }),
        turn: fc.double({ min: -5, max: 5, noNaN: true }),
        accuracy: fc.integer({ min: 2, max: 30 }),
      }),
      { minLength: 3, maxLength: 40 },
    ),
    told: fc.record({ speed: fc.boolean(), heading: fc.boolean(), accuracy: fc.boolean() }),
  })
  .filter(ashore);

/** A drive whose speeds and courses are those of its positions: the reading looks at that. */
function drive({ lat, lon, start, speed, heading, steps, told }: Shape, unit = 1): Point[] {
  const points: Point[] = [];
  let [y, x, time, course] = [lat, lon, Math.round(start / unit) * unit, heading];
  for (const { ms, turn, accuracy } of steps) {
    points.push({
      time_ms: time,
      lat: y,
      lon: x,
      speed_mps: told.speed ? speed : NaN,
      heading_deg: told.heading ? course : NaN,
      accuracy_m: told.accuracy ? accuracy : NaN,
    });
    const step = Math.max(unit, Math.round(ms / unit) * unit);
    course = (course + turn + 360) % 360;
    const metres = (speed * step) / 1000;
    y += (metres * Math.cos((course * Math.PI) / 180)) / DEGREE_M;
    x += (metres * Math.sin((course * Math.PI) / 180)) / (DEGREE_M * Math.cos((y * Math.PI) / 180));
    time += step;
  }
  return points;
}

interface Form {
  write: (points: readonly Point[]) => Buffer;
  /** Milliseconds in which its times are. */
  unit?: number;
  /** It has no way to leave speed and course out. */
  always?: boolean;
  without?: readonly ('speed_mps' | 'heading_deg' | 'accuracy_m')[];
}

const text = (name: string) => (points: readonly Point[]) => Buffer.from(TEXTS[name]?.(points) ?? '');

const FORMS: Record<string, Form> = {
  ...Object.fromEntries(
    Object.values(WRITERS).map((writer) => [
      writer.name,
      {
        write: (points: readonly Point[]) =>
          Buffer.from([...writer.write({ id: 'a & <b>\u0001', fixes: fixesOf(points) })].join('')),
      },
    ]),
  ),
  fit: { write: (points) => fitFile(points), unit: 1000, without: ['heading_deg'] },
  parquet: { write: (points) => parquetFile(points) },
  nmea: { write: text('nmea'), without: ['accuracy_m'] },
  kml: { write: text('kml'), without: ['speed_mps', 'heading_deg', 'accuracy_m'] },
  tcx: { write: text('tcx'), without: ['heading_deg', 'accuracy_m'] },
  igc: { write: text('igc'), without: ['speed_mps', 'heading_deg', 'accuracy_m'] },
  plt: { write: text('plt'), unit: 1000, without: ['speed_mps', 'heading_deg', 'accuracy_m'] },
  '70mai': { write: text('70mai'), unit: 1000, without: ['accuracy_m'], always: true },
  'google-timeline': { write: text('google-timeline') },
  owntracks: { write: text('owntracks') },
  gpsd: { write: text('gpsd') },
  overland: { write: text('overland') },
};

const TOLERANCE = { time_ms: 1, lat: 1e-7, lon: 1e-7, speed_mps: 0.01, heading_deg: 0.02, accuracy_m: 0.02 };

function expectSame(read: ArrayLike<number>, at: number, wanted: number, tolerance: number, what: string): void {
  const value = read[at] ?? Number.NaN;
  if (Number.isNaN(wanted)) expect(value, what).toBeNaN();
  else expect(Math.abs(value - wanted), what).toBeLessThanOrEqual(tolerance);
}

describe('written and read again', () => {
  it.each(Object.entries(FORMS))('%s', async (name, { write, unit = 1, always = false, without = [] }) => {
    await fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: 7, max: 5000 }), async (form, chunk) => {
        const told = always ? { speed: true, heading: true, accuracy: true } : form.told;
        const points = drive({ ...form, told }, unit);
        const log = await readStream('drive', inChunks(write(points), chunk), { timeZone: 'Asia/Tokyo' });
        expect(log.input.format).toBe(name);
        expect(log.fixes.count).toBe(points.length);
        expect(log.input.left_out).toEqual([]);
        points.forEach((point, i) => {
          for (const key of Object.keys(TOLERANCE) as (keyof typeof TOLERANCE)[]) {
            const wanted = without.some((lost) => lost === key) ? Number.NaN : point[key];
            expectSame(log.fixes[key], i, wanted, TOLERANCE[key], `${key} of ${i}`);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
