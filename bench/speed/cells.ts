// SPDX-License-Identifier: MIT
// What is measured: which drives on which map, how warm, how often.
import { execFileSync } from 'node:child_process';
import { driveBlock } from '../../src/analyzer.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { extract, grid, mapOf } from '../places.ts';
import { driveOn, thinned } from '../walk.ts';
import { COLD } from './report.ts';

const profile = loadProfile('jp');

export interface Cell {
  name: string;
  map: string;
  drives: Uint8Array[];
  arenaMiB: number;
  cold: boolean;
  rounds: number;
  /** Every native build, or the baseline only. */
  all: boolean;
}

const COUNTRY = 'malta';
const CITY = 'heidelberg';
const GRID_BYTES = 256e6;
const SEED = 7;

/** Drops a file's pages from the page cache (posix_fadvise DONTNEED, by dd). */
export function dropPages(file: string): void {
  execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}

export async function makeCells(quick: boolean): Promise<Cell[]> {
  const settings = loadSettings();
  const block = (place: string, seconds: number, every = 1) =>
    driveBlock(thinned(driveOn(extract(place), seconds, SEED), every), { settings, route: true, profile });
  const hot = { arenaMiB: 64, cold: false, rounds: quick ? 40 : 100, all: false };
  const country = await mapOf(COUNTRY);
  const hour = { ...hot, map: country };
  const cells: Cell[] = [
    { ...hour, name: 'country, hour, 1 s', drives: [block(COUNTRY, 3600)], all: !quick },
    { ...hour, name: 'country, hour, 10 s', drives: [block(COUNTRY, 3600, 10)] },
  ];
  if (quick) return cells;
  const city = { ...hot, map: await mapOf(CITY) };
  const many = grid(GRID_BYTES);
  const spread = Array.from({ length: 24 }, (_, i) => {
    const place = many.places[Math.floor((i * many.places.length) / 24)];
    return driveBlock(driveOn(many.source, 300, SEED + (i % 6), place), { settings, route: true, profile });
  });
  const mixed = { ...hot, map: many.map, drives: spread, rounds: 30 };
  return [
    ...cells,
    { ...hour, name: 'country, hour, 5 s', drives: [block(COUNTRY, 3600, 5)] },
    { ...hour, name: 'country, 5 min, 1 s', drives: [block(COUNTRY, 300)] },
    { ...hour, name: 'country, day, 1 s', drives: [block(COUNTRY, 86400)], rounds: 12 },
    { ...city, name: 'city, hour, 1 s', drives: [block(CITY, 3600)] },
    { ...city, name: 'city, hour, 5 s', drives: [block(CITY, 3600, 5)] },
    { ...city, name: 'city, hour, 10 s', drives: [block(CITY, 3600, 10)] },
    { ...hour, name: `country, hour, 1 s${COLD}`, drives: [block(COUNTRY, 3600)], cold: true, rounds: 30 },
    ...[16, 64, 256].map((arenaMiB) => ({ ...mixed, arenaMiB, name: `grid, 24 × 5 min, arena ${arenaMiB} MiB` })),
  ];
}
