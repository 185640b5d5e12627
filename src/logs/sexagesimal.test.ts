// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { failure, iso, N, read, rows } from './clean_drive.ts';
import { isOfSeconds, isSexagesimal, ofMinutes, ofSeconds } from './sexagesimal.ts';

/** Degrees as D.MMSSsss, by whole thousandths of a second. */
function packed(degrees: number): string {
  const thousandths = Math.round(Math.abs(degrees) * 3_600_000);
  const p = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0');
  const minutes = Math.floor(thousandths / 60_000);
  return `${degrees < 0 ? '-' : ''}${Math.floor(minutes / 60)}.${p(minutes % 60, 2)}${p(thousandths % 60_000, 5)}`;
}
const METRE = 1 / 111_195;

it.each([
  ['35.4123', 35 + 41 / 60 + 23 / 3600],
  ['-49.1348', -(49 + 13 / 60 + 48 / 3600)],
  ['139.5959999', 139 + 59 / 60 + 59.999 / 3600],
  ['35.0000', 35],
  ['35.4', 35 + 40 / 60],
])('D.MMSS %s', (text, degrees) => expect(ofSeconds(Number(text))).toBeCloseTo(degrees, 8));
it('D.MMmm', () => expect(ofMinutes(35.4189)).toBeCloseTo(35.698167, 6));
it.each([
  [35.4123, true],
  [35.595999, true],
  [35.4161, false],
  [35.6012, false],
  [-49.1348, true],
])('digits of %d', (value, expected) => expect(isSexagesimal(value)).toBe(expected));

/** A drive north at 10 m/s from a latitude, a fix each `step_s`. */
const drive = (form: (degrees: number) => string, from: number, n: number, step_s = 1, speed = true) =>
  `time,lat,lon${speed ? ',speed_kmh' : ''}\n${rows((i) => `${iso(i * step_s)},${form(from + i * step_s * 10 * METRE)},${form(139.4201)}${speed ? `,${36 + (i % 3)}` : ''}`, n)}\n`;
const decimal = (degrees: number) => degrees.toFixed(7);

describe('degrees, minutes and seconds in one number', () => {
  it.each([
    ['that pass a full minute', drive(packed, 35.68, 300)],
    ['without speed', drive(packed, 35.68, 300, 1, false)],
    ['south', drive(packed, -35.69, 300)],
    ['at five seconds', drive(packed, 35.68, 120, 5)],
    ['at ten seconds, over many minutes', drive(packed, 35.61, 130, 10, false)],
  ])('%s are refused by that name', async (_, log) => {
    expect(await failure(log)).toMatch(/^LOG_DEGREES .*D\.MMSS/);
  });
  it.each([
    ['digits of which some reach 60', drive(decimal, 35.4118, 300)],
    ['digits that stay below 60', drive(decimal, 35.4101, 40)],
    ['digits that stay below 60, without speed', drive(decimal, 35.4101, 40, 1, false)],
    [
      'a tunnel from 59 to 00',
      `${drive(decimal, 35.4154, 45)}${rows((i) => `${iso(i + 45 + 45)},${decimal(35.42001 + i * 10 * METRE)},139.4201000,36`, 45)}\n`,
    ],
  ])('decimal degrees with %s are read', async (_, log) => {
    expect((await read(log)).fixes.count).toBeGreaterThanOrEqual(N);
  });
  it('a few fixes tell nothing', () => {
    const [lat, lon, time_ms] = [1, 1, 1].map(() => new Float64Array([0.0059, 0.01, 0.0101]));
    expect(isOfSeconds({ count: 3, lat, lon, time_ms } as never)).toBe(false);
  });
});
