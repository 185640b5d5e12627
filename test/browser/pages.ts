// SPDX-License-Identifier: MIT
// The pages under test: one drive, 210 drives, and one with hostile names, all of the bundled town.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { report } from '../../src/cli/report.ts';
import { buildMap } from '../../src/mapbuild.ts';

export const FOLDER = join(import.meta.dirname, '..', '..', 'build', 'browser');
const COPIES = 14;

export interface Pages {
  one: string;
  many: string;
  hostile: string;
  lawful: string;
  anonymous: string;
  /** What `one` and `anonymous` were made of. */
  log: string;
}

const HOSTILE = `<script>alert(1)</script> "><img src=x onerror=alert(2)> \u202Egnp.exe ${'長'.repeat(3000)}`;

export async function makePages(): Promise<Pages> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'many'), { recursive: true });
  makeDemo(FOLDER);
  const map = join(FOLDER, 'town.tmap');
  await buildMap({ inputs: [join(FOLDER, 'town.osm.pbf')], output: map });
  const drives = join(FOLDER, 'drives');
  const logs = readdirSync(drives).filter((name) => name.endsWith('.csv'));
  for (const name of logs) {
    for (let i = 0; i < COPIES; i++) cpSync(join(drives, name), join(FOLDER, 'many', `${name.slice(0, -4)}-${i}.csv`));
  }
  // a driver's name is text that the log brings along
  const [head = '', ...rows] = readFileSync(join(drives, 'stop-run.csv'), 'utf8').trimEnd().split('\n');
  const driver = `"${HOSTILE.replaceAll('"', '""')}"`;
  const hostileLog = join(FOLDER, 'hostile.csv');
  writeFileSync(hostileLog, [`${head},driver_id`, ...rows.map((row) => `${row},${driver}`)].join('\n'));
  const options = { map, profile: 'auto', vehicle: 'car', lang: 'en', quiet: true } as const;
  const make = async (paths: string[], name: string, anonymous = false) => {
    const output = join(FOLDER, name);
    if ((await report(paths, { ...options, anonymous, output })) > 0) throw new Error(`${name}: a log failed`);
    return output;
  };
  return {
    log: join(drives, 'stop-run.csv'),
    one: await make([join(drives, 'stop-run.csv')], 'one.html'),
    lawful: await make([join(drives, 'speeding.csv')], 'lawful.html'),
    anonymous: await make([join(drives, 'stop-run.csv')], 'anonymous.html', true),
    many: await make([join(FOLDER, 'many')], 'many.html'),
    hostile: await make([hostileLog], 'hostile.html'),
  };
}
