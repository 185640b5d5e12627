// SPDX-License-Identifier: MIT
// Writes maps, blocks and the blocks that node:wasi makes of them into a folder, for conform.py:
// node test/wasmtime/blocks.ts FOLDER. The town always; the real drives where ../shared/data is.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { packRoadsRequest } from '../../src/abi/roads_block.ts';
import { Analyzer, driveBlock } from '../../src/analyzer.ts';
import { TomareError } from '../../src/errors.ts';
import { logId } from '../../src/logs/ids.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings } from '../../src/settings/settings.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node test/wasmtime/blocks.ts FOLDER');
const settings = loadSettings();
/** One line per call: name, map, function, block, its answer, or the error's code in place of the answer. */
const list: string[] = [];
const MOST = 200_000;

function addCall(id: string, map: string, call: string, block: string, make: () => Uint8Array): void {
  let answer = `${id}.${call}`;
  try {
    writeFileSync(join(folder as string, answer), make());
  } catch (error) {
    if (!(error instanceof TomareError) || error.errorName !== 'LOG_OUTSIDE_MAP') throw error;
    answer = String(error.code);
  }
  list.push([id, basename(map), call, block, answer].join('\t'));
}

async function add(name: string, extract: string, logs: readonly string[]): Promise<void> {
  const map = join(folder as string, `${name}.tmap`);
  await buildMap({ inputs: [extract], output: map, name });
  const analyzer = new Analyzer(map);
  for (const path of logs) {
    const id = logs.length === 1 ? name : `${name}-${logId(path)}`;
    const { fixes } = await readLog(path, { timeZone: 'Asia/Tokyo' });
    const options = { settings, route: true };
    writeFileSync(join(folder as string, `${id}.drive`), driveBlock(fixes, options, analyzer.mapInfo().places));
    addCall(id, map, 'analyze', `${id}.drive`, () => analyzer.analyzeBlock(fixes, options));
    addCall(id, map, 'trace', `${id}.drive`, () => analyzer.traceBlock(fixes, options));
  }
  const request = packRoadsRequest({ box: analyzer.mapInfo().bounds, vehicle: 'car', classes: [], most: MOST });
  writeFileSync(join(folder as string, `${name}.box`), request);
  addCall(name, map, 'roads', `${name}.box`, () => analyzer.roadsBlock(request));
}

const filesOf = (path: string) =>
  readdirSync(path)
    .sort()
    .map((file) => join(path, file));

mkdirSync(folder, { recursive: true });
makeDemo(folder);
await add('town', join(folder, 'town.osm.pbf'), filesOf(join(folder, 'drives')));
if (existsSync(data)) {
  await add('curitiba', join(data, 'maps/curitiba-roads.osm.pbf'), filesOf(join(data, 'drives/curitiba')));
  await add('shibuya', join(data, 'maps/shibuya.osm.pbf'), filesOf(join(data, 'drives/tokyo')));
  for (const track of filesOf(join(data, 'kubicka'))) {
    await add(`kubicka-${basename(track)}`, join(track, 'map.osm.pbf'), [join(track, 'track.csv')]);
  }
} else {
  console.log('skip: the real drives, for ../shared/data is missing');
}
writeFileSync(join(folder, 'list.tsv'), `${list.join('\n')}\n`);
console.log(`${list.length} calls`);
