// SPDX-License-Identifier: MIT
// The core trusts no host: a setting that is no number, or out of range, is refused at the boundary.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings, type Settings } from '../../src/settings/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-settings-'));

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e9])('max_candidates of %s', async (value) => {
  const analyzer = new Analyzer(join(folder, 'town.tmap'));
  const { fixes } = await readLog(join(folder, 'drives', 'stop-run.csv'), { timeZone: 'Asia/Tokyo' });
  const good = loadSettings() as Settings & Record<string, Record<string, unknown>>;
  const settings = { ...good, match: { ...good['match'], max_candidates: value } };
  expect(() => analyzer.analyze(fixes, { settings })).toThrow(expect.objectContaining({ errorName: 'BAD_BLOCK' }));
  expect(analyzer.analyze(fixes, { settings: good }).findings.length).toBeGreaterThan(0);
});
