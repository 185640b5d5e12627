// SPDX-License-Identifier: MIT
// The demo's drives in a town in China: in GCJ-02 or BD-09 they are refused by that name, in WGS 84 they are read.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { latOfBaidu, latOfGcj, lonOfBaidu, lonOfGcj } from '../../src/logs/china.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';

/** Degrees by which the town lies to the west of where it is made: in Jiangsu. */
const WEST = 20;
const folder = mkdtempSync(join(tmpdir(), 'tomare-china-'));
let drives: string[] = [];
let session: Session;

beforeAll(async () => {
  drives = makeDemo(folder).map(({ id }) => readFileSync(join(folder, 'drives', `${id}.csv`), 'utf8'));
  const data = buildTown().data();
  for (const node of data.nodes) node.lon -= WEST;
  const [input, map] = [join(folder, 'china.osm.pbf'), join(folder, 'china.tmap')];
  writeFileSync(input, writeOsmPbf(data));
  await buildMap({ inputs: [input], output: map });
  session = openSession({ map });
});
afterAll(() => rmSync(folder, { recursive: true }));

type Shift = (value: number, other: number) => number;
/** The position that `back` leads to this one. */
function shifted(lat: number, lon: number, latBack: Shift, lonBack: Shift): [lat: number, lon: number] {
  let [y, x] = [lat, lon];
  for (let i = 0; i < 4; i++) [y, x] = [y + lat - latBack(y, x), x + lon - lonBack(x, y)];
  return [y, x];
}
const same: Shift = (value) => value;

async function outcome(drive: string, latBack: Shift, lonBack: Shift): Promise<string> {
  const log = join(folder, 'drive.csv');
  const rows = drive.trim().split('\n').slice(1);
  const lines = rows.map((row) => {
    const [time, lat, lon] = row.split(',');
    const [y, x] = shifted(Number(lat), Number(lon) - WEST, latBack, lonBack);
    return `${time},${y.toFixed(7)},${x.toFixed(7)}`;
  });
  writeFileSync(log, `time,lat,lon\n${lines.join('\n')}\n`);
  return session.run(log).then(
    () => 'read',
    (error: Error) => /GCJ-02|BD-09/.exec(error.message)?.[0] ?? error.message,
  );
}

it.each([
  ['read', same, same],
  ['GCJ-02', latOfGcj, lonOfGcj],
  ['BD-09', latOfBaidu, lonOfBaidu],
] as const)('%s', async (expected, latBack, lonBack) => {
  const found = [];
  for (const drive of drives) found.push(await outcome(drive, latBack, lonBack));
  expect(found).toEqual(drives.map(() => expected));
});
