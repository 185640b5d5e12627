// SPDX-License-Identifier: MIT
// Columns named in other languages: a speed that is not taken is missed, and nobody sees it.
import { describe, expect, it } from 'vitest';
import { iso, lat, N, read, START, table, wall } from './clean_drive.ts';

const speedOf = async (header: string, value: number) => {
  const log = await read(
    table(`time,lat,lon,"${header}"`, (i) => `${iso(i)},${lat(i)},139.5,${value + (i % 2) / 100}`),
  );
  return [Math.round(log.fixes.speed_mps[0] ?? -1), log.input.speed_unit, log.input.ignored];
};

describe('a speed in another language, with its unit', () => {
  it.each([
    'Скорость, км/ч',
    'скорость (км/ч)',
    'Prędkość [km/h]',
    'Rychlost (km/h)',
    'Velocità km/h',
    'Geschw. km/h',
    'Hastighet km/t',
    'Snelheid (km/u)',
    'Hız (km/sa)',
    'Tốc độ (km/h)',
    'ความเร็ว (กม./ชม.)',
    '速度km/h',
    'OBD速度(km/h)',
    '車両速度[km/h]',
    '瞬間速度(km/h)',
    'speed in km/h',
    'speed_in_kmh',
  ])('%s', async (header) => expect(await speedOf(header, 36)).toEqual([10, 'km/h', []]));
  it.each(['Скорость (м/с)', 'Velocidad en m/s', 'speed in m/s'])('%s', async (header) =>
    expect(await speedOf(header, 10)).toEqual([10, 'm/s', []]),
  );
  it.each(['скорость', 'snelheid', 'السرعة', 'kecepatan', '时速', 'ความเร็ว'])('%s, by the movement', async (header) =>
    expect(await speedOf(header, 36)).toEqual([10, 'km/h', []]),
  );
  it.each(['speed2', 'speed_limit_kmh', 'タコグラフ速度', 'avg_speed_kmh'])(
    '%s is none, and it is said',
    async (header) => expect(await speedOf(header, 36)).toEqual([Number.NaN, null, [header]]),
  );
});

it.each([
  ['Дата,Время,Широта,Долгота', (i: number) => `2026-10-05,${iso(i).slice(11, 19)}Z`],
  ['data e ora,latitudine,longitudine', (i: number) => iso(i)],
  ['horodatage,latitude,longitude', (i: number) => iso(i)],
  ['Datum,Tijd,breedtegraad,lengtegraad', (i: number) => `2026-10-05,${iso(i).slice(11, 19)}Z`],
  ['Tarih,Zaman,Enlem,Boylam', (i: number) => `2026-10-05,${iso(i).slice(11, 19)}Z`],
  ['thời gian,vĩ độ,kinh độ', (i: number) => iso(i)],
  ['waktu,lintang,bujur', (i: number) => iso(i)],
  ['定位时间,纬度,经度', (i: number) => iso(i)],
  ['日期時間,緯度,經度', (i: number) => iso(i)],
  ['Час,Широта,Довгота', (i: number) => iso(i)],
  ['czas,szer. geogr.,dł. geogr.', (i: number) => iso(i)],
  ['čas,zeměpisná šířka,zeměpisná délka', (i: number) => iso(i)],
  ['aika,leveysaste,pituusaste', (i: number) => iso(i)],
  ['idő,szélesség,hosszúság', (i: number) => iso(i)],
  ['ώρα,γεωγραφικό πλάτος,γεωγραφικό μήκος', (i: number) => iso(i)],
  ['timp,latitudine,longitudine', (i: number) => iso(i)],
  ['الوقت,خط العرض,خط الطول', (i: number) => iso(i)],
  ['זמן,קו רוחב,קו אורך', (i: number) => iso(i)],
  ['زمان,عرض جغرافیایی,طول جغرافیایی', (i: number) => iso(i)],
  ['समय,अक्षांश,देशांतर', (i: number) => iso(i)],
])('a table with %s', async (header, time) => {
  const log = await read(table(header, (i) => `${time(i)},${lat(i)},139.5`));
  expect([log.fixes.count, log.fixes.time_ms[3]]).toEqual([N, Date.parse(iso(3))]);
});

describe('a column for each part of the time', () => {
  it.each(['year,month,day,hour,minute,second', 'Year,Month,Day,Hour,Min,Sec', '年,月,日,時,分,秒'])(
    '%s',
    async (header) => {
      const log = await read(table(`${header},lat,lon`, (i) => `2026,10,5,10,0,${i},${lat(i)},139.5`));
      expect([log.fixes.count, log.fixes.time_ms[3]]).toEqual([N, Date.parse(iso(3))]);
    },
  );
});

describe('the zone in a row of units', () => {
  it.each([
    ['[UTC]', 0],
    ['UTC', 0],
    ['(GMT)', 0],
    ['UTC+9', 9],
    ['[UTC+09:00]', 9],
    ['JST', 9],
    ['[Asia/Tokyo]', 9],
    ['America/New_York', -4],
  ])('%s', async (zone, hours) => {
    const text = table(`time,lat,lon,speed\n${zone},deg,deg,km/h`, (i) => `${wall(i, hours)},${lat(i)},139.5,36`);
    const log = await read(text);
    expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'log']);
  });
  it.each(['[ISO8601]', 'datetime', 's', ''])('%s gives none', async (unit) => {
    const text = table(`time,lat,lon,speed\n${unit},deg,deg,km/h`, (i) => `${wall(i, 9)},${lat(i)},139.5,36`);
    expect((await read(text)).input.zone.from).not.toBe('log');
  });
});

describe('names of times in UTC', () => {
  it.each([
    'utcDateTime',
    'UTCTime',
    'UtcTimestamp',
    'utctime',
    'UTCDATETIME',
    'timeutc',
    'datetimeUTC',
    'gmtTime',
    'timestampGmt',
    'GPS_UTC_Time',
    'time_zulu',
    '世界時',
    '協定世界時',
  ])('%s', async (name) => {
    const log = await read(table(`${name},lat,lon`, (i) => `${wall(i, 0)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.input.zone]).toEqual([START, { name: 'UTC', from: 'log' }]);
  });
  it.each(['dateTime', 'localTime', 'timeStamp', 'GPSTime'])('%s is none', async (name) => {
    const log = await read(table(`${name},lat,lon`, (i) => `${wall(i, 9)},${lat(i)},139.5`));
    expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'default']);
  });
});

it.each([
  ['GPSLogger', 'time,lat,lon,elevation,accuracy,bearing,speed', (i: number) => `${lat(i)},139.5,9,5,0,10`],
  ['OsmAnd', 'timestamp,lat,lon,hdop,altitude,speed', (i: number) => `${lat(i)},139.5,1,9,10`],
])('times without a zone are not those of %s, whose names a table has', async (_, header, rest) => {
  const log = await read(table(header, (i) => `${wall(i, 9)},${rest(i)}`));
  expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'default']);
});
