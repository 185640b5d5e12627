// SPDX-License-Identifier: MIT
// The seed corpus of the fuzzers, made from the bundled town: node tools/fuzz_seeds.ts FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { demoDrives } from '../mapdata/demo/drives.ts';
import { type OsmData, writeOsmPbf } from '../mapdata/demo/osm_pbf.ts';
import { Plane } from '../mapdata/demo/plane.ts';
import type { LoggedFix } from '../mapdata/demo/simulate.ts';
import { BLOCK, buildTown } from '../mapdata/demo/town.ts';
import { FILE_HEADER } from '../src/layout.ts';
import { buildMap } from '../src/mapbuild.ts';
import { overlayBlock } from '../src/overlay/block.ts';
import type { OverlayRow, Point } from '../src/overlay/rows.ts';

const E7_PER_STEP = 10;
/** Requests of fuzz_roads: bounds, vehicle, classes, most, and a zero. */
const BOXES = [
  [-900_000_000, -1_800_000_000, 900_000_000, 1_800_000_000, 0, 0, 100_000, 0],
  [350_900_000, 1_394_100_000, 351_100_000, 1_394_300_000, 4, 0b1111, 50, 0],
  [351_000_000, 1_394_200_000, 351_000_000, 1_394_200_000, 6, 0, 0, 0],
];

/** The streets of the town within some blocks of a crossing, with what hangs on them. */
function part(data: OsmData, town: ReturnType<typeof buildTown>, x: number, y: number, blocks: number): OsmData {
  const inside = new Set<number>();
  for (const node of town.nodes.values()) {
    const near = Math.max(Math.abs(node.at.x - x * BLOCK), Math.abs(node.at.y - y * BLOCK)) <= blocks * BLOCK;
    if (near) inside.add(node.id);
  }
  const ways = data.ways.filter((way) => way.refs.every((ref) => inside.has(ref)));
  const kept = new Set(ways.map((way) => way.id));
  return {
    nodes: data.nodes.filter((node) => inside.has(node.id)),
    ways,
    relations: data.relations.filter((r) => r.members.some((m) => m.type === 'way' && kept.has(m.ref))),
  };
}

/** The plain data blocks of a file. */
function plainBlocks(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const head = view.getUint32(at);
    let size = 0;
    new PbfReader(file.subarray(at + 4, at + 4 + head)).readFields((tag, _, pbf) => {
      if (tag === 3) size = pbf.readVarint();
    }, undefined);
    new PbfReader(file.subarray(at + 4 + head, at + 4 + head + size)).readFields((tag, _, pbf) => {
      if (tag === 3) found.push(inflateSync(pbf.readBytes()));
    }, undefined);
    at += 4 + head + size;
  }
  return found;
}

function tilesOf(map: Buffer): Buffer[] {
  const directory = Number(map.readBigUInt64LE(FILE_HEADER.directory_offset));
  const count = map.readUInt32LE(FILE_HEADER.tile_count);
  return Array.from({ length: Math.min(count, 100) }, (_, i) => {
    const entry = directory + 16 + 32 * i;
    const offset = Number(map.readBigUInt64LE(entry + 8));
    return map.subarray(offset, offset + map.readUInt32LE(entry + 16));
  });
}

/** A drive as fuzz_drive's steps, after the bytes that choose them. */
function steps(fixes: LoggedFix[], head: Buffer): Buffer {
  let [lat, lon, time] = [351_000_000, 1_394_200_000, Date.parse(fixes[0]?.time ?? '')];
  const records = fixes.map((f) => {
    const record = Buffer.alloc(8);
    const north = Math.max(-32768, Math.min(32767, Math.round((f.lat * 1e7 - lat) / E7_PER_STEP)));
    const east = Math.max(-32768, Math.min(32767, Math.round((f.lon * 1e7 - lon) / E7_PER_STEP)));
    record.writeInt16LE(east, 0);
    record.writeInt16LE(north, 2);
    record.writeUInt16LE(Math.round((Date.parse(f.time) - time) / 100), 4);
    record[6] = Math.min(254, Math.round((f.speed_kmh / 3.6) * 4));
    record[7] = Math.round(f.heading_deg / 1.5);
    lat += north * E7_PER_STEP;
    lon += east * E7_PER_STEP;
    time = Date.parse(f.time);
    return record;
  });
  return Buffer.concat([head, ...records]);
}

/** Rows of every kind on the streets that fuzz_overlay draws around its origin, and beside them. */
function overlays(): OverlayRow[][] {
  const plane = new Plane(35.2524032, 139.029248);
  const at = (x: number, y: number): Point => {
    const { lat, lon } = plane.position({ x, y });
    return [lon, lat];
  };
  const street = [at(-250, 3), at(5, -2), at(290, 4)];
  const rows: Omit<OverlayRow, 'row'>[] = [
    { kind: 'stop', line: [at(-8, 1)], bearing: 90 },
    { kind: 'oneway', line: street, condition: 'Mo-Fr 07:30-08:30; PH off' },
    { kind: 'closure', line: street, closure: 'no', along: true, vehicles: ['car', 'bus'] },
    { kind: 'closure', line: [at(4, 3)], bearing: 0, along: true, closure: 'permit' },
    { kind: 'limit', line: [at(-200, 2), at(-100, 2)], kmh: 30 },
    { kind: 'limit', line: [at(0, 100), at(0, 190)], kmh: 'variable' },
    { kind: 'turn_ban', line: [at(-20, 0), at(1, 1), at(0, 20), at(20, 3)], only: true },
    { kind: 'u_turn_ban', line: street },
    { kind: 'level_crossing', line: [at(150, 20)] },
    { kind: 'centre_line', line: [at(300, 10), at(300, 190)] },
    { kind: 'expressway', line: [at(900, 10), at(900, 190)] },
  ];
  const numbered = rows.map((values, i) => ({ row: i + 2, ...values }));
  return [numbered, ...numbered.map((row) => [row])];
}

async function main(folder: string): Promise<void> {
  const put = (fuzzer: string, name: string, bytes: Uint8Array) => {
    mkdirSync(join(folder, fuzzer), { recursive: true });
    writeFileSync(join(folder, fuzzer, name), bytes);
  };
  const town = buildTown();
  const data = town.data();
  const input = join(folder, 'part.osm.pbf');
  mkdirSync(folder, { recursive: true });
  const places: [number, number, number][] = [
    [4, 4, 1],
    [2, 1, 1],
    [6, 12, 1],
    [4, 8, 1],
    [9, 6, 1],
    [5, 5, 2],
  ];
  for (const [i, [x, y, blocks]] of places.entries()) {
    const file = writeOsmPbf(part(data, town, x, y, blocks));
    writeFileSync(input, file);
    const whole = Buffer.concat(plainBlocks(file).slice(1));
    put('fuzz_compiler', `block${i}`, Buffer.concat([Buffer.from([0]), whole]));
    for (const tileTarget of [2048, 65536]) {
      const output = join(folder, 'part.tmap');
      await buildMap({ inputs: [input], output, tileTarget });
      const map = readFileSync(output);
      put('fuzz_map', `map${i}-${tileTarget}`, map);
      for (const [n, tile] of tilesOf(map).slice(0, 4).entries()) put('fuzz_tile', `tile${i}-${tileTarget}-${n}`, tile);
    }
  }
  writeFileSync(input, writeOsmPbf(data));
  await buildMap({ inputs: [input], output: join(folder, 'town.tmap') });
  for (const [i, drive] of demoDrives(town).entries()) {
    const fixes = drive.fixes.slice(0, 150);
    put('fuzz_drive', drive.id, steps(fixes, Buffer.from([133])));
    const setting = Buffer.alloc(10);
    setting.set([77, 3 * i]);
    setting.writeDoubleLE(1000, 2);
    put('fuzz_drive', `${drive.id}-setting`, steps(fixes, setting));
  }
  for (const [i, box] of BOXES.entries()) {
    for (const way of [0, 1])
      put(
        'fuzz_roads',
        `box${i}-${way}`,
        Buffer.concat([Buffer.from([way]), Buffer.from(Int32Array.from(box).buffer)]),
      );
  }
  for (const [i, rows] of overlays().entries()) put('fuzz_overlay', `rows${i}`, overlayBlock(rows));
  const tagSets = [
    ...new Set(
      data.ways.map((way) =>
        Object.entries(way.tags)
          .map(([k, v]) => `${k}=${v}`)
          .join('\n'),
      ),
    ),
  ];
  for (const [i, text] of tagSets.slice(0, 40).entries()) put('fuzz_tags', `tags${i}`, Buffer.from(text));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node tools/fuzz_seeds.ts FOLDER');
await main(folder);
