// SPDX-License-Identifier: MIT
// What a new version does before it has any traffic: the bundled drives through the bundled town, with the code, the
// module, the settings and the law of this version, and the findings held to what the drives are made to break.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '../logs/read.ts';
import { openSession } from '../session.ts';
import type { Checked } from './check_event.ts';

/** A drive and the rules that it breaks, in the order of the alphabet. */
export interface Expected {
  id: string;
  expect: string[];
}

/** `folder`: has town.tmap, expected.json and drives, as tools/check_set.ts makes it. */
export async function selfCheck(folder: string): Promise<Checked> {
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
