// SPDX-License-Identifier: MIT
// Compiles every map of ../shared/data by WASM and by the native tool (TOMARE_NATIVE) and compares
// the bytes; verifies each; checks the figures that are known.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOsm } from '../mapdata/demo/osm_reader.ts';
import { Analyzer } from '../src/analyzer.ts';
import { TomareError } from '../src/errors.ts';
import { buildMap, mapName } from '../src/mapbuild.ts';
import { overlayBlock } from '../src/overlay/block.ts';
import type { LeftOut, OverlayRow, Point } from '../src/overlay/rows.ts';

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
/** A limit by the hour along each one-way side street, drawn some metres aside of it. */
function limitsOf(input: string): OverlayRow[] {
  const { nodes, ways } = readOsm(input);
  return ways.flatMap(({ refs, tags }, i) => {
    const line = refs.flatMap((ref) => {
      const [lat, lon] = nodes.get(ref) ?? [];
      return lat === undefined || lon === undefined ? [] : [[lon + 0.00002, lat + 0.00003] as Point];
    });
    const whole = line.length === refs.length;
    if (!whole || tags['oneway'] !== 'yes' || tags['highway'] !== 'unclassified') return [];
    return [{ row: i + 1, kind: 'limit' as const, line, kmh: 20, condition: '07:00-09:00' }];
  });
}

const shibuya = join(data, 'maps', 'shibuya.osm.pbf');
const overlay = limitsOf(shibuya);
const [byWasm, byNative, rows] = ['wasm.tmap', 'native.tmap', 'rows'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
let left: LeftOut[] = [];
const onLeftOut = (rows: LeftOut[]) => {
  left = rows;
};
await buildMap({ inputs: [shibuya], output: byWasm, name: 'overlay', overlay, onLeftOut });
writeFileSync(rows, overlayBlock(overlay));
spawnSync(native, [byNative, 'overlay', shibuya, '--overlay', rows], { stdio: 'inherit' });
if (!readFileSync(byWasm).equals(readFileSync(byNative))) complain('shibuya with an overlay: WASM and native differ');
const withOverlay = new Analyzer(byWasm);
for (let tile = 0; tile < withOverlay.mapInfo().tiles; tile++) {
  if (withOverlay.verifyTile(tile)) complain(`shibuya with an overlay: tile ${tile} is damaged`);
}
const used = overlay.length - left.length;
console.log(`shibuya with an overlay: ${used} of ${overlay.length} rows used`);
for (const { row, reason } of left) console.log(`  row ${row}: ${reason}`);
if (used < 0.95 * overlay.length || overlay.length < 50) complain('shibuya: too few rows of the overlay are used');
rmSync(folder, { recursive: true });
console.log(`${maps.length + tracks.length} maps, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
