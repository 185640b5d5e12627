// SPDX-License-Identifier: MIT
// A batch that is killed (SIGKILL) while it works, and resumed, ends with the bytes of one that was not. With 1,000 drives,
// every format and the memory watched: npm run check -- command.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { brokenRun, killedRun, wholeRun } from '../command/broken.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-resume-'));
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const args = (out: string, ...more: string[]) => {
  return [main, 'analyze', '--map', 'town.tmap', '--jobs', '2', '--all', '-q', '-o', out, ...more];
};
const read = (name: string) => readFileSync(join(folder, name));

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
  mkdirSync(join(folder, 'many'));
  for (const name of readdirSync(join(folder, 'drives'))) {
    for (let i = 0; i < 4; i++) copyFileSync(join(folder, 'drives', name), join(folder, 'many', `${i}-${name}`));
  }
  writeFileSync(join(folder, 'bad.csv'), 'time,lat,lon\n2026-10-05T10:00:00Z,north,139\n');
});

describe('--resume', () => {
  it.each([
    ['ndjson', 100_000],
    ['geojson', 200_000],
  ])('%s: killed at random, the bytes are those of one go', async (ending, most) => {
    const logs = ['many', 'bad.csv'];
    const whole = await wholeRun(args(`whole.${ending}`, ...logs), folder);
    expect(whole.code).toBe(1); // one log is bad
    const out = `broken.${ending}`;
    const broken = await brokenRun(args(out, ...logs, '--resume'), folder, join(folder, `${out}.resume`), most);
    expect(broken.kills).toBeGreaterThan(0);
    // a kill while the output itself was written leaves a file, which the next run names
    const said = broken.err.replace(/^tomare: \S+\.part is the unfinished output of .*\n/gm, '');
    expect([broken.code, said]).toEqual([1, whole.err]);
    expect(read(out).equals(read(`whole.${ending}`))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith(`${out}.resume`))).toEqual([]);
  });

  it('goes on only with what it was begun with', async () => {
    const [own, journal] = [join(folder, 'own.csv'), join(folder, 'late.csv.resume')];
    copyFileSync(join(folder, 'drives', 'stop-run.csv'), own);
    const command = args('late.csv', 'many', 'own.csv', '--resume');
    expect((await killedRun(command, folder, journal, 1)).killed).toBe(true);
    const other = await wholeRun([...command, '--vehicle', 'bus'], folder);
    expect([other.code, other.err]).toEqual([
      2,
      expect.stringMatching(/late\.csv\.resume: it was begun with other options;/),
    ]);
    utimesSync(own, 1, 1);
    const touched = await wholeRun(command, folder);
    expect([touched.code, touched.err]).toEqual([2, expect.stringMatching(/it was begun with other logs;/)]);
  });
});
