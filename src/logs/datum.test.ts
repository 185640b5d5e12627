// SPDX-License-Identifier: MIT
// A datum that the log names anywhere: positions in another one lie hundreds of metres off the road.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, N, p2, read, rows, table, wall } from './clean_drive.ts';

const plain = table('time,lat,lon', (i) => `${wall(i, 9)},${lat(i)},139.5`);
const named = (column: string) => plain.replace('lon', column);
const json = (member: string, value: string) =>
  JSON.stringify({
    [member]: value,
    points: Array.from({ length: N }, (_, i) => ({ time: iso(i), lat: Number(lat(i)), lon: 139.5 })),
  });
const nmea = (dtm: string) =>
  rows((i) => `$GPDTM,${dtm}\n$GPRMC,0100${p2(i)}.00,A,3500.${p2(i)}00,N,13930.0000,E,19.4,0.0,051026,,,A`);

describe('another datum than WGS 84 was read as WGS 84', () => {
  it.each([
    ['a line before the header', `# coordinate system: GCJ-02\n${plain}`],
    ['a line in Japanese', `測地系：Tokyo\n${plain}`],
    ['the old datum of Japan', `日本測地系で出力\n${plain}`],
    ['a member of JSON', json('coordType', 'gcj02')],
    ['a member of JSON, the datum', json('datum', 'Tokyo')],
    ['DTM of NMEA', nmea('TOY,,0.0,N,0.0,E,0.0,W84')],
    ['DTM of NMEA with offsets', nmea('999,,0.194,S,0.193,E,0.0,W84')],
  ])('%s', async (_, text) => expect(await failure(text)).toMatch(/^LOG_FORMAT .*another datum than WGS 84/));
  it.each(['经度(火星坐标)', '经度(百度坐标)', '経度(日本測地系)'])('the column %s', async (column) => {
    expect(await failure(named(column))).toMatch(/^LOG_COLUMN .*another datum than WGS 84/);
  });
});

describe('WGS 84 and what is as good stays', () => {
  it.each([
    ['the datum of Japan since 2002', named('経度(日本測地系2011)')],
    ['a drive in Tokyo', `Drive: Tokyo to Yokohama\n${plain}`],
    ['a line that names WGS 84', `Datum: WGS84\n${plain}`],
    ['a member that names WGS 84', json('datum', 'WGS84')],
    ['DTM of WGS 84', nmea('W84,,0.0,N,0.0,E,0.0,W84')],
  ])('%s', async (_, text) => expect((await read(text)).fixes.count).toBe(N));
});

it('NMEA without RMC and GGA is named', async () => {
  const text = rows((i) => `$GPGLL,3507.0000,N,13930.0000,E,0100${p2(i)}.00,A,A`);
  expect(await failure(text)).toMatch(/^LOG_NO_FIX .*no RMC, GGA or GNS/);
});
