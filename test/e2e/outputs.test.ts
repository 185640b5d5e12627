// SPDX-License-Identifier: MIT
// The outputs of `tomare analyze`, by the command itself: every format in a file and a pipe, tables in a folder, stretches as
// lines along their ways, the page, and what does not go together.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { FORMATS } from '../../src/report/formats.ts';
import type { Result } from '../../src/report/result.ts';
import { TABLES } from '../../src/report/tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const map = join(folder, 'town.tmap');
const drives = join(folder, 'drives');
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const drive = (id: string) => join(drives, `${id}.csv`);

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  writeFileSync(join(folder, 'bad.csv'), 'time,lat,lon\n2026-10-05T10:00:00Z,north,139\n');
});

function analyze(...args: string[]) {
  const command = ['--disable-warning=ExperimentalWarning', main, 'analyze', '--map', map, ...args];
  const done = spawnSync(process.execPath, command, { maxBuffer: 1 << 26 });
  return { code: done.status, out: done.stdout, err: done.stderr.toString() };
}

describe('every format', () => {
  it.each(FORMATS)(
    '%s: a file by two jobs and a pipe by one have the same bytes',
    (format) => {
      const out = join(folder, `all.${format}`);
      expect(analyze('--format', format, '--out', out, '--all', '--jobs', '2', drives).code).toBe(0);
      const piped = analyze('--format', format, '--all', drives);
      expect(piped.code).toBe(0);
      expect(piped.out.length).toBeGreaterThan(1000);
      expect(piped.out.equals(readFileSync(out))).toBe(true);
    },
    60_000,
  );

  it('JSON of two logs of which one is bad is an array', () => {
    const { code, out } = analyze('--format', 'json', join(folder, 'bad.csv'), drive('speeding'));
    expect(code).toBe(1);
    expect((JSON.parse(out.toString()) as Result[]).map((r) => r.drive.id)).toEqual(['speeding']);
  });

  it.each(['json', 'csv', 'parquet', 'html'])('%s: a pipe stays empty where no log could be read', (format) => {
    const { code, out } = analyze('--format', format, join(folder, 'bad.csv'));
    expect([code, out.length]).toEqual([1, 0]);
  });

  it('no page is left where no log could be read, and an earlier one stays', () => {
    const out = join(folder, 'page.html');
    expect(analyze('--format', 'html', '--out', out, join(folder, 'bad.csv')).code).toBe(1);
    expect(existsSync(out)).toBe(false);
    writeFileSync(out, 'earlier');
    expect(analyze('--format', 'html', '--out', out, join(folder, 'bad.csv')).code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('earlier');
  });
});

describe('tables', () => {
  it.each(['csv', 'parquet'])(
    '%s: a folder takes all, a file takes the one that is asked for',
    (format) => {
      const out = join(folder, `tables-${format}`);
      mkdirSync(out);
      expect(analyze('--format', format, '--out', out, drives).code).toBe(0);
      expect(readdirSync(out).sort()).toEqual(TABLES.map((table) => `${table}.${format}`).sort());
      for (const table of TABLES) {
        const one = analyze('--format', format, '--table', table, drives);
        expect(one.out.equals(readFileSync(join(out, `${table}.${format}`))), table).toBe(true);
      }
      expect(analyze('--format', format, drives).out.equals(readFileSync(join(out, `findings.${format}`)))).toBe(true);
    },
    60_000,
  );

  it('a folder that is named by a slash is made', async () => {
    const out = join(folder, 'new');
    expect(analyze('--format', 'parquet', '--out', `${out}/`, drive('speeding')).code).toBe(0);
    const bytes = readFileSync(join(out, 'findings.parquet'));
    const [row] = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    const [finding] = JSON.parse(analyze('--format', 'json', drive('speeding')).out.toString()).findings;
    expect(row).toMatchObject({ rule: 'speeding', start: new Date(finding.start), utc_offset_min: 540 });
    expect(row?.['way']).toBe(BigInt(finding.road.way));
    expect([row?.['over_kmh'], row?.['fine_yen']]).toEqual([finding.measured.over_kmh, finding.offence.fine_yen]);
  });

  it.each([
    ['--excel is of CSV alone', ['--format', 'parquet', '--excel'], /--excel is of --format csv/],
    ['--table is of tables', ['--format', 'json', '--table', 'drives'], /--table is of --format csv or parquet/],
    [
      'a folder takes all tables',
      ['--format', 'csv', '--table', 'drives', '--out', '/tmp/'],
      /names one table; the folder/,
    ],
    ['a table that is none', ['--format', 'csv', '--table', 'trips'], /findings, exposure, drives/],
  ])('%s', (_, args, message) => {
    const { code, err } = analyze(...args, drive('speeding'));
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});

interface Feature {
  geometry: { type: string; coordinates: [number, number] | [number, number][] };
  properties: Record<string, unknown>;
}
const features = (...args: string[]): Feature[] =>
  JSON.parse(analyze('--format', 'geojson', ...args).out.toString()).features;

/** Metres along a line. */
function lengthOf(line: [number, number][]): number {
  let sum = 0;
  for (const [i, [lon, lat]] of line.entries()) {
    const [lon0, lat0] = line[i - 1] ?? [lon, lat];
    sum += Math.hypot((lon - lon0) * Math.cos((lat * Math.PI) / 180), lat - lat0) * 111_195;
  }
  return sum;
}

describe('GeoJSON', () => {
  it('draws a stretch as the line that was driven, as long as its finding says, and a place as a point', () => {
    const found = features(drives);
    const lines = found.filter(({ geometry }) => geometry.type === 'LineString');
    expect(new Set(lines.map(({ properties }) => properties['rule']))).toEqual(
      new Set(['speeding', 'wrong-way', 'no-entry']),
    );
    for (const { geometry, properties } of lines) {
      const length = lengthOf(geometry.coordinates as [number, number][]);
      expect(Math.abs(length / (properties['length_m'] as number) - 1), String(properties['drive'])).toBeLessThan(0.05);
    }
    const points = found
      .filter(({ geometry }) => geometry.type === 'Point')
      .map(({ properties }) => properties['rule']);
    expect(new Set(points)).toEqual(new Set(['stop-sign', 'level-crossing', 'turn-ban']));
  });

  it('has the ways driven with --route, each named by its drive', () => {
    const found = features('--route', drive('speeding'), drive('stop-run'));
    const ways = found.filter(({ properties }) => 'road_class' in properties);
    expect(new Set(ways.map(({ properties }) => properties['drive']))).toEqual(new Set(['speeding', 'stop-run']));
    expect(found.length - ways.length).toBe(2);
    const audited = features('--audit', join(folder, 'places.csv'), drive('speeding'));
    expect(audited.map(({ geometry }) => geometry.type)).toEqual(['LineString']);
  });
});
