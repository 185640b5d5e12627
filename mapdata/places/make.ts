// SPDX-License-Identifier: MIT
// Writes places.bin (FORMAT.md): the country and the time zone of every place on land. Run it when geo-tz has new
// borders, or a country gets a profile: node mapdata/places/make.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { parse } from 'yaml';
import { Counts, NONE, RangeEncoder, SIDE, writeCells } from './coder.ts';
import { meets, rasterised, type Square } from './raster.ts';
import { type Leaf, readWorld, type World, type Zone } from './zones.ts';

/** Levels of the cells along a border, by what lies on its sides. */
const LEVELS = { profile: 20, countries: 18, zones: 17 };
const BLOCK_LEVELS = Math.log2(SIDE);
const KIND = { none: 0, split: 1, whole: 2, cells: 3 };

const folder = join(import.meta.dirname, '..', 'profiles');
const withProfile = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name): string => parse(readFileSync(join(folder, name), 'utf8')).country.toUpperCase()),
);

function levelOf(zones: readonly Zone[]): number {
  const countries = new Set(zones.map((zone) => zone.country));
  if (countries.size < 2) return LEVELS.zones;
  return [...countries].some((country) => withProfile.has(country)) ? LEVELS.profile : LEVELS.countries;
}

interface Block {
  cells: Uint8Array;
  /** Zones of the labels. */
  zones: number[];
}

function blockOf(square: Square, leaves: readonly Leaf[], rank: readonly number[]): Block {
  const raster = rasterised(square, leaves, rank);
  const labels: number[] = [];
  for (const zone of raster) labels[zone] = 0; // a sparse array, for a set is ten times as slow
  const zones = Object.keys(labels)
    .map(Number)
    .filter((zone) => zone > 0);
  zones.forEach((zone, i) => {
    labels[zone] = i;
  });
  labels[0] = NONE;
  const cells = new Uint8Array(raster.length);
  for (let i = 0; i < raster.length; i++) cells[i] = labels[raster[i] as number] as number;
  return { cells, zones: zones.map((zone) => zone - 1) };
}

/** A block on its way, deflated: there are thousands. */
interface Packed {
  cells: Buffer;
  labels: number;
}

/** What the walk through the squares gives, in the order of the tree. */
interface Visitor {
  none: () => void;
  split: () => void;
  whole: (zone: number) => void;
  block: (block: Block) => void;
}

function visitBlock(block: Block, visitor: Visitor): void {
  const [zone] = block.zones;
  if (zone === undefined) visitor.none();
  else if (block.zones.length === 1) visitor.whole(zone);
  else visitor.block(block);
}

function walk(square: Square, leaves: readonly Leaf[], world: World, rank: readonly number[], visitor: Visitor): void {
  const here = leaves.filter((leaf) => leaf.zones.length > 0 && meets(leaf, square));
  const present = [...new Set(here.flatMap((leaf) => leaf.zones))];
  const [first] = present;
  if (first === undefined) {
    visitor.none();
  } else if (present.length === 1) {
    visitor.whole(first);
  } else if (square.level + BLOCK_LEVELS >= levelOf(present.flatMap((zone) => world.zones[zone] ?? []))) {
    visitBlock(blockOf(square, here, rank), visitor);
  } else {
    visitor.split();
    for (let i = 0; i < 4; i++) {
      const quarter = { level: square.level + 1, x: 2 * square.x + (i & 1), y: 2 * square.y + (i >> 1) };
      walk(quarter, here, world, rank, visitor);
    }
  }
}

/** By the land that a zone has: where two overlap, the larger one holds. */
function ranks(world: World): number[] {
  const areas = world.zones.map(() => 0);
  for (const { west, south, east, north, zones } of world.leaves) {
    for (const zone of zones) areas[zone] = (areas[zone] ?? 0) + ((east - west) * (north - south)) / zones.length;
  }
  return areas;
}

/** Numbers of the places that are used, and their records. */
class Places {
  private readonly world: World;
  readonly used: number[] = [];

  constructor(world: World) {
    this.world = world;
  }

  number(zone: number): number {
    const found = this.used.indexOf(zone);
    return found >= 0 ? found : this.used.push(zone) - 1;
  }

  records(): Buffer {
    const texts = this.used.map((zone) => this.world.zones[zone] ?? { country: '', name: '' });
    return Buffer.concat(
      texts.map(({ country, name }) =>
        Buffer.from(`${country.padEnd(2, '\0')}${String.fromCharCode(name.length)}${name}`),
      ),
    );
  }
}

const u16 = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);

/** The cells of each block by the shares that all of them show, and the bytes of each. */
function coded(blocks: readonly Packed[]): { table: Uint16Array; cells: Uint8Array[] } {
  const counts = new Counts();
  for (const { cells, labels } of blocks) writeCells(inflateRawSync(cells), labels, counts);
  const table = counts.table();
  return {
    table,
    cells: blocks.map(({ cells, labels }) => {
      const encoder = new RangeEncoder(table);
      writeCells(inflateRawSync(cells), labels, encoder);
      return encoder.finish();
    }),
  };
}

function encode(world: World): Buffer {
  const blocks: Packed[] = [];
  const places = new Places(world);
  const tree: Buffer[] = [];
  walk({ level: 0, x: 0, y: 0 }, world.leaves, world, ranks(world), {
    none: () => tree.push(Buffer.of(KIND.none)),
    split: () => tree.push(Buffer.of(KIND.split)),
    whole: (zone) => tree.push(Buffer.of(KIND.whole), u16(places.number(zone))),
    block: ({ cells, zones }) => {
      blocks.push({ cells: deflateRawSync(cells, { level: 1 }), labels: zones.length });
      tree.push(Buffer.of(KIND.cells, zones.length), u16(...zones.map((zone) => places.number(zone))));
    },
  });
  const { table, cells } = coded(blocks);
  const [records, squares, bytes] = [places.records(), Buffer.concat(tree), Buffer.concat(cells)];
  const head = Buffer.alloc(24);
  head.write('TOMAPLAC');
  head.writeUInt16LE(1, 8);
  head.writeUInt16LE(places.used.length, 10);
  head.writeUInt32LE(squares.length, 12);
  head.writeUInt32LE(blocks.length, 16);
  head.writeUInt32LE(bytes.length, 20);
  return Buffer.concat([head, records, u16(...table), squares, u16(...cells.map((c) => c.length)), bytes]);
}

const bytes = encode(readWorld());
writeFileSync(join(import.meta.dirname, 'places.bin'), bytes);
process.stdout.write(`places.bin: ${bytes.length} bytes\n`);
