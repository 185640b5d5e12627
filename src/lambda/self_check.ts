// SPDX-License-Identifier: MIT
// The check of a new version before it gets traffic. It analyzes the bundled drives on the bundled town with this
// version's code, module, settings and law, and compares the findings with what the drives are made to break. Then it
// compares the tiles of the served map with their checksums, as many as time allows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../analyzer.ts';
import { readLog } from '../logs/read.ts';
import { mapDigest } from '../map_digest.ts';
import { openSession } from '../session.ts';
import type { Checked, MapFacts } from './check_event.ts';

/** A drive and the rules that it breaks, sorted by name. */
export interface Expected {
  id: string;
  expect: string[];
}

/** A prime step, so that the checked tiles are spread over the map even if time ends early. */
const STRIDE = 7919;

/** `analyzer`: has `map` open. */
export function mapFacts(map: string, analyzer = new Analyzer(map)): MapFacts {
  const { name, osm_time_ms, tiles, bounds } = analyzer.mapInfo();
  return { name, osm_time_ms, tiles, bounds, digest: mapDigest(map) };
}

async function checkDrives(folder: string): Promise<Pick<Checked, 'drives' | 'wrong'>> {
  const session = openSession({ map: join(folder, 'town.tmap') });
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected[];
  const wrong: string[] = [];
  for (const { id, expect } of expected) {
    const plan = session.plan();
    const { findings } = plan.analyze(await readLog(join(folder, 'drives', `${id}.csv`), plan.reading));
    const violated = findings.filter(({ verdict }) => verdict === 'violated').map(({ rule }) => rule);
    const found = [...new Set(violated)].sort();
    if (found.join() !== expect.join()) wrong.push(`${id}: ${found.join() || 'nothing'}, not ${expect.join()}`);
  }
  return { drives: expected.length, wrong };
}

/** Verifies tiles until `ends`, in milliseconds of `performance.now()`; returns how many, and how many are damaged. */
function checkTiles(analyzer: Analyzer, ends: number): { damaged: number; verified: number } {
  const { tiles } = analyzer.mapInfo();
  const stride = tiles % STRIDE === 0 ? 1 : STRIDE;
  let [damaged, verified] = [0, 0];
  while (verified < tiles && performance.now() < ends) {
    if (analyzer.verifyTile((verified++ * stride) % tiles)) damaged++;
  }
  return { damaged, verified };
}

/**
 * `folder`: holds town.tmap, expected.json and drives/, as tools/check_set.ts makes them. `map`: path of the map that
 * the version serves. `ms`: milliseconds after which no further tile is checked. The result's `wrong` lists each
 * difference as a sentence; empty means that the version may get traffic.
 */
export async function selfCheck(folder: string, map: string, ms: number): Promise<Checked> {
  const ends = performance.now() + ms;
  const { drives, wrong } = await checkDrives(folder);
  const analyzer = new Analyzer(map);
  const { damaged, verified } = checkTiles(analyzer, ends);
  if (damaged > 0) wrong.push(`${damaged} of ${verified} tiles of the map are damaged: MAP_TILE`);
  return { drives, wrong, map: mapFacts(map, analyzer), verified };
}
