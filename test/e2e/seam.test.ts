// SPDX-License-Identifier: MIT
// Longitude 34.7483648 is the middle of the format's square, where the quadtree divides first. The town is put
// astride it: no road may be lost there, and drives are judged as at home.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Plan } from '../../src/session.ts';

const SEAM = 2 ** 31 / 1e7 - 180;

it('a town astride the middle of the square is whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
  const drives = makeDemo(folder);
  const data = buildTown().data();
  const longitudes = data.nodes.map((n) => n.lon);
  const shift = SEAM - (Math.min(...longitudes) + Math.max(...longitudes)) / 2;
  const nodes = data.nodes.map((n) => ({ ...n, lon: n.lon + shift }));
  writeFileSync(join(folder, 'seam.osm.pbf'), writeOsmPbf({ ...data, nodes }));
  for (const name of ['town', 'seam']) {
    await buildMap({ inputs: [join(folder, `${name}.osm.pbf`)], output: join(folder, `${name}.tmap`) });
  }
  const [home, seam] = [new Analyzer(join(folder, 'town.tmap')), new Analyzer(join(folder, 'seam.tmap'))];
  const { tiles, statistics } = seam.mapInfo();
  expect(tiles).toBeGreaterThan(1);
  for (let tile = 0; tile < tiles; tile++) expect(seam.verifyTile(tile)).toBeUndefined();
  expect(statistics['segments']).toBeGreaterThan(home.mapInfo().statistics['segments'] ?? 0);
  const [atHome, atSeam] = ['town', 'seam'].map((name) =>
    openSession({ map: join(folder, `${name}.tmap`), profile: 'jp', timeZone: 'Asia/Tokyo' }).plan(),
  ) as [Plan, Plan];
  for (const { id } of drives) {
    const { fixes } = await readLog(join(folder, 'drives', `${id}.csv`), { timeZone: 'Asia/Tokyo' });
    const there = atHome.analysis(fixes);
    const here = atSeam.analysis({ ...fixes, lon: fixes.lon.map((v) => v + shift) });
    const violated = (a: typeof here) => a.findings.filter((f) => f.verdict === 'violated').map((f) => f.rule);
    expect(violated(here), id).toEqual(violated(there));
    expect(Math.abs(here.distance_m - there.distance_m), id).toBeLessThan(5);
  }
});
