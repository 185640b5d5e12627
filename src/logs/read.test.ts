// SPDX-License-Identifier: MIT
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TomareError } from '../errors.ts';
import { readStream } from './read.ts';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}
const read = (text: string | Buffer, limits = {}) =>
  readStream('log.csv', chunks(text), { timeZone: 'Asia/Tokyo', limits });
const failure = async (text: string | Buffer, limits = {}) => {
  const error = await read(text, limits).then(
    () => undefined,
    (e: TomareError) => e,
  );
  return `${error?.errorName} ${error?.message}`;
};
const HEAD = 'time,lat,lon,speed_kmh';
const ROW = '2026-10-05T10:00:00+09:00,35.1,139.4,36';
const ROW2 = '2026-10-05T10:00:01+09:00,35.1001,139.4,36';

describe('good logs', () => {
  it('CSV', async () => {
    const { fixes, id } = await read(`\uFEFF${HEAD}\r\n${ROW}\r\n${ROW2}\r\n`);
    expect(id).toBe('log');
    expect(fixes.count).toBe(2);
    expect(fixes.time_ms[0]).toBe(Date.UTC(2026, 9, 5, 1));
    expect(fixes.speed_mps[0]).toBeCloseTo(10);
    expect(fixes.heading_deg[0]).toBeNaN();
  });
  it('times without a zone are those of the settings; epoch seconds and milliseconds', async () => {
    const { fixes } = await read(
      `timestamp,latitude,lng\n2026-10-05 10:00:00,35,139\n1790000000,35,139\n1790000000500,35,139\n`,
    );
    expect([...fixes.time_ms]).toEqual([Date.UTC(2026, 9, 5, 1), 1790000000000, 1790000000500]);
  });
  it('NDJSON, gzipped', async () => {
    const line = '{"time":"2026-10-05T01:00:00Z","lat":35.1,"lon":139.4,"course":90}\n';
    expect((await read(gzipSync(line + line))).fixes.heading_deg[1]).toBe(90);
  });
  it('GPX with extensions', async () => {
    const point = `<trkpt lat="35.1" lon="139.4"><time>2026-10-05T01:00:00Z</time><extensions><gpxtpx:TrackPointExtension>
      <gpxtpx:speed>5.5</gpxtpx:speed><gpxtpx:course>45</gpxtpx:course></gpxtpx:TrackPointExtension></extensions></trkpt>`;
    const { fixes } = await read(
      `<?xml version="1.0"?><gpx xmlns="x"><trk><trkseg>${point}${point}</trkseg></trk></gpx>`,
    );
    expect(fixes.speed_mps[0]).toBe(5.5);
    expect(fixes.heading_deg[1]).toBe(45);
  });
  it('rows without a position are skipped and counted', async () => {
    expect((await read(`${HEAD}\n${ROW}\n2026-10-05T10:00:00Z,,,\n${ROW2}\n`)).skipped).toBe(1);
  });
});

describe('bad logs say what and where', () => {
  it.each([
    ['empty', '', /^LOG_NO_FIX/],
    ['one fix', `${HEAD}\n${ROW}\n`, /^LOG_ONE_FIX/],
    ['no header', `${ROW}\n${ROW2}\n`, /^LOG_HEADER .*log\.csv:1: there is no header line/],
    ['wrong separator', 'time;lat;lon\n1;2;3\n', /^LOG_HEADER .*separated by ";"/],
    ['a column is missing', 'time,lat\n1,2\n', /^LOG_HEADER .*lon or lng or longitude/],
    ['NaN', `${HEAD}\n${ROW}\n2026-10-05T10:00:00Z,NaN,139.4,1\n`, /^LOG_ROW .*log\.csv:3: latitude is "NaN"/],
    ['latitude 91', `${HEAD}\n2026-10-05T10:00:00Z,91,189,1\n`, /^LOG_ROW .*:2: the position is not on Earth/],
    ['swapped', `${HEAD}\n2026-10-05T10:00:00Z,139.4,35.1,1\n`, /^LOG_ROW .*swapped/],
    ['a bad time', `${HEAD}\nyesterday,35,139,1\n`, /^LOG_ROW .*:2: time is "yesterday"/],
    ['the year 2106', `${HEAD}\n2106-01-01T00:00:00Z,35,139,1\n`, /^LOG_ROW .*year 2106/],
    ['the year 1969', `${HEAD}\n1969-12-31T00:00:00Z,35,139,1\n`, /^LOG_ROW .*year 1969/],
    ['a bad speed', `${HEAD}\n2026-10-05T10:00:00Z,35,139,fast\n`, /^LOG_ROW .*speed_kmh is "fast"/],
    ['binary rubbish', Buffer.from([1, 2, 3, 0, 255, 254]), /^LOG_FORMAT/],
    ['damaged gzip', gzipSync('x'.repeat(5000)).subarray(0, 20), /^LOG_GZIP/],
    ['GPX with entities', '<!DOCTYPE gpx [<!ENTITY a "b">]><gpx></gpx>', /^LOG_XML .*DOCTYPE/],
    ['broken GPX', '<gpx><trk></gpx>', /^LOG_XML/],
    ['other XML', '<kml></kml>', /^LOG_XML .*<gpx> is expected/],
    ['NDJSON with rubbish', '{"time":1,"lat":1,"lon":1}\nrubbish\n', /^LOG_ROW .*:2: not a JSON object/],
  ])('%s', async (_, text, pattern) => {
    expect(await failure(text)).toMatch(pattern);
  });

  it('a gzip bomb is stopped at the limit', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.alloc(20 << 20, `${ROW}\n`)]));
    expect(await failure(bomb, { totalBytes: 1 << 20 })).toMatch(/^LOG_SIZE/);
  });

  it('a line of 2 GB is given up early', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${HEAD}\n`);
      for (let i = 0; i < 2048; i++) yield Buffer.alloc(1 << 20, 'x');
    }
    const error = await readStream('log.csv', endless(), { timeZone: 'UTC' }).catch((e: TomareError) => e);
    expect(error).toMatchObject({ errorName: 'LOG_LINE_LENGTH' });
  });

  it('too many fixes', async () => {
    expect(await failure(`${HEAD}\n${`${ROW}\n`.repeat(20)}`, { fixes: 10 })).toMatch(/^LOG_SIZE/);
  });
});
