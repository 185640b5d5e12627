// SPDX-License-Identifier: MIT
// What is no log that is read, or a log in a form that is not: named with what to do; and forms that are read.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, read, rows, START, table, wall } from './clean_drive.ts';

const plain = table('time,lat,lon', (i) => `${iso(i)},${lat(i)},139.5`);

describe('a file is named', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['gzip in gzip', gzipSync(gzipSync(plain)), /gzip within another archive/],
    ['SQL', rows((i) => `INSERT INTO p VALUES ('${iso(i)}', ${lat(i)}, 139.5);`), /SQL statements/],
    ['a dump', `-- MySQL dump\n-- Host\n\nCREATE TABLE p (t int);\n`, /SQL statements/],
    ['YAML', rows((i) => `- time: ${iso(i)}\n  lat: ${lat(i)}\n  lon: 139.5`), /YAML/],
    ['line protocol', rows((i) => `gps,car=1 lat=${lat(i)},lon=139.5 ${START + i}000000`), /line protocol/],
    ['AIS', rows(() => '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24'), /AIS messages/],
    ['PUBX', rows((i) => `$PUBX,00,01000${i % 10}.00,3500.1,N,13930.0,E,1,G3,5,5,36,0,0,,1,1,1,8,0,0*00`), /PUBX/],
    ['plus codes', table('time,plus_code', (i) => `${iso(i)},8Q7X4C2M+9X`), /latitude and longitude in degrees/],
  ])('%s', async (_, content, expected) => {
    const said = await failure(content);
    expect(said).toMatch(expected);
    expect(said).not.toMatch(/35\.0|139\.5/);
  });
  it.each([
    ['Set time', table('Set no,time,lat,lon', (i) => `1,${iso(i)},${lat(i)},139.5`)],
    ['a preamble', `Device: X\n  Serial: 12\n\n${plain}`],
  ])('a table that begins with %s is read', async (_, text) => expect((await read(text)).fixes.count).toBe(N));
});

describe('a point in well-known binary is read', () => {
  const point = (i: number, { little = true, srid = 0, z = false } = {}) => {
    const type = 1 + (z ? 1000 : 0);
    const bytes = Buffer.alloc(5 + (srid ? 4 : 0) + (z ? 24 : 16));
    const whole = (value: number, at: number) =>
      little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
    const number = (value: number, at: number) =>
      little ? bytes.writeDoubleLE(value, at) : bytes.writeDoubleBE(value, at);
    bytes[0] = little ? 1 : 0;
    whole(srid ? (type | 0x20000000) >>> 0 : type, 1);
    if (srid) whole(srid, 5);
    const from = srid ? 9 : 5;
    number(139.5, from);
    number(Number(lat(i)), from + 8);
    return bytes.toString('hex');
  };
  it.each([
    ['plain', (i: number) => point(i)],
    ['big-endian', (i: number) => point(i, { little: false })],
    ['with an SRID, as PostGIS prints it', (i: number) => point(i, { srid: 4326 }).toUpperCase()],
    ['with a height', (i: number) => point(i, { z: true })],
    ['as bytea', (i: number) => `\\x${point(i)}`],
  ])('%s', async (_, form) => {
    const log = await read(table('time,geom', (i) => `${iso(i)},${form(i)}`));
    expect([log.fixes.lat[3]?.toFixed(7), log.fixes.lon[3]]).toEqual([lat(3), 139.5]);
  });
  it.each([
    ['of Web Mercator', (i: number) => point(i, { srid: 3857 })],
    ['of a line', (i: number) => point(i).replace(/^0101/, '0102')],
    ['cut short', (i: number) => point(i).slice(0, -2)],
  ])('not one %s', async (_, form) =>
    expect(await failure(table('time,geom', (i) => `${iso(i)},${form(i)}`))).toMatch(/^LOG_NUMBER/),
  );
});

describe('whole numbers whose points were lost', () => {
  const lost = (value: string) => value.replace(/0+$/, '').replace('.', '');
  it('are refused where their lengths differ', async () => {
    const text = table('time,lat,lon', (i) => `${iso(i)},${lost(lat(i))},1395012${i % 3 ? 345 : 300}`, 120);
    expect(await failure(text)).toMatch(/^LOG_POSITION/);
  });
  it('whole numbers that pass ten degrees are read', async () => {
    const north = (i: number) => 99_999_000 + i * 900;
    const log = await read(table('time,lat,lon', (i) => `${iso(i)},${north(i)},1395012345`));
    expect(log.fixes.lat[5]).toBeCloseTo(10.00035, 6);
  });
});

it.each(['(UTC+9)', '(GMT+09:00)', '日本標準時', '（日本時間）', '(JST)'])('a time in %s', async (zone) => {
  const log = await read(table('time,lat,lon', (i) => `${wall(i, 9)} ${zone},${lat(i)},139.5`));
  expect([log.fixes.time_ms[0], log.input.zone.from]).toEqual([START, 'log']);
});
