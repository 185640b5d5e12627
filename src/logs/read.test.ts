// SPDX-License-Identifier: MIT
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TomareError } from '../errors.ts';
import { readLog, readStream } from './read.ts';

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
const ROW3 = '2026-10-05T10:00:02+09:00,35.1002,139.4,36';
const T = '2026-10-05T10:00:00Z';

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
      `timestamp,latitude,lng\n2026-10-05 10:00:00,35,139\n1795000000,35,139\n1795000000500,35,139\n`,
    );
    expect([...fixes.time_ms]).toEqual([Date.UTC(2026, 9, 5, 1), 1795000000000, 1795000000500]);
  });
  it('NDJSON, gzipped', async () => {
    const line = '{"time":"2026-10-05T01:00:00Z","lat":35.1,"lon":139.4,"course":90}\n';
    expect((await read(gzipSync(line + line.replace('00Z', '01Z')))).fixes.heading_deg[1]).toBe(90);
  });
  it('1970, for recorders without a calendar', async () => {
    const { fixes } = await read(`${HEAD}\n1970-01-01T00:00:01Z,35,139,1\n1970-01-01T00:00:02Z,35,139,1\n`);
    expect([...fixes.time_ms]).toEqual([1000, 2000]);
  });
  it('rows from the last to the first are put in order, and it is said', async () => {
    const { fixes, lines, input } = await read(`${HEAD}\n${ROW3}\n${ROW2}\n${ROW}\n`);
    expect([...fixes.time_ms].map((t) => t % 60_000)).toEqual([0, 1000, 2000]);
    expect([...lines]).toEqual([4, 3, 2]);
    expect(input.warnings).toEqual(['the rows were not in the order of time; 2 were put in order']);
  });
  it('what phones write for an unknown speed, heading and accuracy', async () => {
    const { fixes } = await read(
      'time,lat,lon,speed_mps,course,hacc_m\n1790000000,35,139,-1,-1,-1\n1790000001,35,139,1,2,3\n',
    );
    expect([fixes.speed_mps[0], fixes.heading_deg[0], fixes.accuracy_m[0]]).toEqual([NaN, NaN, NaN]);
  });
  it('columns that are not known, in any order', async () => {
    const { fixes } = await read('note,lon,lat,time\nx,139,35,1790000000\ny,139,35,1790000001\n');
    expect(fixes.lat[1]).toBe(35);
  });
  it('rows without a position are skipped and counted', async () => {
    expect((await read(`${HEAD}\n${ROW}\n2026-10-05T10:00:00Z,,,\n${ROW2}\n`)).skipped).toBe(1);
  });
});

describe('bad logs say what and where', () => {
  it.each([
    ['empty', '', /^LOG_NO_FIX .*log\.csv: the file is empty/],
    ['a header alone', `${HEAD}\n`, /^LOG_NO_FIX .*no row follows its header/],
    ['one fix', `${HEAD}\n${ROW}\n`, /^LOG_ONE_FIX .*at least two fixes/],
    ['no header', `${ROW}\n${ROW2}\n`, /^LOG_HEADER .*log\.csv:1: a line with the names/],
    [
      'an unknown column in place of one',
      'time,lat,x\n1,2,3\n',
      /^LOG_COLUMN .*no column lon or .*found: time, lat, x/,
    ],
    [
      'a latitude in hexadecimal',
      `${HEAD}\n${ROW}\n${T},0x23,139.4,1\n`,
      /^LOG_NUMBER .*log\.csv:3: latitude is a text of 4/,
    ],
    ['infinity', `${HEAD}\n${T},35,-Infinity,1\n`, /^LOG_NUMBER .*:2: longitude is infinite/],
    ['latitude 91', `${HEAD}\n${T},91,189,1\n`, /^LOG_POSITION .*:2: degrees with/],
    ['swapped', `${HEAD}\n${T},139.4,35.1,1\n`, /^LOG_SWAPPED .*:2: .*swapped\?/],
    ['a bad time', `${HEAD}\nyesterday,35,139,1\n`, /^LOG_TIME .*:2: time is a text of 9 characters; ISO 8601/],
    ['the year 2106', `${HEAD}\n2106-01-01T00:00:00Z,35,139,1\n`, /^LOG_TIME_RANGE .*:2: time lies after 2105/],
    ['the year 1969', `${HEAD}\n1969-12-31T00:00:00Z,35,139,1\n`, /^LOG_TIME_RANGE .*:2: time lies before 1970/],
    ['equal times', `${HEAD}\n${ROW}\n${ROW}\n${ROW}\n`, /^LOG_TIME_EQUAL .*log\.csv: fixes must follow/],
    ['a quote in a field', `${HEAD}\n${T},3"5,139,1\n`, /^LOG_NUMBER .*:2: latitude is a text of 3 characters/],
    ['a quote that ends early', `${HEAD}\n${T},"3"5,139,1\n`, /^LOG_ROW .*:2: a quote that does not end/],
    ['binary rubbish', Buffer.from([1, 2, 3, 0, 255, 254]), /^LOG_FORMAT .*binary data/],
    ['a JSON list', '[{"time":1}]', /^LOG_COLUMN .*an object with the keys/],
    ['gzipped rubbish', gzipSync(Buffer.from([0, 1, 2])), /^LOG_FORMAT/],
    ['a cut gzip', gzipSync(`${HEAD}\n${ROW}\n`.repeat(99)).subarray(0, 60), /^LOG_GZIP .*cut short/],
    ['a damaged gzip', Buffer.concat([gzipSync(HEAD).subarray(0, 12), Buffer.alloc(30, 7)]), /^LOG_GZIP .*Z_DATA/],
    ['GPX with entities', '<!DOCTYPE gpx [<!ENTITY a "b">]><gpx></gpx>', /^LOG_ENTITY .*:1: .*DOCTYPE/],
    ['GPX that uses an entity', '<gpx>\n<name>&a;</name></gpx>', /^LOG_ENTITY .*:2: an entity/],
    ['broken GPX', '<gpx><trk></gpx>', /^LOG_XML .*:1: /],
    ['other XML', '<kml></kml>', /^LOG_NO_TRACK .*KML file has no track/],
    ['GPX without track points', '<gpx><wpt lat="1" lon="2"/></gpx>', /^LOG_NO_TRACK/],
    ['NDJSON with rubbish', '{"time":1790000000,"lat":1,"lon":1}\nrubbish\n', /^LOG_ROW .*:2: not a JSON object/],
    [
      'NDJSON with a list',
      '{"time":1790000000,"lat":[1],"lon":1}\n',
      /^LOG_NUMBER .*:1: latitude is an object or a list/,
    ],
  ])('%s', async (_, text, pattern) => {
    const message = await failure(text);
    expect(message).toMatch(pattern);
    expect(message, 'a message repeats no value').not.toMatch(/35\.1|139\.4|yesterday|189/);
  });

  it('a gzip bomb is stopped at the limit', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.alloc(20 << 20, `${ROW}\n`)]));
    expect(await failure(bomb, { totalBytes: 1 << 20 })).toMatch(/^LOG_INFLATED .*log\.csv: more than 1048576 bytes/);
  });

  it('a file beyond the limit', async () => {
    const text = `${HEAD}\n${`${ROW}\n`.repeat(200)}`;
    expect(await failure(text, { totalBytes: 1000 })).toMatch(/^LOG_SIZE .*more than 1000 bytes/);
  });

  it('too many fixes', async () => {
    expect(await failure(`${HEAD}\n${`${ROW}\n`.repeat(20)}`, { fixes: 10 })).toMatch(/^LOG_FIXES .*:12: more than 10/);
  });

  it.each([
    ['CSV', `${HEAD}\n`],
    ['CSV, in quotes', `${HEAD}\n"`],
    ['CSV, the header', 'time,lat,'],
    ['NDJSON', '{"time":"'],
    ['GPX, text', '<gpx><trk><name>'],
    ['GPX, an attribute', '<gpx><trk><trkpt lat="'],
    ['GPX, a comment', '<gpx><!--'],
  ])('a line of 2 GB is given up after a few chunks: %s', async (_, start) => {
    let given = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        yield Buffer.from(start);
        for (; given < 2048; given++) yield Buffer.alloc(1 << 20, 'x');
      } finally {
        closed = true;
      }
    }
    const error = await readStream('log', endless(), { timeZone: 'UTC' }).catch((e: TomareError) => e);
    expect(error).toMatchObject({ errorName: 'LOG_LINE_LENGTH' });
    expect(given).toBeLessThan(8);
    expect(closed, 'the source is let go').toBe(true);
  });

  it('a file that cannot be read', async () => {
    const failed = (path: string) => readLog(path, { timeZone: 'UTC' }).catch((e: TomareError) => e);
    expect(await failed('/none/such.csv')).toMatchObject({
      errorName: 'LOG_READ',
      message: expect.stringMatching(/such\.csv: ENOENT/),
    });
    expect(await failed('/dev/null/x')).toMatchObject({
      errorName: 'LOG_READ',
      message: expect.stringMatching(/ENOTDIR/),
    });
    expect(await failed('/tmp')).toMatchObject({
      errorName: 'LOG_READ',
      message: expect.stringMatching(/it is a folder/),
    });
  });
});
