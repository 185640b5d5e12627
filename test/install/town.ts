// SPDX-License-Identifier: MIT
// usage: town.ts FOLDER   the bundled town, compiled to FOLDER/town.tmap
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';

const [folder = ''] = process.argv.slice(2);
makeDemo(folder);
await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
