// SPDX-License-Identifier: MIT
// Archives of several logs on disk: each log by its path, the rest said.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { logsIn } from '../../src/logs/archive.ts';
import { logId } from '../../src/logs/ids.ts';
import { readLog } from '../../src/logs/read.ts';
import { fixture } from './all.ts';
import { type ZipFileEntry, zipFile } from './builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, entries: readonly ZipFileEntry[]): string {
  const path = join(folder, name);
  writeFileSync(path, zipFile(entries));
  return path;
}

const CSV = `made by a logger\n\ntime,lat,lon\n2026-10-05T01:00:00Z,35.1,139.4\n2026-10-05T01:00:01Z,35.1,139.4001\n`;
const SEVERAL: ZipFileEntry[] = [
  { name: 'week/', data: '' },
  { name: 'week/monday.gpx', data: fixture('garmin.gpx') },
  { name: 'week/tuesday.csv', data: CSV },
  { name: 'wednesday.nmea.gz', data: gzipSync(fixture('ublox.nmea')) },
  { name: 'README.txt', data: 'Drives of a week.\nMonday, Tuesday and Wednesday.\n' },
  { name: '__MACOSX/._monday.gpx', data: 'x' },
  { name: 'photo.png', data: Buffer.from('89504e470d0a1a0a00', 'hex') },
];

async function listed(path: string) {
  const others: string[] = [];
  return { paths: await logsIn(path, (names) => others.push(...names)), others };
}

describe('archives', () => {
  it('each log of several has a path, and what is none is told', async () => {
    const path = write('drives.zip', SEVERAL);
    const { paths, others } = await listed(path);
    expect(paths).toEqual(
      ['week/monday.gpx', 'week/tuesday.csv', 'wednesday.nmea.gz'].map((name) => `${path}/${name}`),
    );
    expect(others).toEqual(['README.txt', 'photo.png']);
    const logs = await Promise.all(paths.map((each) => readLog(each, { timeZone: 'UTC' })));
    expect(logs.map(({ input, fixes }) => [input.format, fixes.count])).toEqual([
      ['gpx', 6],
      ['csv', 2],
      ['nmea', 6],
    ]);
    expect(paths.map(logId)).toEqual(['drives/week/monday', 'drives/week/tuesday', 'drives/wednesday']);
  });

  it('an archive of one log is that log', async () => {
    const path = write('one.zip', [SEVERAL[1], SEVERAL[4]] as ZipFileEntry[]);
    expect((await listed(path)).paths).toEqual([path]);
    const { id, input } = await readLog(path, { timeZone: 'UTC' });
    expect([id, input.warnings]).toEqual(['one', ['the archive has 1 more files, which are no logs']]);
  });

  it('what is no archive is itself: a file, a folder, nothing, a damaged archive', async () => {
    const plain = join(folder, 'a.csv');
    writeFileSync(plain, CSV);
    const broken = join(folder, 'broken.zip');
    writeFileSync(broken, zipFile(SEVERAL).subarray(0, 900));
    for (const path of [plain, folder, join(folder, 'none'), broken])
      expect((await listed(path)).paths).toEqual([path]);
    await expect(readLog(broken, { timeZone: 'UTC' })).rejects.toMatchObject({ errorName: 'LOG_ZIP' });
  });

  it('a path into an archive that is not there', async () => {
    const path = write('few.zip', SEVERAL);
    await expect(readLog(`${path}/none.gpx`, { timeZone: 'UTC' })).rejects.toMatchObject({
      errorName: 'LOG_READ',
      message: expect.stringContaining('no such entry'),
    });
    const plain = join(folder, 'a.csv');
    await expect(readLog(`${plain}/none.gpx`, { timeZone: 'UTC' })).rejects.toMatchObject({ errorName: 'LOG_READ' });
  });

  it('more entries than an archive may have', async () => {
    const path = write(
      'many.zip',
      Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, data: '', method: 0 })),
    );
    await expect(readLog(path, { timeZone: 'UTC' })).rejects.toMatchObject({ errorName: 'LOG_ZIP' });
  });
});
