// SPDX-License-Identifier: MIT
// What is left aside of the speeds and courses of real drives, at several steps: node test/channels/honest.ts. Needs
// ../shared/data; the drives of Tokyo are judged without their map, for the check asks none.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { thinned } from './judged.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
if (!existsSync(data)) throw new Error('needs ../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'tomare-honest-'));
const settings = loadSettings();

for (const [place, extract] of [
  ['curitiba', 'curitiba-roads'],
  ['tokyo', 'shibuya'],
] as const) {
  const map = join(folder, `${place}.tmap`);
  await buildMap({ inputs: [join(data, 'maps', `${extract}.osm.pbf`)], output: map });
  const analyzer = new Analyzer(map);
  for (const file of readdirSync(join(data, 'drives', place)).sort()) {
    const { fixes } = await readLog(join(data, 'drives', place, file), { timeZone: 'UTC' });
    for (const every of [1, 5, 10, 30]) {
      const drive = thinned(fixes, every);
      const where = `${place}/${file} every ${every}`.padEnd(52);
      try {
        const { channels } = analyzer.analyze(drive, { settings, vehicle: 'car', route: false });
        const { speed_ratio, speed_aside, speed_fixes, course_aside, course_fixes, notes } = channels;
        const speeds = `${speed_aside} of ${speed_fixes} speeds, ${course_aside} of ${course_fixes} courses`;
        console.log(`${where} ratio ${speed_ratio?.toFixed(3)}, aside ${speeds} ${notes.join(' ')}`);
      } catch (error) {
        console.log(`${where} ${(error as Error).message}`);
      }
    }
  }
}
rmSync(folder, { recursive: true });
