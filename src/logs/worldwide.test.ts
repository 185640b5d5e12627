// SPDX-License-Identifier: MIT
// What programs and people all over the world write.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, objects, p2, read, rows, START, table, wall } from './clean_drive.ts';

const seconds = (i: number) => START / 1000 + i;

describe('a time that programs write was refused', () => {
  it.each([
    ['with a minus of typography', (i: number) => `${wall(i, -3)}\u221203:00`],
    ['with a day of the week before', (i: number) => `Mon ${wall(i, 9)} JST`],
    ['of .NET', (i: number) => `/Date(${seconds(i) * 1000})/`],
    ['of .NET with an offset', (i: number) => `/Date(${seconds(i) * 1000}+0900)/`],
    ['of the program date', (i: number) => `@${seconds(i)}`],
    ['behind its clock', (i: number) => wall(i, 9).split(' ').reverse().join(' ')],
    ['with all digits and an exponent', (i: number) => `${seconds(i).toExponential(18)}`],
    ['with 上午', (i: number) => `2026/10/5 上午10:00:${p2(i)}`],
    ['with 오전', (i: number) => `2026-10-05 오전 10:00:${p2(i)}`],
    ['of AndroSensor', (i: number) => `2026-10-05 10-00-${p2(i)}:000`],
    ['with marks that nobody sees', (i: number) => `\u200e${wall(i, 9)}\u200b`],
  ])('%s', async (_, time) => {
    const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it.each(['下午2', '오후 2'])('%s is the afternoon', async (hour) => {
    const log = await read(table('time,lat,lon', (i) => `2026-10-05 ${hour}:00:${p2(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[0]).toBe(START + 4 * 3_600_000);
  });
});

describe('why a time is none was not said, or wrongly', () => {
  it.each([
    ['05-out-2026 10:00:00', /month has a name that is not English/],
    ['5. Oktober 2026 10:00:00', /month has a name that is not English/],
    ['1405/07/13 10:00:00', /year of another calendar/],
    ['05/10/2569 10:00:00', /year of another calendar/],
    ['115/10/05 10:00:00', /year of another calendar/],
    ['05-OCT-26 10.00.00.000000 AM', /year of two digits/],
    ['10:00:05:123', /a time of day without a date/],
    ['1.791162e+09', /cut short/],
  ])('%s', async (time, pattern) => {
    expect(await failure(table('time,lat,lon', (i) => `${time},${lat(i)},139.5`))).toMatch(pattern);
  });
});

describe('a clock that was not set was believed in silence', () => {
  const warned = async (from: string) => {
    const at = (i: number) => new Date(Date.parse(`${from}Z`) + i * 1000).toISOString().slice(0, 19);
    const log = await read(table('time,lat,lon', (i) => `${at(i)},${lat(i)},139.5`));
    return log.input.warnings.join();
  };
  it.each([
    ['2018-01-01T00:00:40', /begin with a year/],
    ['2026-10-05T00:00:00', /begin at midnight/],
    ['2007-02-19T10:00:00', /years back.*1,024 weeks/],
    ['2026-10-05T00:00:10', /^$/],
    ['2026-01-01T00:20:00', /^$/],
  ])('%s', async (from, pattern) => expect(await warned(from)).toMatch(pattern));
});

describe('an encoding was taken for another', () => {
  it.each(['Länge', 'Größe,Länge', 'Höhe,Länge'])('%s of windows-1252', async (names) => {
    const more = names.includes(',') ? '1,' : '';
    const text = table(`Zeit,Breite,${names}`, (i) => `${wall(i, 9)},${lat(i)},${more}139.5`);
    const log = await read(Buffer.from(text, 'latin1'));
    expect([log.input.encoding, log.fixes.count]).toEqual(['windows-1252', N]);
  });
  it.each([
    ['データ, half of whose bytes are letters', '83668165815b835e'],
    ['緯度', '88dc9378'],
  ])('%s stays Shift_JIS', async (_, bytes) => {
    const text = table(',time,lat,lon', (i) => `x,${wall(i, 9)},${lat(i)},139.5`);
    const log = await read(Buffer.concat([Buffer.from(bytes, 'hex'), Buffer.from(text)]));
    expect(log.input.encoding).toBe('shift_jis');
  });
});

describe('a table that people have was refused', () => {
  it.each([
    ['Korean', '시간,위도,경도,속도(km/h),방향', (i: number) => `${wall(i, 9)},${lat(i)},139.5,36,0`],
    [
      'digits of East Asian width',
      'time,lat,lon,speed_kmh',
      (i: number) => `${wall(i, 9)},３５．${lat(i).slice(3)},１３９．５,３６`,
    ],
    [
      '\\N of PostgreSQL',
      'time\tlat\tlon\tspeed_kmh',
      (i: number) => `${iso(i)}\t${lat(i)}\t139.5\t${i === 3 ? '\\N' : 36}`,
    ],
    [
      'Date and Time (UTC)',
      'Date and Time (UTC),lat,lon,Speed (km/h)',
      (i: number) => `${wall(i, 0)},${lat(i)},139.5,36`,
    ],
    [
      'ExifTool',
      'SourceFile,GPSDateTime,GPSLatitude,GPSLongitude,Speed (km/h)',
      (i: number) => `a,${wall(i, 0).replaceAll('-', ':')},${lat(i)},139.5,36`,
    ],
  ])('%s', async (_, header, row) => {
    const log = await read(table(header, row));
    expect([log.fixes.count, log.fixes.time_ms[0], log.input.unusable]).toEqual([N, START, []]);
    expect([log.fixes.lat[19], log.fixes.lon[0]]).toEqual([Number(lat(19)), 139.5]);
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 5);
  });
  it('a history of Home Assistant: a list within a list', async () => {
    const row = (i: number) => ({
      state: 'x',
      attributes: { latitude: Number(lat(i)), longitude: 139.5 },
      last_updated: iso(i),
    });
    const log = await read(`[[${objects(row).replaceAll('\n', ',')}]]`);
    expect([log.fixes.count, log.fixes.time_ms[0]]).toEqual([N, START]);
  });
  it('rows whose hemisphere is O, which is east or west, are not read', async () => {
    const text = table('time,lat,N/S,lon,E/O', (i) => `${iso(i)},${lat(i)},N,2.5,O`);
    expect(await failure(text)).toMatch(/^LOG_POSITION .*beside its position/);
  });
});

describe('XML that recorders leave was refused', () => {
  const point = (i: number) =>
    `<trkpt lat="${lat(i)}" lon="139.5"><time>${iso(i)}</time><extensions><hAcc>4</hAcc></extensions></trkpt>`;
  const gpx = `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>\n${rows(point)}\n</trkseg></trk></gpx>`;
  it('blanks before the declaration, as Strava writes', async () => {
    const log = await read(`${' '.repeat(2500)}\n${gpx}`);
    expect([log.fixes.count, log.fixes.accuracy_m[0]]).toEqual([N, 4]);
  });
  it('what is damaged in the middle still is refused', async () => {
    expect(await failure(gpx.replace('</extensions>', '</extension>'))).toMatch(/^LOG_XML/);
  });
});
