// SPDX-License-Identifier: MIT
// What is left aside of the speeds and courses of real drives, at several steps: node test/channels/honest.ts. Needs
// ../shared/data. The check asks no map, so one road where the drive begins is map enough.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Fixes } from '../../src/types.ts';
import { thinned } from './judged.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'drives');
if (!existsSync(data)) throw new Error('needs ../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'tomare-honest-'));
const settings = loadSettings();

/** A map of one road, where the drive begins. */
async function roadAt(fixes: Fixes, name: string): Promise<string> {
  const [lat = 0, lon = 0] = [fixes.lat[0], fixes.lon[0]];
  const input = join(folder, `${name}.osm.pbf`);
  const output = join(folder, `${name}.tmap`);
  const nodes = [0, 0.001].map((off, i) => ({ id: i + 1, lat: lat + off, lon }));
  const ways = [{ id: 1, refs: [1, 2], tags: { highway: 'residential' } }];
  writeFileSync(input, writeOsmPbf({ nodes, ways, relations: [] }));
  await buildMap({ inputs: [input], output });
  return output;
}

for (const place of readdirSync(data).sort()) {
  for (const file of readdirSync(join(data, place)).sort()) {
    const { fixes } = await readLog(join(data, place, file), { timeZone: 'UTC' });
    const analyzer = new Analyzer(await roadAt(fixes, file));
    for (const every of [1, 5, 10, 30]) {
      const { channels } = analyzer.analyze(thinned(fixes, every), { settings, vehicle: 'car', route: false });
      const { speed_ratio, speed_aside, speed_fixes, course_aside, course_fixes, notes } = channels;
      const shares = `${speed_aside} of ${speed_fixes} speeds, ${course_aside} of ${course_fixes} courses aside`;
      const where = `${place}/${file}, 1 fix of ${every}`.padEnd(50);
      console.log(`${where} ratio ${speed_ratio?.toFixed(3) ?? '–'}, ${shares}  ${notes.join(' ')}`);
    }
  }
}
rmSync(folder, { recursive: true });
