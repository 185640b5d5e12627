// SPDX-License-Identifier: MIT
// The bundled town, end to end: findings, goldens, and the same bytes for every way of building.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoEntry, makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { render } from '../../src/report/formats.ts';
import { type Result, resultSchema } from '../../src/report/result.ts';
import { openSession } from '../../src/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const map = join(folder, 'town.tmap');
const results = new Map<string, Result>();
let drives: DemoEntry[] = [];
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

beforeAll(async () => {
  drives = makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  const session = openSession({ map });
  for (const { id } of drives) {
    results.set(id, await session.run(join(folder, 'drives', `${id}.csv`), { route: true, all: true }));
  }
});

describe('the town', () => {
  it('every drive is judged as it was driven', () => {
    for (const { id, expect: expected } of drives) {
      const violated =
        results
          .get(id)
          ?.findings.filter((f) => f.verdict === 'violated')
          .map((f) => f.rule) ?? [];
      expect([...new Set(violated)].sort(), id).toEqual(expected.toSorted());
    }
  });

  it('positions of the Tokyo datum, which no word names, are refused by that name', async () => {
    for (const { id } of drives) {
      const [header = '', ...lines] = readFileSync(join(folder, 'drives', `${id}.csv`), 'utf8')
        .trim()
        .split('\n');
      const moved = lines.map((line) => {
        const [time, lat, lon, ...rest] = line.split(',');
        return [time, (Number(lat) - 0.003243).toFixed(7), (Number(lon) + 0.003234).toFixed(7), ...rest].join();
      });
      const log = join(folder, 'tokyo.csv');
      writeFileSync(log, `${[header, ...moved].join('\n')}\n`);
      await expect(openSession({ map }).run(log), id).rejects.toThrow(/日本測地系/);
    }
  });

  it('results keep the contract', () => {
    for (const result of results.values()) resultSchema.parse(result);
  });

  it('the table has evidence for every finding, of every verdict', () => {
    expect(render([...results.values()], 'table')).not.toMatch(/undefined|\?/);
  });

  it('results equal the golden', async () => {
    const text = render([...results.values()], 'ndjson');
    await expect(text).toMatchFileSnapshot('../goldens/town.ndjson');
  });

  it('the map is the same for raw and zlib blobs, dense and plain nodes, sorted or not', async () => {
    const data = buildTown().data();
    const variants = [
      { compress: 'raw' as const },
      { dense: false },
      { waysFirst: true },
      { block: 50, sorted: true },
      { block: 50, waysFirst: true, sorted: true }, // it says so, and is not
    ];
    const bodies = new Set<string>();
    for (const [i, options] of [{}, ...variants].entries()) {
      const input = join(folder, `v${i}.osm.pbf`);
      writeFileSync(input, writeOsmPbf(data, options));
      await buildMap({ inputs: [input], output: `${input}.tmap`, name: 'v' });
      const bytes = readFileSync(`${input}.tmap`);
      bodies.add(createHash('sha256').update(bytes.subarray(4096)).digest('hex'));
    }
    expect(bodies.size).toBe(1);
  });

  it('the same map comes from every run', async () => {
    await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'again.tmap') });
    expect(sha256(join(folder, 'again.tmap'))).toBe(sha256(map));
  });

  it('smaller tiles change the map and not the findings', async () => {
    const small = join(folder, 'small.tmap');
    await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: small, tileTarget: 4096 });
    const analyzer = new Analyzer(small);
    expect(analyzer.mapInfo().tiles).toBeGreaterThan(10);
    for (let tile = 0; tile < analyzer.mapInfo().tiles; tile++) expect(analyzer.verifyTile(tile)).toBeUndefined();
    const session = openSession({ map: small });
    for (const { id } of drives) {
      const log = await readLog(join(folder, 'drives', `${id}.csv`), { timeZone: 'Asia/Tokyo' });
      const found = session.analysis(log.fixes).findings.filter((f) => f.verdict === 'violated');
      const golden = results.get(id)?.findings.filter((f) => f.verdict === 'violated') ?? [];
      expect(
        found.map((f) => f.rule),
        id,
      ).toEqual(golden.map((f) => f.rule));
    }
  });
});
