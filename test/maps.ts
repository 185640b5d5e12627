// SPDX-License-Identifier: MIT
// Compiles every map of ../shared/data by WASM and by the native tool (TOMARE_NATIVE) and compares
// the bytes; verifies each; checks the figures that are known.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analyzer } from '../src/analyzer.ts';
import { TomareError } from '../src/errors.ts';
import { buildMap, mapName } from '../src/mapbuild.ts';

const data = join(import.meta.dirname, '..', '..', 'shared', 'data');
const native = process.env['TOMARE_NATIVE'];
if (!existsSync(data) || !native) throw new Error('needs ../shared/data, and the native tool in TOMARE_NATIVE');
const folder = mkdtempSync(join(tmpdir(), 'tomare-maps-'));
const KNOWN: Record<string, Record<string, number>> = {
  shibuya: { stops: 73 },
  malta: { stops: 142, stops_direction_given: 6, restrictions: 239 },
};
let wrong = 0;
const complain = (text: string) => {
  wrong++;
  console.error(text);
};

const maps = readdirSync(join(data, 'maps'))
  .filter((f) => f.endsWith('.pbf'))
  .map((f) => join(data, 'maps', f));
const tracks = readdirSync(join(data, 'kubicka')).map((n) => join(data, 'kubicka', n, 'map.osm.pbf'));
for (const input of [...maps, ...tracks].sort()) {
  const name = mapName(input);
  const [byWasm, byNative] = [join(folder, 'wasm.tmap'), join(folder, 'native.tmap')];
  rmSync(byWasm, { force: true });
  rmSync(byNative, { force: true });
  try {
    await buildMap({ inputs: [input], output: byWasm, name });
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    const status = spawnSync(native, [byNative, name, input]).status;
    console.log(`${name}: refused by both: ${error.message}`);
    if (status === 0 || error.errorName !== 'PBF_NO_ROADS') complain(`${name}: only one of the two refuses it`);
    continue;
  }
  spawnSync(native, [byNative, name, input], { stdio: 'inherit' });
  if (!readFileSync(byWasm).equals(readFileSync(byNative))) complain(`${name}: WASM and native differ`);
  const analyzer = new Analyzer(byWasm);
  const { tiles, statistics } = analyzer.mapInfo();
  for (let tile = 0; tile < tiles; tile++) if (analyzer.verifyTile(tile)) complain(`${name}: tile ${tile} is damaged`);
  for (const [key, value] of Object.entries(KNOWN[name] ?? {})) {
    if (statistics[key] !== value) complain(`${name}: ${key} is ${statistics[key]}, expected ${value}`);
  }
  if (!input.includes('kubicka'))
    console.log(`${name}: same bytes, ${tiles} tiles, ${statistics['segments']} segments`);
}
rmSync(folder, { recursive: true });
console.log(`${maps.length + tracks.length} maps, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
