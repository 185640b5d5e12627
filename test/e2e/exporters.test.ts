// SPDX-License-Identifier: MIT
// Drives of the bundled town as exporters write them: the findings are those of the plain log, for the lawful and the guilty.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
let session: Session;
beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
  session = openSession({ map: join(folder, 'town.tmap') });
});

interface Row {
  ms: number;
  lat: string;
  lon: string;
  mps: number;
  heading: string;
}

const rowsOf = (id: string): Row[] =>
  readFileSync(join(folder, 'drives', `${id}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [time = '', lat = '', lon = '', kmh, heading = ''] = line.split(',');
      return { ms: Date.parse(time), lat, lon, mps: Number(kmh) / 3.6, heading };
    });
const table = (header: string, row: (r: Row) => string) => (rows: Row[]) => `${header}\n${rows.map(row).join('\n')}\n`;
const iso = (ms: number) => new Date(ms).toISOString();
const GPS_MS = Date.UTC(1980, 0, 6) - 18_000;
const WEEK_MS = 7 * 86_400_000;

const found = async (text: string) => {
  const file = join(folder, 'drive.csv');
  writeFileSync(file, text);
  const { findings } = await session.run(file, { all: true });
  return findings.map(({ rule, verdict }) => `${rule} ${verdict}`).sort();
};
const withSpeed = table('time,lat,lon,speed_mps', (r) => `${iso(r.ms)},${r.lat},${r.lon},${r.mps}`);
const positions = table('time,lat,lon', (r) => `${iso(r.ms)},${r.lat},${r.lon}`);

const SHAPES: [string, (rows: Row[]) => string, (rows: Row[]) => string][] = [
  [
    'DJI: paths, mph, the home beside',
    table(
      'CUSTOM.updateTime,HOME.latitude,HOME.longitude,OSD.latitude,OSD.longitude,OSD.hSpeed [MPH]',
      (r) => `${iso(r.ms)},35.2,139.3,${r.lat},${r.lon},${r.mps / 0.44704}`,
    ),
    withSpeed,
  ],
  [
    'GPS week and seconds',
    table('GPS Week,GPS Seconds,latitude,longitude,speed_mps', (r) => {
      const ms = r.ms - GPS_MS;
      return `${Math.floor(ms / WEEK_MS)},${(ms % WEEK_MS) / 1000},${r.lat},${r.lon},${r.mps}`;
    }),
    withSpeed,
  ],
  [
    'RTKLIB in GPS time',
    table(
      '%  GPST   latitude(deg) longitude(deg)  height(m)   Q  ns',
      (r) =>
        `${iso(r.ms + 18_000)
          .slice(0, 23)
          .replace('T', ' ')
          .replaceAll('-', '/')}  ${r.lat}  ${r.lon}  12.0  5  9`,
    ),
    positions,
  ],
  [
    'MiX: kilometres with an s at each end',
    table(
      'Timestamp,Latitude,Longitude,SpeedKilometresPerHour',
      (r) => `${iso(r.ms)},${r.lat},${r.lon},${r.mps * 3.6}`,
    ),
    withSpeed,
  ],
  [
    'a UTC clock beside that of an office',
    table(
      'LocalTime,EventTimeUtc,Lat,Lng,SpeedKnots',
      (r) =>
        `${iso(r.ms - 5 * 3_600_000).slice(0, 19)},${iso(r.ms).slice(0, 19)},${r.lat},${r.lon},${(r.mps * 3600) / 1852}`,
    ),
    withSpeed,
  ],
];

it.each(SHAPES)('%s', async (_, shape, plain) => {
  for (const id of ['lawful-errand', 'lawful-expressway', 'stop-run', 'speeding', 'school-morning']) {
    const rows = rowsOf(id);
    expect(await found(shape(rows)), id).toEqual(await found(plain(rows)));
  }
});

it('times cut to minutes accused lawful drives of speeding', async () => {
  const minutes = (step: number) => (rows: Row[]) =>
    positions(rows.filter((_, i) => i % step === 0).map((r) => ({ ...r, ms: Math.floor(r.ms / 60_000) * 60_000 })));
  for (const id of ['lawful-errand', 'lawful-oneway', 'lawful-expressway'])
    for (const step of [7, 75])
      expect((await found(minutes(step)(rowsOf(id)))).join(), `${id} ${step}`).not.toMatch(/violated/);
  // with a fix a second the first of each minute is near enough
  expect(await found(minutes(1)(rowsOf('speeding')))).toContain('speeding violated');
  expect((await found(minutes(1)(rowsOf('lawful-errand')))).join()).not.toMatch(/violated/);
});
