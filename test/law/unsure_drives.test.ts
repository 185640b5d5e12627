// SPDX-License-Identifier: MIT
// From many drives to a better map: audit, overlay rows, a map that marks them, and the same drives again.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { logged, MIDDLE, type Street } from './street.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-unsure-'));
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const ONEWAY = { highway: 'residential', maxspeed: '80', oneway: 'yes' };
const STREET: Street = { tags: ONEWAY, ends: ONEWAY };
const OTHER = 101;
const DRIVES = 6;

let map = '';
const logs: string[] = [];

/** Against one of the streets alone. */
async function against(id: string, from: number, to: number, kmh: number): Promise<void> {
  const path: [number, number][] = [
    [from, 0],
    [to, 0],
  ];
  const drawn = await logged(STREET, { start: '2026-10-05T10:00:00+09:00', kmh, path });
  const log = join(folder, `${id}.csv`);
  copyFileSync(drawn.log, log);
  logs.push(log);
  map = drawn.map;
}

function run(...args: string[]): string {
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

/** "way verdict reasons" of the findings of all drives against a one-way street, from NDJSON. */
function wrongWays(results: string): string[] {
  const drives = results.trimEnd().split('\n');
  const findings = drives.flatMap((line) => JSON.parse(line).findings);
  return findings
    .filter((f) => f.rule === 'wrong-way')
    .map((f) => [f.road.way, f.verdict, ...f.reasons].join(' '))
    .toSorted();
}

beforeAll(async () => {
  for (let i = 0; i < DRIVES; i++) await against(`taxi-${i}`, 890, 310, 28 + i);
  await against('other', 290, 10, 30);
});

it('what audit writes and somebody keeps makes those drives undetermined, and no other', () => {
  const analyze = (on: string) => run('analyze', '--map', on, '--all', '--route', '--format', 'ndjson', ...logs);
  const before = analyze(map);
  const all = (text: string) => Array.from({ length: DRIVES }, () => text);
  expect(wrongWays(before)).toEqual([`${OTHER} violated`, ...all(`${MIDDLE} violated`)]);

  const results = join(folder, 'results.ndjson');
  writeFileSync(results, before);
  const overlay = join(folder, 'overlay.csv');
  run('audit', results, '--format', 'overlay', '-o', overlay);
  expect(readFileSync(overlay, 'utf8').trimEnd().split('\n').slice(1)).toEqual([
    expect.stringMatching(new RegExp(`^unsure,way/${MIDDLE},.*,wrong-way,`)),
  ]);

  const marked = join(folder, 'marked.tmap');
  const built = run('map', 'build', join(dirname(map), 'street.osm.pbf'), '-o', marked, '--overlay', overlay);
  expect(built).toContain('overlay_unsure: 1');
  expect(run('map', 'verify', marked)).toBeTruthy();
  expect(wrongWays(analyze(marked))).toEqual([`${OTHER} violated`, ...all(`${MIDDLE} undetermined map_contradiction`)]);
});
