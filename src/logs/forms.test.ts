// SPDX-License-Identifier: MIT
// Forms of cameras, trackers, tachographs and test equipment: read as the drive that they tell, or named.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, read, rows, START, table, wall } from './clean_drive.ts';
import { readStream } from './read.ts';

const sentence = (body: string) => {
  let sum = 0;
  for (const c of body) sum ^= c.charCodeAt(0);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const clock = (i: number) => `${iso(i).slice(11, 19).replaceAll(':', '')}.00`;
const minutes = (degrees: number, digits: number, decimals = 5) => {
  const whole = Math.floor(degrees);
  return String(whole).padStart(digits, '0') + ((degrees - whole) * 60).toFixed(decimals).padStart(3 + decimals, '0');
};

describe('GNS of NMEA', () => {
  const gns = (mode: string) => (i: number) =>
    `${sentence(`GNZDA,${clock(i)},05,10,2026,00,00`)}\n` +
    sentence(`GNGNS,${clock(i)},${minutes(Number(lat(i)), 2)},N,13942.00000,E,${mode},12,0.8,10,30,,`);
  it.each(['AA', 'NA', 'DDNN'])('mode %s has a fix', async (mode) => {
    const { fixes } = await read(rows(gns(mode)));
    expect([fixes.count, fixes.time_ms[0], fixes.lon[0]]).toEqual([N, START, 139.7]);
  });
  it('no system of satellites has one', async () => {
    expect(await failure(rows(gns('NN')))).toMatch(/there was no fix/);
  });
  it('simulated positions are named', async () => {
    expect(await failure(rows(gns('SS')))).toMatch(/simulated/);
  });
});

describe('VBO', () => {
  const vbo = (row: (i: number) => string, { unit = 'kmh', created = '05/10/2026 at 01:00:00' } = {}) =>
    `File created on ${created}\r\n\r\n[header]\r\nsatellites\r\ntime\r\nvelocity ${unit}\r\n\r\n[comments]\r\nmade\r\n\r\n` +
    `[column names]\r\nsats time lat long velocity heading height \r\n\r\n[data]\r\n${rows(row)}\r\n`;
  const row =
    (speed: string, sats = '009') =>
    (i: number) =>
      `${sats} ${clock(i)} +0${(Number(lat(i)) * 60).toFixed(5)} -08382.00000 ${speed} 000.00 +0010.00`;
  it('minutes, longitude positive to the west, km/h', async () => {
    const { fixes, input } = await read(vbo(row('036.000')));
    expect([fixes.count, fixes.time_ms[0], fixes.lon[0], fixes.lat[9]?.toFixed(6)]).toEqual([
      N,
      START,
      139.7,
      Number(lat(9)).toFixed(6),
    ]);
    expect([input.format, input.speed_unit, fixes.speed_mps[3]?.toFixed(3)]).toEqual(['vbo', 'km/h', '10.000']);
  });
  it('the unit of [header]', async () => {
    const { fixes } = await read(vbo(row('022.369'), { unit: 'mph' }));
    expect(fixes.speed_mps[3]).toBeCloseTo(10, 3);
  });
  it.each(['04/10/2026 at 20:00:00', '05/10/2026 at 10:00:00'])('the first line may be local: %s', async (created) => {
    expect((await read(vbo(row('036.000'), { created }))).fixes.time_ms[0]).toBe(START);
  });
  it('no satellites, and flags beside their number', async () => {
    expect(await failure(vbo(row('036.000', '000')))).toMatch(/no fix/);
    expect(await failure(vbo(row('036.000', '064')))).toMatch(/no fix/);
    expect((await read(vbo(row('036.000', '073')))).fixes.count).toBe(N);
  });
  it('without a date it is refused', async () => {
    expect(await failure(vbo(row('036.000')).replace(/^.*\r\n/, '\r\n'))).toMatch(/LOG_NO_TIMES.*no date/);
  });
});

describe('whole numbers that may be degrees and minutes without their point', () => {
  const ddmm = (value: number, digits: number) => minutes(value, digits).replace('.', '');
  const text = (speed: string) =>
    table(`time,lat,lon${speed === '' ? '' : ',speed_kmh'}`, (i) => {
      const at = 35.2 + Number(lat(i)) - 35;
      return `${iso(i)},${ddmm(at, 2)},${ddmm(139.7, 3)}${speed}`;
    });
  const e7 = (speed: string) =>
    table(`time,lat,lon${speed === '' ? '' : ',speed_kmh'}`, (i) => {
      return `${iso(i)},${Math.round((35.2 + Number(lat(i)) - 35) * 1e7)},1395000000${speed}`;
    });
  it('are refused where nothing decides, or the speeds speak for minutes', async () => {
    expect(await failure(text(''))).toMatch(/LOG_POSITION.*1e-7 degrees or degrees and minutes/);
    expect(await failure(text(',36'))).toMatch(/degrees and minutes/);
    expect(await failure(e7(''))).toMatch(/degrees and minutes/);
  });
  it('are 1e-7 degrees where the speeds say so, or one is beyond 60 minutes', async () => {
    expect((await read(e7(',36'))).fixes.lat[0]).toBeCloseTo(35.2, 6);
    expect((await read(e7('').replaceAll('1395000000', '1397000000'))).fixes.lon[0]).toBe(139.7);
  });
  it.each([
    ['degrees', (at: number) => at < 35.25, e7(''), 'read'],
    ['minutes', (at: number) => at >= 35.25, e7(''), 'refused'],
  ])('only as %s they lie on the map', async (_, on, content, outcome) => {
    async function* source() {
      yield Buffer.from(content);
    }
    const zoneOf = (at: number) => (on(at) ? 'Asia/Tokyo' : undefined);
    const reading = readStream('drive.csv', source(), { timeZone: 'Asia/Tokyo', zoneOf }).then(
      () => 'read',
      () => 'refused',
    );
    expect(await reading).toBe(outcome);
  });
});

describe('speeds', () => {
  it.each([
    ['cells of two units', 'speed', (i: number) => (i % 2 ? '36 km/h' : '10 m/s')],
    ['cm/s in the header', 'Speed (cm/s)', () => '1000'],
    ['cm/s in the name', 'speed_cms', () => '1000'],
    ['cm/s in the cells', 'speed', () => '1000 cm/s'],
    ['ft/s', 'Speed (ft/s)', () => '32.8084'],
    ['公里/小时', '速度(公里/小时)', () => '36'],
    ['2D speed of GoPro', 'GPS (2D speed) [m/s]', () => '10'],
  ])('%s', async (_, name, cell) => {
    const log = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.7,${cell(i)}`));
    for (const i of [3, 4]) expect(log.fixes.speed_mps[i]).toBeCloseTo(10, 3);
    expect(log.input.warnings).toEqual([]);
  });
});

it.each(['Angle', '航向', '方向角', 'hdg'])('the course is called %s', async (name) => {
  const { fixes } = await read(table(`time,lat,lon,${name}`, (i) => `${iso(i)},${lat(i)},139.7,1${i % 10}`));
  expect(fixes.heading_deg[3]).toBe(13);
});

it('a tachograph: 運行日, 時分秒, seconds of degrees', async () => {
  const { fixes } = await read(
    table('運行日,時分秒,緯度(秒),経度(秒)', (i) => {
      const [day, time] = wall(i, 9).split(' ') as [string, string];
      const seconds = (degrees: number) => (degrees * 3600).toFixed(4);
      return `${day.replaceAll('-', '')},${time.replaceAll(':', '')},${seconds(Number(lat(i)))},${seconds(139.7)}`;
    }),
  );
  expect([fixes.time_ms[0], fixes.lat[9]?.toFixed(6), fixes.lon[0]?.toFixed(6)]).toEqual([
    START,
    Number(lat(9)).toFixed(6),
    '139.700000',
  ]);
});

it.each([
  [
    'ECEF',
    table('time,GNSS X,GNSS Y,GNSS Z', (i) => `${iso(i)},-3959786.1,3352618.2,36974${i}.3`),
    /x, y and z \(ECEF/,
  ],
  ['ECEF in metres', table('time,X(m),Y(m),Z(m)', (i) => `${iso(i)},-3959786.1,3352618.2,36974${i}.3`), /ECEF/],
  [
    'GNSS Logger',
    `# \n# Header Description:\n# \n# Version: v3\n# \n# Raw,utcTimeMillis,TimeNanos\n# \n# Fix,Provider,LatitudeDegrees\n# \n${rows((i) => `Raw,${START + i},1\nFix,GPS,${lat(i)}`)}\n`,
    /GNSS Logger; export its NMEA file/,
  ],
])('%s is named', async (_, text, why) => {
  expect(await failure(text)).toMatch(why);
});
