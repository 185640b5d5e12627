// SPDX-License-Identifier: MIT
// Makes the folder of a function's self-check: the bundled town, its drives, and the rules that each breaks.
//   node tools/check_set.ts FOLDER
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../mapdata/demo/make.ts';
import { buildMap } from '../src/mapbuild.ts';

export async function makeCheckSet(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const drives = makeDemo(folder).map(({ id, expect }) => ({ id, expect: [...new Set(expect)].sort() }));
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(drives)}\n`);
  const extract = join(folder, 'town.osm.pbf');
  await buildMap({ inputs: [extract], output: join(folder, 'town.tmap'), name: 'town' });
  rmSync(extract);
}

if (process.argv[1] === import.meta.filename) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('usage: node tools/check_set.ts FOLDER');
  await makeCheckSet(folder);
}
