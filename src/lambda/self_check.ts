// SPDX-License-Identifier: MIT
// What a new version does before it has any traffic: the bundled drives through the bundled town, with the code, the
// module, the settings and the law of this version, and the findings held to what the drives are made to break. Then the
// tiles of its own map are held to their checksums, as many as there is time for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../analyzer.ts';
import { readLog } from '../logs/read.ts';
import { mapDigest } from '../map_digest.ts';
import { openSession } from '../session.ts';
import type { Checked, MapFacts } from './check_event.ts';

/** A drive and the rules that it breaks, in the order of the alphabet. */
export interface Expected {
  id: string;
  expect: string[];
}

/** A prime: the tiles that are looked at lie all over the map, however soon the time ends. */
const STRIDE = 7919;

export function mapFacts(map: string): MapFacts {
  const { name, osm_time_ms, tiles, bounds } = new Analyzer(map).mapInfo();
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

/** Damaged tiles of the map, and how many were looked at until `ends`. */
function checkTiles(map: string, ends: number): { damaged: number; verified: number } {
  const analyzer = new Analyzer(map);
  const { tiles } = analyzer.mapInfo();
  const stride = tiles % STRIDE === 0 ? 1 : STRIDE;
  let [damaged, verified] = [0, 0];
  while (verified < tiles && performance.now() < ends) {
    if (analyzer.verifyTile((verified++ * stride) % tiles)) damaged++;
  }
  return { damaged, verified };
}

/**
 * `folder`: has town.tmap, expected.json and drives, as tools/check_set.ts makes it. `map`: the one that the version
 * serves. `ms`: after which no more tiles are looked at.
 */
export async function selfCheck(folder: string, map: string, ms: number): Promise<Checked> {
  const ends = performance.now() + ms;
  const { drives, wrong } = await checkDrives(folder);
  const { damaged, verified } = checkTiles(map, ends);
  if (damaged > 0) wrong.push(`${damaged} of ${verified} tiles of the map are damaged: MAP_TILE`);
  return { drives, wrong, map: mapFacts(map), verified };
}
