// SPDX-License-Identifier: MIT
// `tomare convert` as a command: one log to standard output, several to a folder, and what is refused.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture } from './all.ts';
import { DRIVE, fitFile, zipFile } from './builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const fixtures = join(import.meta.dirname, 'logs');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'convert', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function saved(name: string, data: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
}

describe('tomare convert', () => {
  it('one log goes to standard output, and how it was read to standard error', () => {
    const { status, stdout, stderr } = run('--to', 'csv', join(fixtures, 'ublox.nmea'));
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'time,lat,lon,speed_mps,heading_deg',
      '2026-10-05T01:00:00.000Z,35.11734,139.4242,10,90',
    ]);
    expect(stderr).toContain('nmea, 6 fixes of 7 rows; left out: 1 no_position (first: 1)');
  });

  it('through a chain of formats the drive stays the same', () => {
    const fit = saved('drive.fit', fitFile(DRIVE));
    const chain = ['gpx', 'geojson', 'ndjson', 'csv'].reduce((from, to) => {
      const path = join(folder, `chain.${to}`);
      expect(run('--to', to, from, '-o', path).status, to).toBe(0);
      return path;
    }, fit);
    expect(readFileSync(chain, 'utf8')).toBe(run('--to', 'csv', fit).stdout);
  });

  it('several logs, also in an archive, go to a folder; a bad one fails alone', () => {
    const zip = saved('week.zip', zipFile([1, 2].map((i) => ({ name: `${i}.gpx`, data: fixture('garmin.gpx') }))));
    const bad = saved('bad.gpx', '<gpx>');
    const out = join(folder, 'out');
    const { status, stderr } = run('--to', 'ndjson', zip, bad, join(fixtures, 'track.kml'), '-o', out);
    expect(status).toBe(1);
    expect(stderr).toContain('LOG_XML');
    expect(readdirSync(out).sort()).toEqual(['track.ndjson', 'week_1.ndjson', 'week_2.ndjson']);
  });

  it('says, also if it is to be quiet, that the output loses the doubt about the clock', () => {
    const row = (i: number, shift: number) =>
      `${new Date(Date.UTC(2026, 9, 5) + (i - shift) * 1000).toISOString()},${35 + i * 9e-5},${139 + 2e-5 * Math.sin(i * i)}`;
    const log = (shift: number) =>
      [
        'time,lat,lon',
        ...Array.from({ length: 120 }, (_, i) => i)
          .filter((i) => i < 50 || i > 80)
          .map((i) => row(i, i < 60 ? 0 : shift)),
      ].join('\n');
    const [set, control] = [saved('set.csv', log(25)), saved('control.csv', log(0))];
    const quiet = (path: string) => run('--to', 'csv', path, '-q').stderr;
    expect(quiet(set)).toContain('its times are in doubt, which no output format tells');
    expect(quiet(control)).toBe('');
  });

  it('refuses to guess a zone, or to put several logs into one stream', () => {
    const local = saved(
      'local.csv',
      'time,lat,lon\n2026-10-05 10:00:00,35.1,139.4\n2026-10-05 10:00:01,35.1,139.4001\n',
    );
    expect(run('--to', 'csv', local)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--tz') });
    expect(run('--to', 'csv', '--tz', 'Asia/Tokyo', local).stdout).toContain('2026-10-05T01:00:00.000Z');
    expect(run('--to', 'csv', local, local)).toMatchObject({ status: 2, stderr: expect.stringContaining('-o') });
    expect(run('--to', 'xls', local).status).toBe(2);
  });

  it('reads standard input', () => {
    const input = fixture('geolife.plt');
    const stdout = execFileSync(process.execPath, [main, 'convert', '--to', 'ndjson', '-'], { input, stdio: 'pipe' });
    expect(stdout.toString().split('\n')[0]).toBe('{"time":"2026-10-05T01:00:00.000Z","lat":35.11734,"lon":139.4242}');
  });
});
