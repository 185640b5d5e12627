// SPDX-License-Identifier: MIT
// Tables and objects of other shapes: a second header, rows that are none, zones in words; read rightly or named.
import { expect, it } from 'vitest';
import { failure, iso, lat, leftOut, N, objects, read, rows, START, table, wall } from './clean_drive.ts';

const row = (i: number) => `${iso(i)},${lat(i)},139.5,36`;
const first = table('time,lat,lon,speed_kmh', row);

it('the same header again is left out', async () => {
  const log = await read(`${first}time,lat,lon,speed_kmh\n${rows((i) => row(i + N))}`);
  expect([log.fixes.count, leftOut(log)]).toEqual([2 * N, ['1 repeated_header']]);
});
it.each([
  ['other units', 'time,lat,lon,speed_mph'],
  ['another order', 'time,lon,lat,speed_kmh'],
  ['another time', 'local_time,lat,lon,speed_kmh'],
])('a second header of %s refuses the log', async (_, header) => {
  const text = `${first}${header}\n${rows((i) => row(i + N))}`;
  expect(await failure(text)).toMatch(/^LOG_COLUMN .*:22: a header of other columns/);
});

it.each([
  ['minutes', 'utc_offset_minutes', '540'],
  ['seconds', 'UTC offset (s)', '32400'],
  ['seconds in the name', 'utc_offset_seconds', '32400'],
])('an offset in %s', async (_, name, offset) => {
  const log = await read(table(`time,${name},lat,lon`, (i) => `${wall(i, 9)},${offset},${lat(i)},8.5`));
  expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'log']);
});
it.each([
  ['時刻は世界標準時', 0],
  ['時刻: 日本標準時', 9],
  ['Zeitzone: UTC', 0],
  ['Fuseau horaire : UTC+2', 2],
  ['时区：UTC+8', 8],
])('a line before the header: %s', async (line, hours) => {
  const log = await read(`${line}\n${table('time,lat,lon', (i) => `${wall(i, hours)},${lat(i)},139.5`)}`);
  expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'log']);
});

it.each([
  ['rows in quotes', first.replace(/^.*$/gm, (line) => (line === '' ? '' : `"${line}"`)), /quotes around whole rows/],
  ['name=value', rows((i) => `time=${iso(i)} lat=${lat(i)} lon=139.5`), /name=value/],
  ['an address', rows((i) => `?id=1&lat=${lat(i)}&lon=139.5&timestamp=1`), /name=value/],
  [
    'a row for each signal',
    table('timestamp,signal,value', (i) => `${iso(i)},latitude,${lat(i)}`),
    /one value with its name/,
  ],
  [
    'an object for each signal',
    objects((i) => ({ timestamp: i, name: 'latitude', value: 35 })),
    /one value with its name/,
  ],
])('%s are named', async (_, text, why) => {
  const message = await failure(text);
  expect(message).toMatch(/^LOG_FORMAT/);
  expect(message).toMatch(why);
});
it('objects of Python are named', async () => {
  expect(await failure(`{'time': '${iso(0)}', 'lat': 35.1, 'lon': 139.5}\n`)).toMatch(/single quotes/);
});

it.each(['\v', '\u2028', '\\n'])('a table of one line, whose rows end by %j', async (end) => {
  expect(await failure(table('time,lat,lon,speed_kmh', row).replaceAll('\n', end))).toMatch(
    /^LOG_NO_FIX .*no row follows its header; line feeds are expected/,
  );
});

it.each(['# time,lat,lon,speed_kmh', 'TIME,LAT,LON,SPEED_KMH'])('a header told twice, once as %s', async (first) => {
  expect(leftOut(await read(table(`${first}\ntime,lat,lon,speed_kmh`, row)))).toEqual(['1 repeated_header']);
  expect(await failure(table(`${first}\ntime,lon,lat,speed_kmh`, row))).toMatch(
    /^LOG_COLUMN .*:2: a header of other columns/,
  );
});
