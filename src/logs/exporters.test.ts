// SPDX-License-Identifier: MIT
// What exporters write that was misread or refused under a wrong name: each with what must stay as it was.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, leftOut, N, objects, read, rows, START, table, wall } from './clean_drive.ts';

const LEAP_S = 18;
const gpst = (i: number) =>
  iso(i + LEAP_S)
    .slice(0, 23)
    .replace('T', ' ')
    .replaceAll('-', '/');
const GPS_S = START / 1000 - 315_964_800 + LEAP_S;
const week = Math.floor(GPS_S / 604_800);
const tow = (i: number) => (GPS_S % 604_800) + i;

describe('times of whole minutes made speeds of positions that were a minute nearer or farther', () => {
  const minute = (s: number) => new Date(START + Math.floor(s / 60) * 60_000).toISOString();
  const made = (step: number, n: number) => table('time,lat,lon', (i) => `${minute(i * step)},${lat(i * step)},139`, n);
  /** The shortest steps by the second reading of the times, which must be as long as the car may have driven. */
  const longer = ({ fixes }: Awaited<ReturnType<typeof read>>) =>
    Math.min(...[...(fixes.other_time_ms ?? fixes.time_ms)].map((ms, i, all) => ms - (all[i - 1] ?? -Infinity)));
  it.each([7, 75, 119])('one fix in %d s may have been a minute later', async (step) => {
    const log = await read(made(step, 30));
    expect(longer(log)).toBeGreaterThanOrEqual(120_000);
    expect(log.input.warnings).toContainEqual(expect.stringMatching(/cut to 60 s/));
  });
  it('times without seconds, too', async () => {
    const text = table('time,lat,lon', (i) => `${minute(i * 8).slice(0, 16)},${lat(i * 8)},139`, 30);
    expect(longer(await read(text))).toBe(120_000);
  });
  it.each([20, 45])('one fix in %d s: as far apart in a minute as two cars, so that nobody knows', async (step) =>
    expect(await failure(made(step, 30))).toMatch(/^LOG_VEHICLES .*export the seconds/),
  );
  it('a fix in each second is read by the first of each minute', async () => {
    const { fixes, input } = await read(made(1, 300));
    expect([fixes.count, input.warnings.length]).toEqual([5, 1]);
  });
  /** Moments of fixes, and the times that the log gives to them. */
  const cut = (at: (i: number) => number, grid: number) =>
    table('time,lat,lon', (i) => `${iso(Math.floor(at(i) / grid) * grid)},${lat(at(i))},139`, 60);
  it.each([
    [12, 10],
    [17, 10],
    [7, 5],
    [40, 30],
  ])('a fix in %d s with times cut to %d s may have been as much later', async (step, grid) =>
    expect(longer(await read(cut((i) => i * step, grid)))).toBeGreaterThanOrEqual(2000 * grid),
  );
  it.each([5, 10, 30])('a fix in %d s of which every fifth is lost has no other times', async (grid) =>
    expect((await read(cut((i) => (i + Math.floor(i / 4)) * grid, grid))).fixes.other_time_ms).toBeUndefined(),
  );
  it('nor has a recorder on the full minute', async () =>
    expect((await read(made(60, 40))).fixes.other_time_ms).toBeUndefined());
});

describe('GPS time was read as a local clock', () => {
  it.each(['Time (GPST)', 'GPST', 'time_gpst'])('%s', async (name) => {
    const { fixes, input } = await read(table(`${name},lat,lon`, (i) => `${gpst(i)},${lat(i)},139`));
    expect([fixes.time_ms[0], input.zone.from]).toEqual([START, 'log']);
  });
  it('GPST behind the time', async () =>
    expect((await read(table('time,lat,lon', (i) => `${gpst(i)} GPST,${lat(i)},139`))).fixes.time_ms[0]).toBe(START));
  it('a clock of GPS without a zone is said to be taken as local', async () => {
    const made = (name: string) => table(`${name},lat,lon`, (i) => `${wall(i, 9)},${lat(i)},139`);
    expect((await read(made('gps_time'))).input.warnings.join()).toMatch(/no zone and are read as local/);
    expect((await read(made('time'))).input.warnings).toEqual([]);
    expect((await read(made('gps_time'), { zoneFrom: 'option' })).input.warnings).toEqual([]);
  });
});

describe('a GPS week and the time in it were seconds since 1980, or refused', () => {
  it.each([
    ['gps_week,gps_tow', 1],
    ['GPS Week,GPS Seconds', 1],
    ['Week,Seconds', 1],
    ['week,iTOW', 1000],
    ['week,tow (ms)', 1000],
    ['GWk,GMS', 1000],
  ])('%s', async (names, per) => {
    const { fixes } = await read(table(`${names},lat,lon`, (i) => `${week},${tow(i) * per},${lat(i)},139`));
    expect([fixes.time_ms[0], fixes.time_ms[N - 1]]).toEqual([START, START + (N - 1) * 1000]);
  });
  it('in JSON', async () => {
    const log = await read(objects((i) => ({ week, tow: tow(i), lat: Number(lat(i)), lon: 139 })));
    expect(log.fixes.time_ms[3]).toBe(START + 3000);
  });
  it('a week beside a time with a date is none of GPS', async () => {
    const log = await read(table('week,seconds,time,lat,lon', (i) => `41,${i},${iso(i)},${lat(i)},139`));
    expect(log.fixes.time_ms[0]).toBe(START);
  });
});

describe('RTKLIB', () => {
  const solution = (time: string, row: (i: number) => string, columns = 'latitude(deg) longitude(deg)') =>
    `% program   : RTKPOST\n% (Q=1:fix,2:float)\n%  ${time}   ${columns}  height(m)   Q  ns\n${rows(row)}\n`;
  const place = (i: number) => `  ${lat(i)}   139.5000   12.0   5   9`;
  it.each([
    ['GPS time', solution('GPST', (i) => gpst(i) + place(i))],
    ['UTC', solution('UTC ', (i) => gpst(i - LEAP_S) + place(i))],
    ['weeks', solution('GPST', (i) => `${week} ${tow(i).toFixed(3)}${place(i)}`)],
    ['commas', solution('GPST', (i) => gpst(i) + place(i).replace(/ +/g, ','), ',latitude(deg),longitude(deg)')],
  ])('%s', async (_, text) => {
    const { fixes, input, lines } = await read(text);
    expect([input.format, fixes.count, fixes.time_ms[0], fixes.lon[0], lines[0]]).toEqual(['pos', N, START, 139.5, 4]);
  });
  it.each(['x-ecef(m) y-ecef(m)', 'e-baseline(m) n-baseline(m)'])('%s is refused by its name', async (columns) =>
    expect(await failure(solution('GPST', (i) => gpst(i) + place(i), columns))).toMatch(/^LOG_DEGREES .*RTKLIB/),
  );
  it('"ns" without E and W is no hemisphere', async () => {
    const log = await read(table('time,lat,lon,ns', (i) => `${iso(i)},${lat(i)},139,9`));
    expect(log.fixes.count).toBe(N);
  });
});

describe('names that are paths', () => {
  it('JSON made a table, and the flight log of DJI, whose home is another place', async () => {
    const a = await read(
      table(
        'timestamp,location.coords.latitude,location.coords.longitude,location.coords.speed',
        (i) => `${iso(i)},${lat(i)},139,10`,
      ),
    );
    const b = await read(
      table(
        'CUSTOM.updateTime,HOME.latitude,HOME.longitude,OSD.latitude,OSD.longitude,OSD.hSpeed [MPH]',
        (i) => `${iso(i)},36,138,${lat(i)},139,22.37`,
      ),
    );
    for (const { fixes } of [a, b]) expect([fixes.lon[0], Math.round(fixes.speed_mps[3] ?? 0)]).toEqual([139, 10]);
  });
  it('of two positions nobody knows the car’s', async () => {
    const names = 'time,target.latitude,target.longitude,ego.latitude,ego.longitude';
    const text = table(names, (i) => `${iso(i)},${lat(i + 2)},139,${lat(i)},139`);
    expect(await failure(text)).toMatch(/^LOG_COLUMN .*--columns/);
  });
  it('the speed of another object is not the car’s', async () => {
    const names = 'time,ego.latitude,ego.longitude,fan.speed';
    const log = await read(table(names, (i) => `${iso(i)},${lat(i)},139,36`));
    expect(log.input.speed_unit).toBeNull();
  });
});

describe('both numbers of a position in one field', () => {
  const minutes = (i: number) => ((Number(lat(i)) - 35) * 60).toFixed(5);
  it.each([
    ['Garmin, degrees', 'Position', (i: number) => `N${lat(i)} E139.5`],
    ['Garmin, minutes', 'Position', (i: number) => `N35 ${minutes(i)} E139 30.000`],
    ['letters behind', 'position', (i: number) => `"${lat(i)}N, 139.5E"`],
    ['Wialon, with satellites', 'Coordinates', (i: number) => `"${lat(i)}, 139.5 (14)"`],
    ['Strava, a list: all rows were taken for units', 'latlng', (i: number) => `"[${lat(i)}, 139.5]"`],
  ])('%s', async (_, name, field) => {
    const { fixes } = await read(table(`time,${name}`, (i) => `${iso(i)},${field(i)}`));
    expect([fixes.count, fixes.lon[0], fixes.lat[5]]).toEqual([N, 139.5, expect.closeTo(Number(lat(5)), 6)]);
  });
  it('south and west', async () => {
    const { fixes } = await read(table('time,position', (i) => `${iso(i)},S${lat(i)} W58.5`));
    expect([fixes.lat[0], fixes.lon[0]]).toEqual([-35, -58.5]);
  });
});

describe('a zone in the data wins over a clock that is called local', () => {
  const times = (i: number, late = 0) => `${wall(i, -5)},${wall(i + late, 0)},${lat(i)},139`;
  it('of the same moment', async () => {
    const log = await read(table('LocalTime,EventTimeUtc,lat,lon', (i) => times(i)));
    expect([log.fixes.time_ms[0], log.input.columns['time'], log.input.ignored]).toEqual([START, 'EventTimeUtc', []]);
  });
  it('but not that of the server, half a minute later', async () => {
    const log = await read(table('LocalTime,ServerTimeUtc,lat,lon', (i) => times(i, 30)));
    expect(log.input.columns['time']).toBe('LocalTime');
  });
});

describe('units', () => {
  it.each([
    ['SpeedKilometresPerHour', 36],
    ['Speed (kilometres/hour)', 36],
  ])('%s', async (name, value) => {
    const log = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139,${value}`));
    expect(log.fixes.speed_mps[3]).toBeCloseTo(10, 5);
  });
  it.each(['speed (min/km)', 'Speed (rpm)', 'speed (m/min)'])('%s is no speed', async (name) => {
    const log = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139,${600 + i}`));
    expect([log.input.speed_unit, log.input.ignored]).toEqual([null, [name]]);
  });
});

it.each([
  ['Wialon WLN', rows((i) => `REG;${START / 1000 + i};139.5;${lat(i)};36;0;ALT:1;;;;`), /^LOG_FORMAT .*Wialon/],
  [
    'Home Assistant',
    table('entity_id,state,last_changed', (i) => `device_tracker.car,home,${iso(i)}`),
    /^LOG_FORMAT .*Home Assistant/,
  ],
])('%s is refused by its name', async (_, text, pattern) => expect(await failure(text)).toMatch(pattern));
it('Navixy: get_time', async () => {
  const log = await read(objects((i) => ({ lat: Number(lat(i)), lng: 139, get_time: wall(i, 9) })));
  expect(log.fixes.time_ms[0]).toBe(START);
});

describe('positions of masts between those of satellites made two cars', () => {
  const far = (i: number) => (Number(lat(i)) + 0.004).toFixed(7);
  const isMast = (i: number) => i % 2 === 1;
  const row = (i: number) => ({
    time: new Date(START + i * 500).toISOString(),
    provider: isMast(i) ? 'network' : 'gps',
    lat: Number(isMast(i) ? far(i / 2) : lat(i / 2)),
    lon: 139,
  });
  it('in JSON and CSV', async () => {
    const cells = (i: number) => Object.values(row(i)).join(',');
    for (const text of [objects(row, 40), table('time,provider,lat,lon', cells, 40)]) {
      const log = await read(text);
      expect([leftOut(log), log.input.columns['valid']]).toEqual([['20 not_valid'], 'provider']);
    }
  });
  it('masts all along are used, and it is said', async () => {
    const log = await read(objects((i) => ({ ...row(2 * i), provider: 'network' })));
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/they are used/)]);
  });
});

describe('a date of one clock was joined with the time of another', () => {
  // at seven in the morning in Tokyo it is the day before in UTC
  const clocks = (i: number, hours: number) => wall(i - 3 * 3600, hours).split(' ');
  const begin = START - 3 * 3_600_000;
  it('Local Date stands beside Local Time, where UTC Time stands there too', async () => {
    const row = (i: number) => `${clocks(i, 9)[0]},${clocks(i, 9)[1]},${clocks(i, 0)[1]},${lat(i)},139`;
    const log = await read(table('Local Date,Local Time,UTC Time,lat,lon', row));
    expect([log.fixes.time_ms[0], log.input.columns['time']]).toEqual([begin, 'Local Time']);
  });
  it.each([
    ['UTC Date,Local Time', 0, 9],
    ['Local Date,UTC Time', 9, 0],
  ])('%s alone are refused', async (names, date, time) => {
    const row = (i: number) => `${clocks(i, date)[0]},${clocks(i, time)[1]},${lat(i)},139`;
    expect(await failure(table(`${names},lat,lon`, row))).toMatch(/^LOG_TIME .*:2: .*two clocks/);
  });
  it.each([
    ['UTC Date,UTC Time', 0],
    ['Local Date,Time', 9],
    ['Date,Local Time', 9],
  ])('%s are joined', async (names, hours) => {
    const row = (i: number) => `${clocks(i, hours).join(',')},${lat(i)},139`;
    expect((await read(table(`${names},lat,lon`, row))).fixes.time_ms[0]).toBe(begin);
  });
});
