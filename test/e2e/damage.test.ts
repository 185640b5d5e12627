// SPDX-License-Identifier: MIT
// Damaged maps: each is refused with its code, and none makes the module trap.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { AnalyzerModule } from '../../src/abi/module.ts';
import { Analyzer, driveBlock } from '../../src/analyzer.ts';
import { TomareError } from '../../src/errors.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Log } from '../../src/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const settings = loadSettings();
let good: Buffer;
let log: Log;

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
  good = readFileSync(join(folder, 'town.tmap'));
  log = await readLog(join(folder, 'drives', 'stop-run.csv'), { timeZone: 'Asia/Tokyo' });
});

function outcome(bytes: Uint8Array): string {
  const path = join(folder, 'damaged.tmap');
  writeFileSync(path, bytes);
  try {
    new Analyzer(path).analyze(log.fixes, { settings });
    return 'OK';
  } catch (error) {
    return error instanceof TomareError ? error.errorName : `unexpected: ${error}`;
  }
}

const flipped = (at: number) => {
  const bytes = Buffer.from(good);
  bytes[at] = (bytes[at] ?? 0) ^ 0x40;
  return bytes;
};

it('a module that was given a damaged map opens the good one again, and answers as before', () => {
  const town = join(folder, 'town.tmap');
  const module = AnalyzerModule.open(town, 1 << 24);
  const block = driveBlock(log.fixes, { settings, route: true });
  const before = module.analyze(block);
  writeFileSync(join(folder, 'damaged.tmap'), Buffer.alloc(9000, 65));
  expect(() => module.reopen(join(folder, 'damaged.tmap'), 1 << 24)).toThrowError(TomareError);
  expect(() => module.analyze(block)).toThrowError(TomareError);
  module.reopen(town, 1 << 20);
  expect(module.analyze(block)).toEqual(before);
});

describe('damaged maps', () => {
  it('cut short', () => expect(outcome(good.subarray(0, good.length - 100))).toBe('MAP_TRUNCATED'));
  it('empty', () => expect(outcome(Buffer.alloc(0))).toBe('MAP_MAGIC'));
  it('something else', () => expect(outcome(Buffer.alloc(9000, 65))).toBe('MAP_MAGIC'));
  it('of a future version', () => {
    const bytes = Buffer.from(good);
    bytes.writeUInt32LE(99, 8);
    expect(outcome(bytes)).toBe('MAP_VERSION');
  });
  it('a flipped bit in the header', () => {
    for (let at = 24; at < 944; at += 7) expect(outcome(flipped(at)), `byte ${at}`).toMatch(/^MAP_(HEADER|TRUNCATED)$/);
  });
  it('a flipped bit in the directory', () => {
    const directory = Number(good.readBigUInt64LE(24));
    for (const at of [directory, directory + 16, directory + 30, directory + 48]) {
      expect(outcome(flipped(at))).toMatch(/^MAP_(DIRECTORY|TILE)$/);
    }
    expect(outcome(flipped(good.length - 1))).toBe('MAP_DIRECTORY');
  });
  it('a flipped bit in each section of a tile', () => {
    for (let section = 0; section < 17; section++) {
      const offset = good.readUInt32LE(4096 + 24 + section * 8);
      const count = good.readUInt32LE(4096 + 28 + section * 8);
      if (count > 0) expect(outcome(flipped(4096 + offset)), `section ${section}`).toBe('MAP_TILE');
    }
  });
  it('missing', () => {
    expect(() => new Analyzer(join(folder, 'none.tmap'))).toThrowError(
      expect.objectContaining({ errorName: 'MAP_OPEN' }),
    );
  });
  it('an arena that is too small for a tile', () => {
    const analyzer = new Analyzer(join(folder, 'town.tmap'), 1 << 14);
    expect(() => analyzer.analyze(log.fixes, { settings })).toThrowError(
      expect.objectContaining({ errorName: 'ARENA_SIZE' }),
    );
  });
  it('a drive outside the map', () => {
    const far = { ...log.fixes, lat: log.fixes.lat.map((v) => v - 20) };
    const analyzer = new Analyzer(join(folder, 'town.tmap'));
    expect(() => analyzer.analyze(far, { settings })).toThrowError(
      expect.objectContaining({ errorName: 'LOG_OUTSIDE_MAP', detail: expect.stringMatching(/town\.tmap covers lat/) }),
    );
  });
  it('a drive on the map but for exchanged columns', async () => {
    const west = 84; // degrees, to where both orders are on Earth
    const town = join(folder, 'town-exchanged.osm.pbf');
    const data = buildTown().data();
    const nodes = data.nodes.map((n) => ({ ...n, lon: n.lon - west }));
    writeFileSync(town, writeOsmPbf({ ...data, nodes }));
    await buildMap({ inputs: [town], output: `${town}.tmap` });
    const moved = log.fixes.lon.map((v) => v - west);
    const analyzer = new Analyzer(`${town}.tmap`);
    expect(analyzer.analyze({ ...log.fixes, lon: moved }, { settings }).matched).toBeGreaterThan(0);
    expect(() => analyzer.analyze({ ...log.fixes, lat: moved, lon: log.fixes.lat }, { settings })).toThrowError(
      expect.objectContaining({ errorName: 'LOG_SWAPPED' }),
    );
  });
});

describe('damaged extracts', () => {
  const build = async (bytes: Uint8Array) => {
    const input = join(folder, 'bad.osm.pbf');
    writeFileSync(input, bytes);
    await buildMap({ inputs: [input], output: join(folder, 'bad.tmap') });
  };
  const fails = (name: string) => expect.objectContaining({ errorName: name });

  it('without roads', async () => {
    const data = { nodes: [{ id: 1, lat: 35, lon: 139 }], ways: [], relations: [] };
    await expect(build(writeOsmPbf(data))).rejects.toEqual(fails('PBF_NO_ROADS'));
  });
  it('a latitude beyond the pole', async () => {
    const nodes = [35, 143].map((lat, i) => ({ id: i + 1, lat, lon: 139 }));
    const ways = [{ id: 1, refs: [1, 2], tags: { highway: 'primary' } }];
    await expect(build(writeOsmPbf({ nodes, ways, relations: [] }))).rejects.toEqual(fails('PBF_BLOCK'));
  });
  it('cut short', async () => {
    const whole = readFileSync(join(folder, 'town.osm.pbf'));
    await expect(build(whole.subarray(0, whole.length - 50))).rejects.toEqual(fails('PBF_FORMAT'));
  });
  it('not a PBF', async () => {
    await expect(build(Buffer.from('neither PBF nor XML'))).rejects.toEqual(fails('PBF_FORMAT'));
  });
  it('an output folder that is none', async () => {
    const building = buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: '/dev/null/x.tmap' });
    await expect(building).rejects.toEqual(fails('OUTPUT'));
  });
});
