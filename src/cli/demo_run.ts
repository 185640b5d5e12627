// SPDX-License-Identifier: MIT
// `npm run demo`: compiles the bundled town, analyzes its drives, prints what was found, and fails
// when a drive that breaks a rule is not found out or a lawful one is accused.
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeWhole } from '../files.ts';
import { buildMap } from '../mapbuild.ts';
import { render, table } from '../report/formats.ts';
import type { Result } from '../report/result.ts';
import { openSession } from '../session.ts';
import { DEMO_FOLDER } from './demo.ts';
import { outcomeOf } from './outcome.ts';
import { report } from './report.ts';

const drives = makeDemo(DEMO_FOLDER);
const map = join(DEMO_FOLDER, 'town.tmap');
await buildMap({ inputs: [join(DEMO_FOLDER, 'town.osm.pbf')], output: map, name: 'town' });
const session = openSession({ map });
const results: Result[] = [];
const wrong: string[] = [];
for (const { id, expect } of drives) {
  const outcome = await outcomeOf(session, join(DEMO_FOLDER, 'drives', `${id}.csv`), { analyze: { route: true } });
  if ('error' in outcome) {
    wrong.push(`${id}: ${outcome.error}`);
    continue;
  }
  results.push(outcome.result);
  const found = new Set(outcome.result.findings.filter((f) => f.verdict === 'violated').map((f) => f.rule));
  for (const rule of expect) if (!found.delete(rule)) wrong.push(`${id}: ${rule} was expected`);
  for (const rule of found) wrong.push(`${id}: ${rule} was not expected`);
}
const file = join(DEMO_FOLDER, 'results.ndjson');
writeWhole(file, render(results, 'ndjson'));
process.stdout.write(table(results));
process.stdout.write(
  `\n${drives.length} drives, ${results.reduce((n, r) => n + r.findings.length, 0)} findings; the full results: ${file}\n`,
);
const page = join(DEMO_FOLDER, 'report.html');
const look = { map, output: page, profile: 'auto', vehicle: 'car', lang: 'en', anonymous: false, quiet: true } as const;
if ((await report([join(DEMO_FOLDER, 'drives')], look)) > 0) wrong.push('the report lacks a drive');
process.stdout.write(`Look at them: open ${page} in a browser\n`);
if (wrong.length > 0) {
  process.stderr.write(`tomare: the demo is not as it should be:\n${wrong.join('\n')}\n`);
  process.exitCode = 1;
}
