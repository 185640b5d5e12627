// SPDX-License-Identifier: MIT
// A reader of .tmap files written from mapdata/FORMAT.md alone, which uses nothing of src/ or the core: it
// shows that the document is enough. It reads the demo town's map, with large and with small tiles.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../mapdata/demo/make.ts';
import { buildTown } from '../mapdata/demo/town.ts';
import { buildMap } from '../src/mapbuild.ts';
import { crc32c } from './crc32c.ts';

const PAGE = 4096;
const NONE = 0xffff;
/** Bytes of an element of §4.1 to §4.17. */
const ELEMENT = [8, 8, 2, 24, 4, 2, 16, 112, 24, 24, 8, 12, 12, 8, 1, 4, 2];
const STATISTIC = { segments: 5, points: 6, length_m: 7, stops: 10, signals: 15, crossings: 16, kept: 19, bytes: 33 };

/** §1: bit 2i is bit i of x, bit 2i + 1 is bit i of y. */
function key(x: number, y: number): bigint {
  let result = 0n;
  for (let bit = 0n; bit < 32n; bit++) {
    result |= ((BigInt(x) >> bit) & 1n) << (2n * bit);
    result |= ((BigInt(y) >> bit) & 1n) << (2n * bit + 1n);
  }
  return result;
}

class Tile {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  count(section: number): number {
    return this.bytes.readUInt32LE(24 + 8 * (section - 1) + 4);
  }
  /** Offset of an element of §4.`section`. */
  at(section: number, index: number): number {
    if (index >= this.count(section)) throw new Error(`section 4.${section} has no element ${index}`);
    return this.bytes.readUInt32LE(24 + 8 * (section - 1)) + index * (ELEMENT[section - 1] ?? 0);
  }
  u16(section: number, index: number, field = 0): number {
    return this.bytes.readUInt16LE(this.at(section, index) + field);
  }
  u32(section: number, index: number, field = 0): number {
    return this.bytes.readUInt32LE(this.at(section, index) + field);
  }
  u8(section: number, index: number, field: number): number {
    return this.bytes[this.at(section, index) + field] ?? -1;
  }
  i64(section: number, index: number, field = 0): number {
    return Number(this.bytes.readBigInt64LE(this.at(section, index) + field));
  }
  name(index: number): string {
    const start = this.at(15, 0) + this.u32(14, index);
    return this.bytes.toString('utf8', start, start + this.u32(14, index, 4));
  }
  get firstCut(): number {
    return this.count(1) - this.count(2);
  }
}

class MapReader {
  readonly file: Buffer;
  readonly tiles: Tile[] = [];
  constructor(file: Buffer) {
    this.file = file;
    expect(file.toString('latin1', 0, 8)).toBe('TOMAREMP');
    expect(file.readUInt32LE(8)).toBe(3);
    expect(crc32c(file.subarray(0, PAGE), 12)).toBe(file.readUInt32LE(12));
    expect(Number(file.readBigUInt64LE(16))).toBe(file.length);
    const directory = Number(file.readBigUInt64LE(24));
    const pages = file.readUInt32LE(32);
    const count = file.readUInt32LE(36);
    const root = Number(file.readBigUInt64LE(40));
    expect(pages).toBe(Math.ceil(count / 127));
    expect(crc32c(file.subarray(root, root + 8 * pages))).toBe(file.readUInt32LE(48));
    let last = -1n;
    for (let p = 0; p < pages; p++) {
      const page = file.subarray(directory + p * PAGE, directory + (p + 1) * PAGE);
      expect(crc32c(page, 0)).toBe(page.readUInt32LE(0));
      expect(page.readBigUInt64LE(16)).toBe(file.readBigUInt64LE(root + 8 * p));
      for (let i = 0; i < page.readUInt32LE(4); i++) {
        const entry = page.subarray(16 + 32 * i, 48 + 32 * i);
        expect(entry.readBigUInt64LE(0) > last).toBe(true);
        last = entry.readBigUInt64LE(0);
        this.tiles.push(this.tile(entry));
      }
    }
    expect(this.tiles).toHaveLength(count);
  }

  private tile(entry: Buffer): Tile {
    const offset = Number(entry.readBigUInt64LE(8));
    const bytes = this.file.subarray(offset, offset + entry.readUInt32LE(16));
    expect(crc32c(bytes)).toBe(entry.readUInt32LE(20));
    expect(bytes.toString('latin1', 0, 4)).toBe('TILE');
    expect(bytes.readUInt32LE(4)).toBe(this.tiles.length);
    expect(key(bytes.readUInt32LE(8), bytes.readUInt32LE(12))).toBe(entry.readBigUInt64LE(0));
    const level = bytes[16] ?? 0;
    expect(level).toBe(entry[24]);
    expect(bytes[17]).toBe(Math.max(0, 16 - level));
    const tile = new Tile(bytes);
    ELEMENT.forEach((size, i) => {
      const start = bytes.readUInt32LE(24 + 8 * i);
      expect(start % 8).toBe(0);
      expect(start + size * tile.count(i + 1)).toBeLessThanOrEqual(bytes.length);
    });
    return tile;
  }

  /** §3.3 */
  places(): { country: string; zone: string; box: number[] }[] {
    const [offset, count] = [Number(this.file.readBigUInt64LE(944)), this.file.readUInt32LE(952)];
    const all = this.file.subarray(offset, offset + 64 * count);
    expect(crc32c(all)).toBe(this.file.readUInt32LE(956));
    const text = (bytes: Buffer) => bytes.toString('latin1').replace(/\0.*$/s, '');
    return Array.from({ length: count }, (_, i) => {
      const place = all.subarray(64 * i, 64 * i + 64);
      const box = [48, 52, 56, 60].map((at) => place.readInt32LE(at));
      return { country: text(place.subarray(0, 4)), zone: text(place.subarray(8, 48)), box };
    });
  }

  statistic(index: number): number {
    return Number(this.file.readBigUInt64LE(176 + 8 * index));
  }
}

function checkGraph(t: Tile): void {
  for (let n = 0; n < t.count(1); n++) {
    const cut = (t.u8(1, n, 7) & 1) !== 0;
    expect(cut).toBe(n >= t.firstCut);
    for (let i = 0; i < t.u8(1, n, 6); i++) {
      const arc = t.u16(3, t.u16(1, n, 4) + i);
      expect(t.u16(4, arc >> 1, arc & 1 ? 2 : 0)).toBe(n);
    }
    if (cut) expect(t.u8(1, n, 6)).toBe(1);
  }
  let points = 0;
  for (let s = 0; s < t.count(4); s++) {
    const [first, count] = [t.u16(4, s, 4), t.u16(4, s, 6)];
    points += count;
    for (let p = first; p < first + count; p++) expect(t.u16(6, p)).toBe(s);
    for (const [node, point] of [
      [t.u16(4, s, 0), first],
      [t.u16(4, s, 2), first + count - 1],
    ] as const) {
      expect([t.u16(1, node, 0), t.u16(1, node, 2)]).toEqual([t.u16(5, point, 0), t.u16(5, point, 2)]);
    }
    expect(t.u16(7, t.u16(4, s, 8), 8)).toBeLessThan(t.count(8));
  }
  expect(points).toBe(t.count(5));
  expect(t.count(6)).toBe(points);
}

function checkRules(t: Tile): void {
  for (let i = 0; i < t.count(9); i++) {
    const segment = t.u16(9, i, 12);
    const first = t.u16(4, segment, 10);
    expect(i >= first && i < first + t.u8(4, segment, 12)).toBe(true);
    expect(t.u32(9, i, 8)).toBeLessThanOrEqual(t.u32(4, segment, 16));
  }
  for (let i = 0; i < t.count(10); i++) {
    const node = t.u16(10, i, 8);
    const from = t.u16(10, i, 10);
    expect([t.u16(4, from, 0), t.u16(4, from, 2)]).toContain(node);
    expect(t.u8(1, node, 7) & 2).toBe(2);
    if (t.u8(10, i, 15) & 1) {
      expect(t.u16(10, i, 12)).toBe(NONE);
      expect(t.u16(10, i, 20) + t.u16(10, i, 22)).toBeLessThanOrEqual(t.count(11));
    }
  }
  for (let i = 0; i < t.count(12); i++) {
    expect(t.u16(12, i, 6) + t.u16(12, i, 8)).toBeLessThanOrEqual(t.count(13));
    expect(t.name(t.u16(12, i, 10))).toMatch(/^[\w:]+\/?\w*=.+/);
  }
}

/** Each piece is in the grid cell of its middle, and in no cell twice. */
function checkGrid(t: Tile): void {
  const log2 = t.bytes[18] ?? 0;
  expect(t.count(16)).toBe(4 ** log2 + 1);
  const listed = new Set<string>();
  for (let cell = 0; cell < 4 ** log2; cell++) {
    for (let i = t.u32(16, cell); i < t.u32(16, cell + 1); i++) listed.add(`${cell} ${t.u16(17, i)}`);
  }
  expect(listed.size).toBe(t.count(17));
  for (let p = 0; p + 1 < t.count(5); p++) {
    if (t.u16(6, p) !== t.u16(6, p + 1)) continue;
    const cell = (field: number) => (t.u16(5, p, field) + t.u16(5, p + 1, field)) >> (17 - log2);
    expect(listed.has(`${cell(2) * 2 ** log2 + cell(0)} ${p}`)).toBe(true);
  }
}

function distinct(tiles: readonly Tile[], section: number, wanted: (t: Tile, i: number) => boolean): number {
  const ids = new Set<number>();
  for (const t of tiles) {
    for (let i = 0; i < t.count(section); i++) if (wanted(t, i)) ids.add(t.i64(section, i));
  }
  return ids.size;
}

describe.each([
  ['one size of tile', undefined],
  ['small tiles', 4096],
])('FORMAT.md is enough to read the town, %s', (_, tileTarget) => {
  let map: MapReader;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
    makeDemo(folder);
    const output = join(folder, 'town.tmap');
    const size = tileTarget === undefined ? {} : { tileTarget };
    await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output, name: 'town', ...size });
    map = new MapReader(readFileSync(output));
  });

  it('header, directory and tiles', () => {
    expect(map.file.toString('utf8', 112, 116)).toBe('town');
    expect(map.tiles.length).toBeGreaterThan(tileTarget === undefined ? 0 : 10);
  });

  it('the town is in Japan: so say the tiles, and each of their segments', () => {
    const [place] = map.places();
    expect(map.places()).toHaveLength(1);
    expect(place).toMatchObject({ country: 'JP', zone: 'Asia/Tokyo' });
    const bounds = [56, 60, 64, 68].map((at) => map.file.readInt32LE(at));
    for (const i of [0, 1]) expect(place?.box[i]).toBeLessThanOrEqual(bounds[i] ?? 0);
    for (const i of [2, 3]) expect(place?.box[i]).toBeGreaterThanOrEqual(bounds[i] ?? 0);
    for (const tile of map.tiles) {
      expect(tile.bytes.readUInt16LE(20)).toBe(0);
      for (let s = 0; s < tile.count(4); s++) expect(tile.u16(4, s, 14)).toBe(0);
    }
  });

  it('every tile: graph, rules and grid', () => {
    for (const tile of map.tiles) {
      checkGraph(tile);
      checkRules(tile);
      checkGrid(tile);
    }
  });

  it('twins are mutual, and meet at the edge', () => {
    let twins = 0;
    map.tiles.forEach((tile, number) => {
      for (let i = 0; i < tile.count(2); i++, twins++) {
        const other = map.tiles[tile.u32(2, i)];
        const back = tile.u16(2, i, 4) - (other?.firstCut ?? 0);
        expect([other?.u32(2, back), other?.u16(2, back, 4)]).toEqual([number, tile.firstCut + i]);
      }
    });
    expect(twins > 0).toBe(map.tiles.length > 1);
  });

  it('counts and length are those of the statistics and of the town', () => {
    const sum = (section: number) => map.tiles.reduce((n, t) => n + t.count(section), 0);
    expect(sum(4)).toBe(map.statistic(STATISTIC.segments));
    expect(sum(5)).toBe(map.statistic(STATISTIC.points));
    expect(map.tiles.reduce((n, t) => n + t.bytes.length, 0)).toBe(map.statistic(STATISTIC.bytes));
    const kind = (wanted: number) => distinct(map.tiles, 9, (t, i) => t.u8(9, i, 14) === wanted);
    expect(kind(1)).toBe(map.statistic(STATISTIC.stops));
    expect(kind(3)).toBe(map.statistic(STATISTIC.signals));
    expect(kind(4)).toBe(map.statistic(STATISTIC.crossings));
    expect(distinct(map.tiles, 10, () => true)).toBe(map.statistic(STATISTIC.kept));
    let centimetres = 0;
    for (const t of map.tiles) for (let s = 0; s < t.count(4); s++) centimetres += t.u32(4, s, 16);
    expect(Math.abs(centimetres / 100 - map.statistic(STATISTIC.length_m))).toBeLessThan(1 + 0.01 * sum(4));
    const { nodes, ways } = buildTown().data();
    expect(kind(1)).toBe(nodes.filter((n) => n.tags?.['highway'] === 'stop').length);
    const names = new Set(map.tiles.flatMap((t) => Array.from({ length: t.count(14) }, (_, i) => t.name(i))));
    const named = ways.filter((w) => w.tags?.['highway'] !== undefined && w.tags['name'] !== undefined);
    expect(named.length).toBeGreaterThan(10);
    for (const way of named) expect(names).toContain(way.tags?.['name']);
  });
});
