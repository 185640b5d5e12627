// SPDX-License-Identifier: MIT
// The kinds of faults by which logs were misread, each with siblings of its own: what is right, or what is said.
import { describe, expect, it } from 'vitest';
import type { Log } from '../types.ts';
import { parseColumns } from './choice.ts';
import { failure, iso, lat, leftOut, read, rows, START, table } from './clean_drive.ts';
import { driveIds } from './ids.ts';

const local = (i: number) => `2026-10-05 10:00:${String(i).padStart(2, '0')}`;
const utcClock = (i: number) => `2026-10-05 01:00:${String(i).padStart(2, '0')}`;

describe('K1: a zone that the log gives', () => {
  it.each([
    ['an offset of hours', 'time,lat,lon', (i: number) => `${utcClock(i)}+00`, 'log'],
    ['the word UTC', 'time,lat,lon', (i: number) => `${utcClock(i)} UTC`, 'log'],
    ['a header with UTC', 'UTC time,lat,lon', utcClock, 'log'],
    ['a header with GMT in brackets', 'Time (GMT),lat,lon', utcClock, 'log'],
    ['a column called time_utc', 'time_utc,lat,lon', utcClock, 'log'],
    ['a column called timestamp_utc', 'timestamp_utc,lat,lon', utcClock, 'log'],
    ['a zone in brackets', 'time,lat,lon', (i: number) => `${local(i).replace(' ', 'T')}[Asia/Tokyo]`, 'log'],
    ['no zone: that of the settings', 'time,lat,lon', local, 'default'],
  ])('%s', async (_, header, time, from) => {
    const log = await read(table(header, (i) => `${time(i)},${lat(i)},139`));
    expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, from]);
  });
  it('GPX without Z is UTC', async () => {
    const point = (i: number) =>
      `<trkpt lat="${lat(i)}" lon="139"><time>${utcClock(i).replace(' ', 'T')}</time></trkpt>`;
    const log = await read(`<gpx><trk><trkseg>${rows(point, 5)}</trkseg></trk></gpx>`);
    expect([log.fixes.time_ms[0], log.input.zone]).toEqual([START, { name: 'UTC', from: 'log' }]);
  });
  it('no zone: that of the place, before the default and after the option', async () => {
    const text = table('time,lat,lon', (i) => `${local(i)},${lat(i)},139`);
    const zoneOf = () => 'Europe/Berlin';
    expect((await read(text, { zoneOf })).input.zone).toEqual({ name: 'Europe/Berlin', from: 'place' });
    expect((await read(text, { zoneOf, zoneFrom: 'option' })).input.zone).toEqual({
      name: 'Asia/Tokyo',
      from: 'option',
    });
  });
});

describe('K2: numbers that are no epoch are refused by their name', () => {
  it.each([
    ['milliseconds since the start', (i: number) => String(i * 1000), /elapsed/],
    ['seconds since the start', (i: number) => (i * 0.1).toFixed(1), /elapsed/],
    ['HHMMSS', (i: number) => `1000${String(i).padStart(2, '0')}`, /HHMMSS/],
    ['yymmddhhmmss', (i: number) => `2610051000${String(i).padStart(2, '0')}`, /yymmddhhmmss/],
    ['days of a spreadsheet', (i: number) => (46_300 + i / 86_400).toFixed(8), /spreadsheet/],
    ['Apple seconds', (i: number) => String(812_854_800 + i), /Apple/],
  ])('%s', async (_, time, pattern) => {
    const message = await failure(table('timestamp,lat,lon', (i) => `${time(i)},${lat(i)},139`));
    expect(message).toMatch(/^LOG_TIME .*drive\.csv:2: time is /);
    expect(message).toMatch(pattern);
  });
  it.each([
    ['microseconds', 'timestamp,lat,lon', (i: number) => String((START + i * 1000) * 1000)],
    ['nanoseconds', 'timestamp,lat,lon', (i: number) => `${START + i * 1000}000000`],
    [
      '.NET ticks',
      'timestamp,lat,lon',
      (i: number) => String(621_355_968_000_000_000n + BigInt(START + i * 1000) * 10_000n),
    ],
    [
      'days of a spreadsheet, by the header',
      'time (serial),lat,lon',
      (i: number) => (46_300 + (10 + i / 3600) / 24).toFixed(10),
    ],
    ['GPS seconds, by the header', 'time (gps seconds),lat,lon', (i: number) => String(1_475_197_218 + i)],
    ['GPS seconds, by the name', 'gps_seconds,lat,lon', (i: number) => String(1_475_197_218 + i)],
    ['GPS seconds, by a longer name', 'GPS Epoch Time,lat,lon', (i: number) => String(1_475_197_218 + i)],
  ])('%s are read', async (_, header, time) => {
    const log = await read(table(header, (i) => `${time(i)},${lat(i)},139`));
    expect(Math.round((log.fixes.time_ms[1] ?? 0) / 1000)).toBe(START / 1000 + 1);
  });
});

describe('K2b: seconds of GPS time', () => {
  const rows = (name: string, first: number) => table(`${name},lat,lon`, (i) => `${first + i},${lat(i)},139`);
  const objects = (name: string, first: number) =>
    Array.from({ length: 20 }, (_, i) => JSON.stringify({ [name]: first + i, lat: Number(lat(i)), lon: 139 })).join(
      '\n',
    );
  const doubt = /"gps_time" are read as seconds since 1970; GPS seconds, since 1980, are named "gps_seconds"/;
  it.each([rows, objects])('are doubted where only the word GPS stands there', async (made) => {
    expect((await read(made('gps_time', 1_475_197_218))).input.warnings.join()).toMatch(doubt);
    // As GPS seconds they would lie in the future, and of another name nobody says GPS.
    expect((await read(made('gps_time', START / 1000))).input.warnings).toEqual([]);
    expect((await read(made('time', 1_475_197_218))).input.warnings).toEqual([]);
    expect((await read(made('gps_seconds', 1_475_197_218))).input.warnings).toEqual([]);
  });
  it.each(['tow', 'iTOW', 'gps_tow', 'time_of_week'])('%s alone is refused by its name', async (name) => {
    for (const text of [table(`note,${name},lat,lon`, (i) => `2400,${i},${lat(i)},139`), objects(name, 100_000)])
      await expect(read(text)).rejects.toMatchObject({
        errorName: 'LOG_COLUMN',
        message: expect.stringMatching(/beginning of a GPS week/),
      });
  });
});

describe('K3: times that repeat or fall', () => {
  const text = (times: number[]) =>
    `time,lat,lon\n${times.map((t) => `${iso(t)},${lat(t % 10_000)},139`).join('\n')}\n`;
  const clean = Array.from({ length: 40 }, (_, i) => i);
  it.each([
    ['a fix a day ahead', clean.map((t) => (t === 9 ? t + 90_000 : t)), ['1 time_jumps']],
    ['a fix a minute back', clean.map((t) => (t === 9 ? t - 60 : t)), ['1 time_falls_back']],
    ['a doubled second', [...clean.slice(0, 20), 19, ...clean.slice(20)], ['1 doubled']],
    ['all rows twice', clean.flatMap((t) => [t, t]), ['40 doubled']],
    ['the newest first', [...clean].reverse(), []],
    ['halves exchanged', [...clean.slice(20), ...clean.slice(0, 20)], []],
  ])('%s', async (_, times, left) => {
    const log = await read(text(times));
    expect(leftOut(log)).toEqual(left);
    expect(log.fixes.count).toBe(times.length - Number(left[0]?.split(' ')[0] ?? 0));
    expect(log.fixes.time_ms.every((t, i, all) => i === 0 || t > (all[i - 1] ?? 0))).toBe(true);
  });
  it('lines are those of the file', async () => {
    const log = await read(text(clean.map((t) => (t === 9 ? t + 90_000 : t))));
    expect([log.lines[8], log.lines[9], log.input.left_out[0]?.first_line]).toEqual([10, 12, 11]);
  });
});

describe('K4: a speed that the positions contradict', () => {
  const speeds = (header: string, speed: (i: number) => number, n = 60) =>
    read(table(`time,lat,lon,${header}`, (i) => `${iso(i)},${lat(i)},139,${speed(i)}`, n));
  it.each([
    ['km/h called m/s', 'speed_mps', 36, /3\.60 times/],
    ['knots called m/s', 'speed_mps', 19.44, /1\.94 times/],
    ['km/h called mph', 'speed_mph', 36, /1\.61 times/],
    ['always 0', 'speed_kmh', 0, /always 0/],
  ])('%s is not used, and it is said', async (_, header, speed, why) => {
    const log = await speeds(header, () => speed);
    expect(log.input.warnings.join()).toMatch(why);
    expect(log.fixes.speed_mps.every(Number.isNaN)).toBe(true);
  });
  it.each([
    ['m/s called km/h', 'speed_kmh', 10, /0\.28 times/],
    ['mph called km/h', 'speed_kmh', 22.37, /0\.62 times/],
    ['knots called km/h', 'speed_kmh', 19.44, /0\.54 times/],
    ['km/h at half pace', 'speed_kmh', 18, /0\.50 times/],
    ['knots at half pace', 'speed_knots', 9.72, /0\.50 times/],
    ['km/h at a tenth of the pace', 'speed_kmh', 3.6, /0\.10 times/],
    ['km/h at three times the pace', 'speed_kmh', 108, /3\.0 times/],
    ['km/h at ten times the pace', 'speed_kmh', 360, /10 times/],
    ['an open unit, km/h at half pace', 'speed', 18, /0\.50 times/],
    ['an open unit, m/s at a tenth of the pace', 'speed', 1, /0\.028 times/],
    ['an open unit, mph at a quarter of the pace', 'speed', 5.59, /0\.16 times/],
  ])(
    '%s: the speeds stay, for the engine to believe neither channel, and it is said',
    async (_, header, speed, why) => {
      const log = await speeds(header, () => speed);
      expect(log.input.warnings.join()).toMatch(why);
      expect(log.input.warnings.join()).toMatch(/another pace/);
      expect(log.fixes.speed_mps.some(Number.isNaN)).toBe(false);
    },
  );
  it.each([
    ['m/s', 10],
    ['km/h', 36],
    ['knots', 19.44],
    ['mph', 22.37],
  ])('a unit that the header leaves open is %s by the movement', async (unit, speed) => {
    const log = await speeds('speed', () => speed);
    expect([log.input.speed_unit, log.input.warnings]).toEqual([unit, []]);
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 1);
  });
  it('an open unit that fits no movement is not used', async () => {
    const log = await speeds('speed', (i) => (Math.floor(i / 5) % 2) * 100 + 20);
    expect(log.input.warnings.join()).toMatch(/unit is not given and does not follow/);
  });
  it('one value while the car drives faster and slower', async () => {
    const at = (i: number) => (i < 30 ? i * 5 : 150 + (i - 30) * 20);
    const log = await read(table('time,lat,lon,speed_kmh', (i) => `${iso(i)},${lat(at(i), 1)},139,40`, 60));
    expect(log.input.warnings.join()).toMatch(/one value throughout/);
  });
  it('a true speed stays, also one beyond every limit', async () => {
    const log = await read(table('time,lat,lon,speed_kmh', (i) => `${iso(i)},${lat(i, 40)},139,144`));
    expect([log.input.warnings, log.input.speed_ratio]).toEqual([[], 1]);
  });
});

describe('K5: columns that carry speed, course, accuracy, validity', () => {
  it.each([
    ['Speed (km/h)', '36'],
    ['GPS Speed (Meters/second)', '10'],
    ['speed [m/s]', '10'],
    ['Vehicle Speed[km/h]', '36'],
    ['speedKmh', '36'],
    ['速度(km/h)', '36'],
    ['Speed over ground (knots)', '19.4384'],
    ['speed_mph', '22.3694'],
    ['sog', '19.4384'],
  ])('%s', async (name, value) => {
    const log = await read(
      table(`Time,Latitude,Longitude,${name},Heading,Accuracy`, (i) => `${iso(i)},${lat(i)},139,${value},0,5`),
    );
    expect(log.fixes.speed_mps[5]).toBeCloseTo(10, 2);
    expect([log.fixes.heading_deg[5], log.fixes.accuracy_m[5]]).toEqual([0, 5]);
    expect(log.input.columns).toMatchObject({ speed: name, heading: 'Heading', accuracy: 'Accuracy' });
  });
  it('what is not used and looks like it matters is said', async () => {
    const log = await read(
      table('time,lat,lon,quality,Device Time,speed limit,note', (i) => `${iso(i)},${lat(i)},139,1,x,40,n`),
    );
    expect(log.input.ignored).toEqual(['quality', 'Device Time', 'speed limit']);
  });
  it('fixes that the recorder calls not valid', async () => {
    const log = await read(table('time,lat,lon,valid', (i) => `${iso(i)},${lat(i)},139,${i > 3}`));
    expect(leftOut(log)).toEqual(['4 not_valid']);
  });
});

describe('K6: rows that are left out are counted by their reason', () => {
  it.each([
    ['blank positions', (i: number) => `${iso(i)},,`, '3 no_position'],
    ['0/0', (i: number) => `${iso(i)},0,0`, '3 no_position'],
    ['nan', (i: number) => `${iso(i)},nan,nan`, '3 no_position'],
    ['NULL', (i: number) => `${iso(i)},NULL,NULL`, '3 no_position'],
    ['a dash', (i: number) => `${iso(i)},-,-`, '3 no_position'],
    ['no time', (i: number) => `,${lat(i)},139`, '3 no_time'],
    ['a latitude of 91', (i: number) => `${iso(i)},91,139`, '3 not_on_earth'],
    ['a text in place of a latitude', (i: number) => `${iso(i)},north,139`, '3 not_understood'],
  ])('%s', async (_, bad, left) => {
    const log = await read(table('time,lat,lon', (i) => (i < 3 ? bad(i) : `${iso(i)},${lat(i)},139`), 40));
    expect(leftOut(log)).toEqual([left]);
    expect([log.fixes.count, log.input.rows, log.input.left_out[0]?.first_line]).toEqual([37, 40, 2]);
  });
});

describe('K6: positions that no car can have', () => {
  it.each([
    ['in the middle', [9]],
    ['three of them', [9, 10, 11]],
    ['the first', [0]],
    ['the last', [39]],
    ['two apart', [9, 20]],
  ])('%s', async (_, away) => {
    const at = (i: number) => (away.includes(i) ? '36.5' : lat(i));
    const log = await read(table('time,lat,lon', (i) => `${iso(i)},${at(i)},139`, 40));
    expect(leftOut(log)).toEqual([`${away.length} impossible_jump`]);
    expect(log.lines[away[0] === 0 ? 0 : 8]).toBe(away[0] === 0 ? 3 : 10);
  });
});

describe('K7: an optional value that cannot be used costs itself only', () => {
  it.each([
    ['speed_kmh', 'fast', 1],
    ['speed_kmh', '900', 1],
    ['speed_kmh', '-1', 0],
    ['speed_kmh', '65535', 0],
    ['speed_kmh', '-5', 1],
    ['speed_kmh', '0x23', 1],
    ['heading_deg', 'NNE', 1],
    ['heading_deg', '-1', 0],
    ['accuracy_m', '5 m', 1],
    ['accuracy_m', 'null', 0],
  ])('%s %s', async (name, value, counted) => {
    const log = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139,${i === 2 ? value : 1}`, 5));
    expect(log.fixes.count).toBe(5);
    const { speed_mps, heading_deg, accuracy_m } = log.fixes;
    const column = { speed_kmh: speed_mps, heading_deg, accuracy_m }[name];
    expect(column?.[2]).toBeNaN();
    expect(log.input.unusable.length).toBe(counted);
  });
});

describe('K8: tables of another shape', () => {
  const good = (i: number) => `${iso(i)},${lat(i)},139.5,36`;
  const head = 'time,lat,lon,speed_kmh';
  it.each([
    ['a preamble', `Recorder 5\n\nmade up, 2026\n${table(head, good)}`],
    ['sep=', `sep=;\n${table(head, good).replaceAll(',', ';')}`],
    ['tabs', table(head, good).replaceAll(',', '\t')],
    ['bars', table(head, good).replaceAll(',', '|')],
    ['quotes', table(head, good).replace(/[^,\n]+/g, '"$&"')],
    ['CR alone', table(head, good).replaceAll('\n', '\r')],
    ['CRLF and LF', table(head, good).replace(/(\n[^\n]*)\n/g, '$1\r\n')],
    ['a comma at the end', table(head, good).replaceAll('\n', ',\n')],
    ['blanks around', table(head, good).replaceAll(',', ' , ')],
    [
      'decimal commas with semicolons',
      table(head, good).replaceAll(',', ';').replaceAll('.', ',').replace(/,000Z/g, '.000Z'),
    ],
    ['an unnamed first column', table(`,${head}`, (i) => `${i},${good(i)}`)],
    ['a row of units', table(head, good).replace('\n', '\nISO8601,deg,deg,km/h\n')],
    ['the header again', table(head, good).replace(/\n(2026-10-05T01:00:05)/, `\n${head}\n$1`)],
    ['UTF-8 with a mark', `\uFEFF${table(head, good)}`],
    ['no line end at the end', table(head, good).trimEnd()],
    ['a text with the separator and line ends in quotes', table(`note,${head}`, (i) => `"a, ""b""\nc",${good(i)}`)],
  ])('%s', async (_, text) => {
    const log = await read(text);
    expect([log.fixes.count, log.fixes.lat[19], log.fixes.lon[3]]).toEqual([20, Number(lat(19)), 139.5]);
    expect(log.fixes.speed_mps[7]).toBeCloseTo(10, 5);
  });
  it.each(['utf16le', 'utf16be'])('%s', async (encoding) => {
    const bytes = Buffer.from(`\uFEFF${table(head, good)}`, 'utf16le');
    expect((await read(encoding === 'utf16le' ? bytes : bytes.swap16())).fixes.count).toBe(20);
  });
  it.each([
    ['shift_jis', Buffer.from('93fa8e9e2c88dc93782c8c6f93780a', 'hex')],
    ['euc-jp', Buffer.from('c6fcbbfe2cb0deC5d92cb7d0c5d90a', 'hex')],
  ])('%s', async (encoding, header) => {
    const log = await read(Buffer.concat([header, Buffer.from(rows((i) => `${local(i)},${lat(i)},139`, 20))]));
    expect([log.input.encoding, log.input.columns['lat'], log.fixes.count]).toEqual([encoding, '緯度', 20]);
  });
  it.each([
    ['E7 integers', 'latitudeE7,longitudeE7', (i: number) => `${Math.round(Number(lat(i)) * 1e7)},1395000000`],
    [
      'DDMM.MMMM',
      'latitude,longitude',
      (i: number) => `35${((Number(lat(i)) - 35) * 60).toFixed(6).padStart(9, '0')},13930.0000`,
    ],
    ['letters', 'latitude,longitude', (i: number) => `${lat(i)}N,139.5E`],
    ['letters before', 'latitude,longitude', (i: number) => `N${lat(i)},E139.5`],
    ['N/S and E/W', 'latitude,N/S,longitude,E/W', (i: number) => `${lat(i)},N,139.5,E`],
    [
      'degrees, minutes, seconds',
      'latitude,longitude',
      (i: number) => `35°00'${((Number(lat(i)) - 35) * 3600).toFixed(4)}"N,139°30'00"E`,
    ],
  ])('%s', async (_, header, place) => {
    const log = await read(table(`time,${header}`, (i) => `${iso(i)},${place(i)}`));
    expect(log.fixes.lat[19]).toBeCloseTo(Number(lat(19)), 6);
    expect(log.fixes.lon[19]).toBeCloseTo(139.5, 6);
  });
  it('south and west', async () => {
    const log = await read(table('time,latitude,N/S,longitude,E/W', (i) => `${iso(i)},${lat(i)},S,49.5,W`));
    expect([log.fixes.lat[0], log.fixes.lon[0]]).toEqual([-35, -49.5]);
  });
  it.each([
    [
      'decimal commas between commas',
      'time,lat,lon',
      (i: number) => `${iso(i)},35,1${i}00,139,4`,
      /LOG_SEPARATOR .*:2: .*decimal comma/,
    ],
    [
      'a doubled latitude',
      'time,lat,lon,lat',
      (i: number) => `${iso(i)},35,139,36`,
      /LOG_COLUMN .*"lat" stands there twice/,
    ],
    ['rows cut short', 'time,lat,lon', (i: number) => `${iso(i)},35`, /LOG_ROW .*:2: .*cut short/],
  ])('%s: named', async (_, header, row, pattern) => expect(await failure(table(header, row))).toMatch(pattern));
  it('of doubled optional columns none is used, and it is said', async () => {
    const log = await read(table(`${head},speed_kmh`, (i) => `${good(i)},72`));
    expect([log.fixes.speed_mps[3], log.input.ignored]).toEqual([Number.NaN, ['speed_kmh']]);
  });
  it('ragged rows are said', async () => {
    const log = await read(table(`${head},note,more`, (i) => `${good(i)}${i === 3 ? '' : ',n,m'}`));
    expect([log.fixes.count, log.input.warnings]).toEqual([20, ['1 rows have fewer fields than the header']]);
  });
});

describe('K9: forms that people have', () => {
  const presets: [string, string, (i: number) => string, Partial<Log['input']>][] = [
    [
      'GPSLogger',
      'time,lat,lon,elevation,accuracy,bearing,speed,satellites,provider',
      (i) => `${iso(i)},${lat(i)},139,20,4.0,0.0,10.0,9,gps`,
      { speed_unit: 'm/s' },
    ],
    [
      'Torque',
      'GPS Time, Device Time, Longitude, Latitude,GPS Speed (Meters/second), Bearing',
      (i) => `Mon Oct 05 10:00:${String(i).padStart(2, '0')} GMT+09:00 2026,x,139,${lat(i)},10,0`,
      { speed_unit: 'm/s' },
    ],
    [
      'Traccar',
      'id,deviceId,fixTime,valid,latitude,longitude,altitude,speed,course',
      (i) => `1,7,${utcClock(i)},true,${lat(i)},139,0,19.4384,0`,
      { speed_unit: 'knots' },
    ],
    [
      'OwnTracks',
      'tst,lat,lon,vel,cog,acc,tid',
      (i) => `${START / 1000 + i},${lat(i)},139,36,0,5,ab`,
      { speed_unit: 'km/h' },
    ],
    [
      'Geotab',
      'Device,DateTime,Latitude,Longitude,Speed',
      (i) => `G9,${utcClock(i)},${lat(i)},139,36`,
      { speed_unit: 'km/h' },
    ],
    [
      'Samsara',
      'time,latitude,longitude,headingDegrees,speedMilesPerHour',
      (i) => `${iso(i)},${lat(i)},139,0,22.369`,
      { speed_unit: 'mph' },
    ],
    [
      'RaceChrono',
      'timestamp,fragment_id,lap_number,accuracy,bearing,latitude,longitude,speed',
      (i) => `${START / 1000 + i},0,0,3,0,${lat(i)},139,10`,
      { speed_unit: 'm/s' },
    ],
    [
      'Columbus',
      'INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W,HEIGHT,SPEED,HEADING',
      (i) => `${i},T,261005,0100${String(i).padStart(2, '0')},${lat(i)}N,139.0000E,9,36,0`,
      { speed_unit: 'km/h' },
    ],
    [
      'Qstarz',
      'INDEX,RCR,UTC DATE,UTC TIME,LOCAL DATE,LOCAL TIME,VALID,LATITUDE,N/S,LONGITUDE,E/W,SPEED(km/h),HEADING',
      (i) => `${i},T,2026/10/05,01:00:${String(i).padStart(2, '0')},2026/10/05,10:00:00,DGPS,${lat(i)},N,139,E,36,0`,
      { speed_unit: 'km/h' },
    ],
    [
      'OsmAnd',
      'timestamp,lat,lon,hdop,altitude,speed,bearing',
      (i) => `${START + i * 1000},${lat(i)},139,1,9,10,0`,
      { speed_unit: 'm/s' },
    ],
    [
      'TeslaMate',
      'id,date,latitude,longitude,speed,power,odometer,ideal_battery_range_km,car_id,drive_id',
      (i) => `${9000 + i},${utcClock(i)}.000,${lat(i)},139,36,3,9000.5,300,1,77`,
      { speed_unit: 'km/h', zone: { name: 'UTC', from: 'log' } },
    ],
    [
      'GeoLife',
      'latitude,longitude,zero,altitude,days,date,time',
      (i) => `${lat(i)},139,0,9,${46_300 + i / 86_400},2026-10-05,01:00:${String(i).padStart(2, '0')}`,
      {},
    ],
  ];
  it.each(presets)('%s', async (preset, header, row, input) => {
    const log = await read(table(header, row));
    expect(log.input).toMatchObject({ preset, warnings: [], ...input });
    expect([log.fixes.count, log.fixes.time_ms[19]]).toEqual([20, START + 19_000]);
    if (log.input.speed_unit !== null) expect(log.fixes.speed_mps[9]).toBeCloseTo(10, 1);
  });
  it('VED: a day number and milliseconds, in local time', async () => {
    const header = 'DayNum,VehId,Trip,Timestamp(ms),Latitude[deg],Longitude[deg],Vehicle Speed[km/h]';
    const log = await read(
      table(header, (i) => `2.5,8,706,${i * 1000},${lat(i)},139,36`),
      { timeZone: 'America/Detroit' },
    );
    expect([log.input.preset, log.vehicle_id, log.fixes.time_ms[0]]).toEqual(['VED', '8', Date.UTC(2017, 10, 2, 16)]);
  });
  it('Porto: a row is a drive with a fix each 15 s', async () => {
    const header =
      '"TRIP_ID","CALL_TYPE","ORIGIN_CALL","ORIGIN_STAND","TAXI_ID","TIMESTAMP","DAY_TYPE","MISSING_DATA","POLYLINE"';
    const line = rows((i) => `[-8.6,${(41 + i / 1000).toFixed(6)}]`, 9).replaceAll('\n', ',');
    const log = await read(`${header}\n"1","C","","","20000589","1404168658","A","False","[${line}]"\n`);
    expect([log.fixes.count, log.fixes.lat[8], log.fixes.time_ms[8]]).toEqual([9, 41.008, 1_404_168_658_000 + 120_000]);
    expect(await failure(`${header}\n${`"1","C","","","2","1404168658","A","False","[${line}]"\n`.repeat(2)}`)).toMatch(
      /LOG_VEHICLES/,
    );
  });
  it('date and time in two columns', async () => {
    const log = await read(table('Date,Time,Latitude,Longitude', (i) => `${local(i).replace(' ', ',')},${lat(i)},139`));
    expect(log.fixes.time_ms[3]).toBe(START + 3000);
  });
  it('columns that the user names', async () => {
    const columns = parseColumns('time=when,lat=a,lon=b,speed=kmh:c');
    const log = await read(
      table('a,b,c,when', (i) => `${lat(i)},139,36,${iso(i)}`),
      { columns },
    );
    expect([log.fixes.count, log.input.speed_unit]).toEqual([20, 'km/h']);
    expect(() => parseColumns('place=a')).toThrow(/--columns place=a/);
    expect(() => parseColumns('speed=')).toThrow(/USAGE|ROLE=COLUMN/);
  });
});

describe('K10: messages say what it is and repeat no value', () => {
  it.each([
    ['a row in place of the header', '2026-10-05,35.117340,139.424200\n', /^LOG_HEADER/],
    ['blanks between values', '0 36.0 35.117340 139.424200 20\n', /^LOG_HEADER/],
    ['a name among values', 'Taro Yamada,35.117340,139.424200\n', /^LOG_HEADER/],
    ['a PDF', '%PDF-1.7 35.117340\n', /^LOG_FORMAT .*PDF/],
    ['a web page', '<!DOCTYPE html><html>35.117340</html>', /^LOG_FORMAT .*HTML|^LOG_XML|^LOG_ENTITY/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /^LOG_FORMAT .*Excel/],
    [
      'six decimals of a second',
      table('time,lat,lon', (i) => `${iso(i).replace('Z', '456Z')},${lat(i)},139`),
      /^it was read/,
    ],
    ['a plate as a name of a column', 'time,lat,品川300あ1234\n1,35.117340,3\n', /^LOG_COLUMN/],
  ])('%s', async (_, content, pattern) => {
    const message = await failure(content);
    expect(message).toMatch(pattern);
    expect(message).not.toMatch(/35\.117|139\.4|Yamada|1234/);
  });
});

describe('K11: several drives in one file or under one name', () => {
  const other = (i: number) => (Number(lat(i)) + 0.05).toFixed(7);
  it.each([
    ['by a column', table('vehicle,time,lat,lon', (i) => `${i < 10 ? 'A' : 'B'},${iso(i % 10)},${lat(i)},139`)],
    ['by a device id', table('time,lat,lon,device_id', (i) => `${iso(i)},${lat(i)},139,${i % 2}`)],
    ['one after the other', table('time,lat,lon', (i) => `${iso(i % 20)},${i < 20 ? lat(i) : other(i % 20)},139`, 40)],
    ['row by row', table('time,lat,lon', (i) => `${iso(i >> 1)},${i % 2 ? lat(i >> 1) : other(i >> 1)},139`, 40)],
    [
      'in NDJSON',
      rows((i) => JSON.stringify({ time: iso(i), lat: Number(lat(i)), lon: 139, vehicle: i < 10 ? 'A' : 'B' }), 20),
    ],
  ])('two cars %s are not merged', async (_, text) => expect(await failure(text)).toMatch(/^LOG_VEHICLES/));
  it('one vehicle and one driver go along', async () => {
    const log = await read(table('vehicle_id,driver,time,lat,lon', (i) => `A7,Sato,${iso(i)},${lat(i)},139`));
    expect([log.vehicle_id, log.driver_id]).toEqual(['A7', 'Sato']);
  });
  it.each([
    [
      ['a/drive.csv', 'b/drive.csv'],
      ['a/drive', 'b/drive'],
    ],
    [
      ['x/a/d.csv', 'y/a/d.csv'],
      ['x/a/d', 'y/a/d'],
    ],
    [
      ['d.csv', 'd.gpx'],
      ['d.csv', 'd.gpx'],
    ],
    [
      ['a/d.csv', 'a/d.gpx.gz', 'e.csv'],
      ['a/d.csv', 'a/d.gpx.gz', 'e'],
    ],
    [
      ['a/one.csv', 'a/two.csv'],
      ['one', 'two'],
    ],
  ])('%s', (paths, ids) => expect(driveIds(paths)).toEqual(ids));
});

describe('hostile logs', () => {
  it.each([
    ['90,000 columns', `time,lat,lon${',x'.repeat(90_000)}\n`, /^LOG_WIDTH .*:1: more than 1000 columns/],
    ['a row of 90,000 fields', `time,lat,lon\n${'1,'.repeat(90_000)}\n`, /^LOG_WIDTH .*:2:/],
    [
      '90,000 keys',
      `{${rows((i) => `"k${i}":1`, 90_000).replaceAll('\n', ',')}}\n`,
      /^LOG_WIDTH .*:1: more than 1000 keys/,
    ],
    ['90,000 attributes', `<gpx ${rows((i) => `a${i}="1"`, 90_000).replaceAll('\n', ' ')}></gpx>`, /^LOG_WIDTH/],
    ['elements a million deep', '<gpx>'.repeat(1_000_000), /^LOG_DEPTH .*deeper than 64/],
    [
      'lists a hundred thousand deep',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
      /^LOG_DEPTH .*:1: values nest/,
    ],
    [
      'an empty key',
      `${rows((i) => JSON.stringify({ '': 77, time: iso(i), lat: Number(lat(i)), lon: 139 }), 3)}\n`,
      /^it was read/,
    ],
  ])('%s', async (_, text, pattern) => expect(await failure(text)).toMatch(pattern));
  it('a key or column without a name is no channel', async () => {
    const objects = await read(rows((i) => JSON.stringify({ '': 77, time: iso(i), lat: Number(lat(i)), lon: 139 }), 5));
    const cells = await read(table(',time,lat,lon', (i) => `${i},${iso(i)},${lat(i)},139`));
    for (const { fixes } of [objects, cells]) {
      for (const column of [fixes.speed_mps, fixes.heading_deg, fixes.accuracy_m]) {
        expect(column.every(Number.isNaN)).toBe(true);
      }
    }
  });
  it('CDATA in GPX is text', async () => {
    const point = (i: number) => `<trkpt lat="${lat(i)}" lon="139"><time><![CDATA[${iso(i)}]]></time></trkpt>`;
    expect((await read(`<gpx><trk><trkseg>${rows(point, 3)}</trkseg></trk></gpx>`)).fixes.count).toBe(3);
  });
  it('times of another age are noticed', async () => {
    const at = (year: number) => table('time,lat,lon', (i) => `${iso(i).replace('2026', String(year))},${lat(i)},139`);
    expect((await read(at(1990))).input.warnings.join()).toMatch(/36 years back/);
    expect((await read(at(2046), { now: START })).input.warnings.join()).toMatch(/in the future/);
  });
});
