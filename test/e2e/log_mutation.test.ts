// SPDX-License-Identifier: MIT
// Logs of each format, damaged in many small ways: the outcome is a log whose values are in range, or a
// TomareError with a message. The same mutations on every run.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { random } from '../../mapdata/demo/simulate.ts';
import { TomareError } from '../../src/errors.ts';
import { readStream } from '../../src/logs/read.ts';
import type { Log } from '../../src/types.ts';

const MUTATIONS = 2000;

const times = ['2026-10-05T01:00:00Z', '2026-10-05T01:00:01Z', '2026-10-05T01:00:02.5+09:00'];
const CSV = ['time,lat,lon,speed_kmh,heading_deg', ...times.map((t, i) => `${t},35.${i},139.4,36.5,${i}`)].join('\n');
const NDJSON = times
  .map((time, i) => JSON.stringify({ time, lat: 35 + i, lon: 139.4, speed_mps: 10, course: null }))
  .join('\n');
const GPX = `<?xml version="1.0"?><gpx version="1.1" xmlns:a="x"><trk><trkseg>${times
  .map(
    (t, i) =>
      `<trkpt lat="35.${i}" lon="139.4"><time>${t}</time><extensions><a:speed>9.5</a:speed></extensions></trkpt>`,
  )
  .join('')}</trkseg></trk></gpx>`;

/** What breaks parsers: empty, huge and odd numbers, quotes, structure of the other formats, broken UTF-8. */
const WORDS = [
  '',
  '0',
  '-1',
  '1e309',
  'NaN',
  'Infinity',
  '99999999999999999999',
  '-0',
  '"',
  "'",
  ',',
  ';',
  '\t',
  '\r\n',
  '\n\n',
  '\0',
  '{',
  '}',
  '[]',
  'null',
  'true',
  '{"a":1}',
  '"time":',
  '__proto__',
  '<',
  '>',
  '</',
  '<gpx>',
  '<!DOCTYPE x>',
  '&amp;',
  '&x;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '\uFEFF',
  '\uD800',
  '2026-13-45T99:99:99Z',
  '2026-10-05',
  '1790000000',
  '1790000000000',
  '９',
];

type Next = () => number;
const pick = <T>(list: readonly T[], next: Next): T => list[Math.floor(next() * list.length)] as T;

function mutate(bytes: Buffer, next: Next): Buffer {
  const at = Math.floor(next() * (bytes.length + 1));
  const to = Math.min(bytes.length, at + Math.floor(next() ** 3 * 60));
  const around = (middle: Buffer) => Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(to)]);
  switch (Math.floor(next() * 6)) {
    case 0:
      return around(Buffer.from(pick(WORDS, next)));
    case 1:
      return around(Buffer.alloc(0));
    case 2:
      return around(Buffer.concat([bytes.subarray(at, to), bytes.subarray(at, to)]));
    case 3:
      return bytes.subarray(0, at);
    case 4:
      return around(Buffer.from([Math.floor(next() * 256)]));
    default: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(next() * 8));
      return flipped;
    }
  }
}

async function* inTwo(bytes: Buffer, cut: number): AsyncGenerator<Buffer> {
  yield bytes.subarray(0, cut);
  if (cut < bytes.length) yield bytes.subarray(cut);
}

function checkLog({ fixes, skipped }: Log): void {
  expect(fixes.count).toBeGreaterThanOrEqual(2);
  expect(skipped).toBeGreaterThanOrEqual(0);
  for (let i = 0; i < fixes.count; i++) {
    const [time = Number.NaN, lat = Number.NaN, lon = Number.NaN] = [fixes.time_ms[i], fixes.lat[i], fixes.lon[i]];
    expect(time >= 0 && time < Date.UTC(2106, 0, 1), `time ${time}`).toBe(true);
    expect(Math.abs(lat) <= 85 && Math.abs(lon) <= 180, `place ${lat} ${lon}`).toBe(true);
    const speed = fixes.speed_mps[i] ?? Number.NaN;
    expect(Number.isNaN(speed) || (speed >= 0 && speed <= 200), `speed ${speed}`).toBe(true);
  }
}

/** How many mutations were still logs. */
async function readAll(start: Buffer, seed: number): Promise<number> {
  const next = random(seed);
  let logs = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    let bytes = start;
    for (let times = 1 + Math.floor(next() * 3); times > 0; times--) bytes = mutate(bytes, next);
    const cut = Math.floor(next() * bytes.length);
    try {
      checkLog(await readStream('log', inTwo(bytes, cut), { timeZone: 'Asia/Tokyo' }));
      logs++;
    } catch (error) {
      const known = error instanceof TomareError && error.message.includes('log');
      if (!known) throw new Error(`mutation ${i} of ${JSON.stringify(bytes.toString('latin1'))}`, { cause: error });
    }
  }
  return logs;
}

describe('mutated logs', () => {
  it.each([
    { name: 'CSV', start: Buffer.from(CSV) },
    { name: 'NDJSON', start: Buffer.from(NDJSON) },
    { name: 'GPX', start: Buffer.from(GPX) },
    { name: 'CSV, gzipped', start: gzipSync(CSV) },
  ])('$name', { timeout: 60_000 }, async ({ start }) => {
    const logs = await readAll(start, 7);
    expect(logs).toBeGreaterThan(MUTATIONS / 50);
    expect(logs).toBeLessThan(MUTATIONS);
  });

  it('NDJSON fields of every JSON type', async () => {
    const fields = { time: '2026-10-05T01:00:00Z', lat: 35, lon: 139, speed_kmh: 30, heading_deg: 90, accuracy_m: 5 };
    const good = JSON.stringify(fields);
    const values: unknown[] = [null, true, false, '', 'x', 0, -1, 1e300, [], [35], {}, { a: 1 }, { toString: 1 }];
    for (const [field, value] of Object.keys(fields).flatMap((f) => values.map((v) => [f, v] as const))) {
      const bytes = Buffer.from([good, JSON.stringify({ ...fields, [field]: value }), good].join('\n'));
      await readStream('log', inTwo(bytes, 40), { timeZone: 'Asia/Tokyo' }).then(checkLog, (error) => {
        expect(error, `${field}: ${JSON.stringify(value)}`).toBeInstanceOf(TomareError);
      });
    }
  });
});
