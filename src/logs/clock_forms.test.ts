// SPDX-License-Identifier: MIT
// Times in the forms that people have, and the zones beside them.
import { describe, expect, it } from 'vitest';
import { parseColumns } from './choice.ts';
import { failure, iso, lat, N, objects, p2, read, START, table, wall } from './clean_drive.ts';

describe('a zone that stands beside the time was lost', () => {
  it.each([
    ['a column of offsets', 'time,utc_offset,lat,lon', (i: number) => `${wall(i, 0)},+00:00`],
    ['a column of hours', 'time,UTC offset,lat,lon', (i: number) => `${wall(i, 5)},5`],
    ['a column of names', 'time,timezone,lat,lon', (i: number) => `${wall(i, 1)},Africa/Lagos`],
    ['a column that says UTC', 'time,tz,lat,lon', (i: number) => `${wall(i, 0)},UTC`],
    ['UTC+1 in the header', 'Time (UTC+1),lat,lon', (i: number) => wall(i, 1)],
    ['UTC+09:00 in the header', 'Time (UTC+09:00),lat,lon', (i: number) => wall(i, 9)],
    ['an abbreviation in the header', 'Time (EST),lat,lon', (i: number) => wall(i, -5)],
    ['gmt_time', 'gmt_time,lat,lon', (i: number) => wall(i, 0)],
    ['世界標準時', '測位日時(世界標準時),lat,lon', (i: number) => wall(i, 0)],
    ['a row of units', 'time,lat,lon\nUTC,deg,deg', (i: number) => wall(i, 0)],
    ['a line before the header', 'Time zone: UTC\ntime,lat,lon', (i: number) => wall(i, 0)],
    ['a sentence before the header', '# All times are UTC\ntime,lat,lon', (i: number) => wall(i, 0)],
    ['a word behind an offset, as Go prints', 'time,lat,lon', (i: number) => `${wall(i, 9)} +0900 JST`],
    ['a word in brackets', 'time,lat,lon', (i: number) => `${wall(i, 9)} (JST)`],
    [
      'the preset of BT747',
      'INDEX,RCR,DATE,TIME,VALID,LATITUDE,N/S,LONGITUDE,E/W',
      (i: number) => `1,T,${wall(i, 0).replace(' ', ',').replaceAll('-', '/')},SPS,${lat(i)},N,139.5,E`,
    ],
    [
      'the preset of GPSBabel',
      'No,Latitude,Longitude,Date,Time',
      (i: number) => `${i},${lat(i)},139.5,${wall(i, 0).replace(' ', ',').replaceAll('-', '/')}`,
    ],
    [
      'the preset of Movebank',
      'event-id,timestamp,location-long,location-lat',
      (i: number) => `${i},${wall(i, 0)},139.5,${lat(i)}`,
    ],
  ])('%s', async (name, header, time) => {
    const whole = name.includes('preset');
    const log = await read(table(header, (i) => (whole ? time(i) : `${time(i)},${lat(i)},139.5`)));
    expect([log.fixes.count, log.fixes.time_ms[0]]).toEqual([N, START]);
    expect(log.fixes.lon[0]).toBe(139.5);
  });
  it('a zone of its own that is not known is refused by name', async () => {
    const text = table('time,tz,lat,lon', (i) => `${wall(i, 0)},-540,${lat(i)},139.5`);
    expect(await failure(text)).toMatch(/^LOG_TIME .*:2: time is a time with a zone that is not known/);
  });
  it('a time with a zone of its own keeps it, whatever the column beside it says', async () => {
    const log = await read(table('time,utc_offset,lat,lon', (i) => `${iso(i)},+09:00,${lat(i)},139.5`));
    expect(log.fixes.time_ms[0]).toBe(START);
  });
  it('a line before the header that only mentions a zone is said', async () => {
    const text = table('exported 2026-10-06 03:00 GMT\ntime,lat,lon', (i) => `${wall(i, 9)},${lat(i)},139.5`);
    const log = await read(text);
    expect([log.fixes.time_ms[0], log.input.warnings.join()]).toEqual([START, expect.stringMatching(/--tz/)]);
  });
});

describe('a time in a form that people have was refused', () => {
  it.each([
    ['colons in the date, as cameras write', (i: number) => wall(i, 9).replaceAll('-', ':')],
    ['a weekday in brackets', (i: number) => wall(i, 9).replace(' ', '(月) ')],
    [
      'digits of East Asian width',
      (i: number) => wall(i, 9).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    ],
    ['時分秒', (i: number) => `2026年10月5日10時0分${i}秒`],
    ['時分秒 of two digits', (i: number) => `2026年10月05日10時00分${p2(i)}秒`],
    ['午前', (i: number) => `2026/10/5 午前10:00:${p2(i)}`],
  ])('%s', async (_, time) => {
    const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it('午後 is the afternoon', async () => {
    const log = await read(table('time,lat,lon', (i) => `2026/10/5 午後2:00:${p2(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[0]).toBe(START + 4 * 3_600_000);
  });
  it.each([
    ['a whole time in a column "date"', 'date,lat,lon', (i: number) => wall(i, 9)],
    ['an elapsed time beside a whole date', 'time,date,lat,lon', (i: number) => `${i}.0,${wall(i, 9)}`],
    ['an elapsed time beside a timestamp', 'time,timestamp,lat,lon', (i: number) => `${i}.0,${iso(i)}`],
    [
      'a time of day beside an epoch',
      'epoch,time,lat,lon',
      (i: number) => `${START / 1000 + i},${wall(i, 9).slice(11)}`,
    ],
    ['a column for each part', 'Year,Month,Day,Hour,Minute,Second,lat,lon', (i: number) => `2026,10,5,10,0,${i}`],
    ['a local date and a local time', 'Local Date,Local Time,lat,lon', (i: number) => wall(i, 9).replace(' ', ',')],
    ['年月日 and 時分秒', '年月日,時分秒,lat,lon', (i: number) => `20261005,1000${p2(i)}`],
    [
      'blank times in the first rows',
      'time,date,lat,lon',
      (i: number) => (i < 3 ? ',' : wall(i, 9).split(' ').reverse().join()),
    ],
  ])('%s', async (_, header, time) => {
    const log = await read(table(header, (i) => `${time(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms.at(-1)).toBe(START + 19_000);
  });
  it.each(['令和8年10月5日 10:00:00', 'R8/10/05 10:00:00', 'R08.10.05 10:00:00'])('%s is named', async (time) => {
    expect(await failure(table('time,lat,lon', (i) => `${time},${lat(i)},139.5`))).toMatch(/^LOG_TIME .*Japanese era/);
  });
});

describe('what the columns beside a time say was mixed up', () => {
  it.each([
    ['a zone beside a time that is UTC by its name', 'time_utc,timezone', (i: number) => `${wall(i, 0)},Asia/Tokyo`],
    ['a date that a spreadsheet writes as midnight', 'date,time', (i: number) => wall(i, 9).replace(' ', ' 00:00:00,')],
  ])('%s', async (_, names, time) => {
    const log = await read(table(`${names},lat,lon`, (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it('a zone that is not used is said', async () => {
    const log = await read(table('time_utc,timezone,lat,lon', (i) => `${wall(i, 0)},Asia/Tokyo,${lat(i)},139.5`));
    expect(log.input.warnings).toEqual(['the column "timezone" is not used: the times are UTC']);
    const other = await read(table('time,tz_offset_min,lat,lon', (i) => `${wall(i, 9)},540,${lat(i)},139.5`));
    expect(other.input.ignored).toEqual(['tz_offset_min']);
  });
  it('whole times at midnight are no date', async () => {
    const midnight = (i: number) => `2026-10-05 00:00:${p2(i)}`;
    const log = await read(table('date,time,lat,lon', (i) => `${midnight(i)},${i}.0,${lat(i)},139.5`));
    expect(log.fixes.time_ms[19]).toBe(START - 10 * 3_600_000 + 19_000);
  });
});

describe('more forms of times', () => {
  it.each([
    ['points in the clock', (i: number) => `05.10.2026 10.00.${p2(i)}`],
    ['hyphens in the clock', (i: number) => `2026-10-05_10-00-${p2(i)}`],
    ['digits with milliseconds', (i: number) => `202610051000${p2(i)}000`],
    ['digits with a fraction', (i: number) => `202610051000${p2(i)}.00`],
    ['a. m.', (i: number) => `5 Oct 2026 10:00:${p2(i)} a. m.`],
    ['CEST', (i: number) => `2026-10-05 03:00:${p2(i)} CEST`],
    ['CEST as Java prints it', (i: number) => `Mon Oct 05 03:00:${p2(i)} CEST 2026`],
  ])('%s', async (_, time) => {
    const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.fixes.time_ms[19]]).toEqual([START, START + 19_000]);
  });
  it.each([
    ['26/10/05 10:00:00', /year of two digits/],
    ['10:00:00', /a time of day without a date/],
    ['00:07.0', /minutes and seconds/],
    ['1.79E+12', /cut short/],
  ])('%s is named', async (time, pattern) => {
    expect(await failure(table('time,lat,lon', (i) => `${time},${lat(i)},139.5`))).toMatch(pattern);
  });
});

describe('a clock of twelve hours', () => {
  const evening = (i: number) => iso(i + 7 * 3600 + 9 * 3600).slice(0, 19);
  const at = (i: number) => ({ date: evening(i).slice(0, 10), clock: `5${evening(i).slice(13)}` });
  it.each([
    ['AM and PM in a column', 'date,time,am_pm,lat,lon', (i: number) => `${at(i).date},${at(i).clock},PM`],
    ['A and P in a column', 'date,time,AM/PM,lat,lon', (i: number) => `${at(i).date},${at(i).clock},p`],
    ['a column beside a whole time', 'time,meridiem,lat,lon', (i: number) => `${at(i).date} ${at(i).clock},pm`],
    ['午後 in a column', '日付,時刻,午前/午後,緯度,経度', (i: number) => `${at(i).date},${at(i).clock},午後`],
    ['Greek', 'time,lat,lon', (i: number) => `${at(i).date} ${at(i).clock} μ.μ.`],
    ['Arabic', 'time,lat,lon', (i: number) => `${at(i).date} ${at(i).clock} م`],
    ['下午 behind it', 'time,lat,lon', (i: number) => `${at(i).date} ${at(i).clock} 下午`],
    ['English in words', 'time,lat,lon', (i: number) => `"October 5, 2026 at ${at(i).clock} PM"`],
    ['Kibana', 'time,lat,lon', (i: number) => `"Oct 5, 2026 @ ${evening(i).slice(11)}.000"`],
  ])('%s', async (_, header, time) => {
    const log = await read(table(header, (i) => `${time(i)},${lat(i)},139.5`));
    expect(log.fixes.time_ms[3]).toBe(START + (7 * 3600 + 3) * 1000);
  });
  it('in JSON', async () => {
    const log = await read(
      objects((i) => ({ date: at(i).date, time: at(i).clock, ampm: 'PM', lat: lat(i), lon: 139.5 })),
    );
    expect(log.fixes.time_ms[3]).toBe(START + (7 * 3600 + 3) * 1000);
  });
});

it.each([
  ['a weekday in Japanese', (i: number) => `2026年10月5日月曜日 10:00:${p2(i)}`],
  ['a weekday in Chinese', (i: number) => `2026年10月5日 星期一 10:00:${p2(i)}`],
  ['Korean', (i: number) => `2026년 10월 5일 월요일 오전 10:00:${p2(i)}`],
  ['Korean with points', (i: number) => `2026. 10. 5. 오전 10:00:${p2(i)}`],
  ['blanks behind points', (i: number) => `5. 10. 2026 10:00:${p2(i)}`],
  ['klo of Finnish', (i: number) => `5.10.2026 klo 10.00.${p2(i)}`],
  ['Arabic digits', (i: number) => `٢٠٢٦-١٠-٠٥ ١٠:٠٠:${p2(i)}`],
  ['Indian digits', (i: number) => `२०२६-१०-०५ १०:००:${p2(i)}`],
])('%s', async (_, time) => {
  const log = await read(table('time,lat,lon', (i) => `${time(i)},${lat(i)},139.5`));
  expect(log.fixes.time_ms[3]).toBe(START + 3000);
});

describe('05/10/2026', () => {
  const dates = (i: number) => `05/10/2026 10:00:${p2(i)}`;
  const text = table('when,lat,lon', (i) => `${dates(i)},${lat(i)},139.5`);
  it('is refused with what to do', async () => {
    expect(await failure(text.replace('when', 'time'))).toMatch(/^LOG_TIME .*--columns time=dmy:/);
  });
  it.each([
    ['dmy', START],
    ['mdy', Date.UTC(2026, 4, 10, 1)],
  ])('is read by %s', async (order, start) => {
    const columns = parseColumns(`time=${order}:when`);
    expect((await read(text, { columns })).fixes.time_ms[0]).toBe(start);
    const json = objects((i) => ({ when: dates(i), lat: Number(lat(i)), lon: 139.5 }));
    expect((await read(json, { columns })).fixes.time_ms[0]).toBe(start);
  });
  it('in two columns', async () => {
    const columns = parseColumns('date=mdy:day');
    const made = table('day,time,lat,lon', (i) => `${dates(i).replace(' ', ',')},${lat(i)},139.5`);
    expect((await read(made, { columns })).fixes.time_ms[0]).toBe(Date.UTC(2026, 4, 10, 1));
  });
  it('a date that shows the other order is not read', async () => {
    const columns = parseColumns('time=mdy:when');
    await expect(read(text.replaceAll('05/10', '25/10'), { columns })).rejects.toThrow(/order that --columns gives/);
  });
  it('an order is of times alone', () => {
    expect(() => parseColumns('lat=dmy:y')).toThrow(/ORDER/);
    expect(() => parseColumns('time=kmh:y')).toThrow(/ORDER/);
  });
});

describe('two clocks without a zone: UTC was read as local', () => {
  const two = (first: string, second: string, ahead: number, lon = '139.7') =>
    table(`${first},${second},lat,lon`, (i) => `${wall(i, 0)},${wall(i, ahead)},${lat(i)},${lon}`);
  it.each([
    ['in Japan', 9, '139.7'],
    ['in India', 5.5, '77.2'],
    ['in Spain in summer', 2, '-3.7'],
    ['in New York', -4, '-74.0'],
  ])('%s', async (_, ahead, lon) => {
    const log = await read(two('gps_time', 'device_time', ahead, lon));
    expect([log.fixes.time_ms[3], log.input.zone]).toEqual([START + 3000, { name: 'UTC', from: 'log' }]);
    expect(log.input.warnings).toEqual([expect.stringMatching(/"gps_time" are read as UTC: "device_time"/)]);
  });
  it('in JSON', async () => {
    const row = (i: number) => ({ gps_time: wall(i, 0), device_time: wall(i, 9), lat: Number(lat(i)), lon: 139.7 });
    expect((await read(objects(row))).fixes.time_ms[3]).toBe(START + 3000);
  });
  it.each([
    ['the other one is UTC', -9],
    ['the other one came later', 0.4],
    ['both are the same', 0],
  ])('%s: the first is the clock of the place', async (_, ahead) => {
    const log = await read(two('gps_time', 'device_time', ahead));
    expect([log.fixes.time_ms[3], log.input.zone.name, log.input.warnings]).toEqual([
      START + 3000 - 9 * 3_600_000,
      'Asia/Tokyo',
      [expect.stringMatching(/no zone and are read as local ones/)],
    ]);
  });
});

it('a date in "Datum" and its time in "Uhrzeit" are joined', async () => {
  const log = await read(table('Datum;Uhrzeit;Breite;Länge', (i) => `2026-10-05;10:00:${p2(i)};${lat(i)};139.7`));
  expect(log.fixes.time_ms[3]).toBe(START + 3000);
});
