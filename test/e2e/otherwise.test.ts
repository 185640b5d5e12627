// SPDX-License-Identifier: MIT
// Drives whose positions are on the map only if they are read otherwise: refused by the name of what they are.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';

/** The town lies this far to the west of where it is made, so that both numbers may be latitudes. */
const WEST = 110;
const folder = mkdtempSync(join(tmpdir(), 'tomare-otherwise-'));
const drives: { id: string; rows: string[][] }[] = [];
let session: Session;

beforeAll(async () => {
  for (const { id } of makeDemo(folder)) {
    const lines = readFileSync(join(folder, 'drives', `${id}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    drives.push({ id, rows: lines.map((line) => line.split(',')) });
  }
  const data = buildTown().data();
  for (const node of data.nodes) node.lon -= WEST;
  const [input, map] = [join(folder, 'west.osm.pbf'), join(folder, 'west.tmap')];
  writeFileSync(input, writeOsmPbf(data));
  await buildMap({ inputs: [input], output: map });
  session = openSession({ map });
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(rows: string[][], form: (lat: number, lon: number) => [string, string], speeds: boolean): string {
  const log = join(folder, 'drive.csv');
  const lines = rows.map(([time, lat, lon, kmh]) => {
    const [y, x] = form(Number(lat), Number(lon) - WEST);
    return [time, y, x, ...(speeds ? [kmh] : [])].join();
  });
  writeFileSync(log, `time,lat,lon${speeds ? ',speed_kmh' : ''}\n${lines.join('\n')}\n`);
  return log;
}

const plain = (value: number) => value.toFixed(7);
const minutes = (value: number) => {
  const whole = Math.trunc(value);
  return `${whole}.${((value - whole) * 60).toFixed(6).padStart(9, '0').replace('.', '')}`;
};
const seconds = (value: number) => {
  const hundredths = Math.round(value * 360_000 * 10);
  const p = (part: number, width: number) => String(Math.floor(part)).padStart(width, '0');
  return `${Math.floor(hundredths / 3_600_000)}.${p((hundredths / 60_000) % 60, 2)}${p(hundredths % 60_000, 5)}`;
};

describe('the fifteen drives', () => {
  it('are read as they are', async () => {
    for (const { id, rows } of drives) {
      const { match } = await session.run(written(rows, (lat, lon) => [plain(lat), plain(lon)], true));
      expect(match.unmatched + match.off_road, id).toBeLessThan(0.05 * rows.length);
    }
  });
  it.each([
    ['exchanged', /^LOG_SWAPPED .*exchanged/, (lat: number, lon: number) => [plain(lon), plain(lat)]],
    [
      'west positive',
      /^LOG_DEGREES .*longitude has the other sign/,
      (lat: number, lon: number) => [plain(lat), plain(-lon)],
    ],
    [
      'without signs',
      /^LOG_DEGREES .*both have the other sign/,
      (lat: number, lon: number) => [plain(-lat), plain(-lon)],
    ],
    ['in D.MMSS', /^LOG_DEGREES .*D\.MMSS/, (lat: number, lon: number) => [seconds(lat), seconds(lon)]],
    ['in D.MMmm', /^LOG_DEGREES .*D\.MMmm/, (lat: number, lon: number) => [minutes(lat), minutes(lon)]],
  ] as const)('%s are refused by that name, with speeds and without', async (_, expected, form) => {
    for (const { id, rows } of drives) {
      for (const speeds of [true, false]) {
        const log = written(rows, (lat, lon) => form(lat, lon) as [string, string], speeds);
        const failure = await session.run(log).then(
          () => 'it was read',
          (error) => `${error.errorName} ${error.message}`,
        );
        expect(failure, id).toMatch(expected);
        expect(failure).not.toMatch(/\d\.\d{3}/);
      }
    }
  });
});
