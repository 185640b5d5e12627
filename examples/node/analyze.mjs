// SPDX-License-Identifier: MIT
// What drives did wrong, by the installed package: npm i tomare, then node analyze.mjs EXTRACT.osm.pbf LOG…
import { buildMap, openSession, TomareError } from 'tomare';

const [extract, ...logs] = process.argv.slice(2);
const map = extract.replace(/(\.osm)?\.pbf$/, '.tmap');
await buildMap({ inputs: [extract], output: map });
const session = openSession({ map, profile: 'jp' });
for (const log of logs) {
  try {
    const { drive, findings } = await session.run(log, { vehicle: 'car' });
    console.log(`${drive.id}: ${(drive.distance_m / 1000).toFixed(1)} km, ${findings.length} findings`);
    for (const { rule, verdict, start, road, confidence } of findings) {
      console.log(`  ${start} ${rule} ${verdict} on ${road.name ?? `way ${road.way}`} (${confidence})`);
    }
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    console.error(`${error.message} (${error.errorName})`); // this log alone has failed
  }
}
