// SPDX-License-Identifier: MIT
// Maps whose checksums are right and whose content is not: each rule of FORMAT.md §2.1 to §4.17 is enforced, and
// the message cites the section.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { TomareError } from '../../src/errors.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Log } from '../../src/types.ts';
import { crc32c } from '../crc32c.ts';

const PAGE = 4096;
const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const settings = loadSettings();
let good: Buffer;
let log: Log;
let morning: Log; // through a street that is closed by the hour

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap'), tileTarget: 1 << 20 });
  good = readFileSync(join(folder, 'town.tmap'));
  log = await readLog(join(folder, 'drives', 'stop-run.csv'), { timeZone: 'Asia/Tokyo' });
  morning = await readLog(join(folder, 'drives', 'school-morning.csv'), { timeZone: 'Asia/Tokyo' });
});

/** Puts every checksum right, from the tile outward. */
function sign(bytes: Buffer): Buffer {
  const directory = Number(bytes.readBigUInt64LE(24));
  const root = Number(bytes.readBigUInt64LE(40));
  const page = bytes.subarray(directory, directory + PAGE);
  const tile = Number(good.readBigUInt64LE(directory + 16 + 8));
  page.writeUInt32LE(crc32c(bytes.subarray(tile, tile + good.readUInt32LE(directory + 16 + 16))), 16 + 20);
  page.writeUInt32LE(crc32c(page, 0), 0);
  bytes.writeUInt32LE(crc32c(bytes.subarray(root, root + 8)), 48);
  bytes.writeUInt32LE(crc32c(bytes.subarray(0, PAGE), 12), 12);
  return bytes;
}

function message(change: (bytes: Buffer) => void, drive = log): string {
  const bytes = Buffer.from(good);
  change(bytes);
  const path = join(folder, 'hostile.tmap');
  writeFileSync(path, sign(bytes));
  try {
    new Analyzer(path).analyze(drive.fixes, { settings });
    return 'OK';
  } catch (error) {
    if (!(error instanceof TomareError)) throw error;
    return `${error.errorName} ${error.message}`;
  }
}

/** Byte of element `index` of §4.`section` in the first tile. */
function at(section: number, index: number, field: number): number {
  const size = [8, 8, 2, 24, 4, 2, 16, 112, 24, 24, 8, 12, 12, 8, 1, 4, 2][section - 1] ?? 0;
  if (index >= good.readUInt32LE(PAGE + 24 + 8 * section - 4)) throw new Error(`section 4.${section} is too short`);
  return PAGE + good.readUInt32LE(PAGE + 24 + 8 * section - 8) + index * size + field;
}

describe('a well-signed map', () => {
  it('is read when nothing is wrong', () => expect(message(() => undefined)).toBe('OK'));

  it.each([
    ['directory_offset beside a page', (b: Buffer) => void b.writeBigUInt64LE(BigInt(PAGE + 8), 24), 2.1],
    ['directory_pages beyond the file', (b: Buffer) => void b.writeUInt32LE(1000, 32), 2.1],
    ['tile_count unlike the pages', (b: Buffer) => void b.writeUInt32LE(500, 36), 2.1],
    ['root_offset beyond the file', (b: Buffer) => void b.writeBigUInt64LE(2n ** 60n, 40), 2.1],
    ['a name without an end', (b: Buffer) => void b.fill(65, 112, 176), 2.1],
  ])('header: %s', (_, change, section) => {
    const bytes = Buffer.from(good);
    change(bytes);
    bytes.writeUInt32LE(crc32c(bytes.subarray(0, PAGE), 12), 12);
    const path = join(folder, 'hostile.tmap');
    writeFileSync(path, bytes);
    expect(() => new Analyzer(path)).toThrow(new RegExp(`header .*section ${section} of FORMAT.md`));
  });

  it('without a tile is a map without roads', () => {
    const bytes = Buffer.from(good);
    bytes.writeUInt32LE(0, 32);
    bytes.writeUInt32LE(0, 36);
    bytes.writeUInt32LE(crc32c(bytes.subarray(0, PAGE), 12), 12);
    const path = join(folder, 'hostile.tmap');
    writeFileSync(path, bytes);
    expect(() => new Analyzer(path)).toThrow(/^The map has no road: .*hostile\.tmap/);
  });

  it.each([
    ['level', 24, 0],
    ['offset beyond the file', 8 + 6, 0xff],
    ['length beyond the file', 16 + 3, 0xff],
  ])('directory entry: %s', (_, field, value) => {
    const directory = Number(good.readBigUInt64LE(24));
    const change = (b: Buffer) => void b.writeUInt8(value, directory + 16 + field);
    expect(message(change)).toMatch(/^MAP_DIRECTORY .*section 3\.1 of FORMAT\.md/);
  });

  it('the morning drive asks for a condition', () => {
    const path = join(folder, 'town.tmap');
    const tags = new Analyzer(path).analyze(morning.fixes, { settings }).findings.map((f) => f.sourceTag);
    expect(tags.some((tag) => tag.includes('@'))).toBe(true);
  });

  it('terms of conditions that no compiler writes are no fault, and no claim', () => {
    const terms = good.readUInt32LE(PAGE + 24 + 8 * 13 - 4);
    expect(terms).toBeGreaterThan(0);
    for (const value of [0x00, 0x7f, 0x80, 0xff]) {
      for (const [field, size] of [
        [0, 1], // kind
        [1, 1], // rule and group
        [2, 2], // flags: quantity, operator, keyword
        [4, 8], // a, b
        [0, 12],
      ] as const) {
        const change = (b: Buffer) => {
          for (let i = 0; i < terms; i++) b.fill(value, at(13, i, field), at(13, i, field) + size);
        };
        expect(message(change, morning), `${field} ${value}`).toBe('OK');
      }
    }
  });

  it('clauses of any target, direction, vehicle, key and value are read', () => {
    const clauses = good.readUInt32LE(PAGE + 24 + 8 * 12 - 4);
    expect(clauses).toBeGreaterThan(0);
    for (let byte = 0; byte < 6; byte++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const change = (b: Buffer) => {
          for (let i = 0; i < clauses; i++) b.writeUInt8(value, at(12, i, byte));
        };
        expect(message(change, morning), `byte ${byte}: ${value}`).toBe('OK');
      }
    }
  });

  it.each([
    ['the tile header: magic', () => PAGE, 1, '4'],
    ['the tile header: origin', () => PAGE + 8, 4, '4'],
    ['the tile header: unit_shift', () => PAGE + 17, 1, '4'],
    ['a section beyond the tile', () => PAGE + 24, 4, '4.1'],
    ['node: arcs', () => at(1, 0, 4), 2, '4.1'],
    ['node: a cut that is none', () => at(1, 0, 7), 1, '4.1'],
    ['arc: segment', () => at(3, 0, 0), 2, '4.3'],
    ['segment: from_node', () => at(4, 0, 0), 2, '4.4'],
    ['segment: to_node', () => at(4, 3, 2), 2, '4.4'],
    ['segment: points', () => at(4, 0, 4), 2, '4.4'],
    ['segment: way', () => at(4, 0, 8), 2, '4.4'],
    ['segment: rule points', () => at(4, 0, 10), 2, '4.4'],
    ['points that no segment has', () => PAGE + 24 + 8 * 4 + 4, 1, '4'],
    ['segment of a point', () => at(6, 1, 0), 2, '4.6'],
    ['way: attributes', () => at(7, 0, 8), 2, '4.7'],
    ['way: name', () => at(7, 0, 10), 1, '4.7'],
    ['attributes: road class', () => at(8, 0, 93), 1, '4.8'],
    ['attributes: conditions', () => at(8, 0, 100), 2, '4.8'],
    ['rule point: offset', () => at(9, 0, 8), 4, '4.9'],
    ['rule point: segment', () => at(9, 0, 12), 2, '4.9'],
    ['restriction: via_node', () => at(10, 0, 8), 2, '4.10'],
    ['restriction: from_segment', () => at(10, 0, 10), 2, '4.10'],
    ['restriction: ways', () => at(10, 0, 20), 2, '4.10'],
    ['condition: terms', () => at(12, 0, 6), 2, '4.12'],
    ['condition: text', () => at(12, 0, 10), 1, '4.12'],
    ['name: text', () => at(14, 0, 0), 4, '4.14'],
    ['grid starts that fall', () => at(16, 0, 0), 4, '4.16'],
    ['grid piece', () => at(17, 0, 0), 2, '4.17'],
  ])('%s', (_, where, size, section) => {
    const change = (b: Buffer) => void b.fill(0xfd, where(), where() + size);
    expect(message(change)).toMatch(new RegExp(`^MAP_TILE .*tile 0, section ${section.replace('.', '\\.')} of FORMAT`));
  });
});
