// SPDX-License-Identifier: MIT
// Does a map's size matter? A real extract repeated over a grid, drives on its copies, a process each:
// open time, first result, bytes read, pages in the cache and resident memory, cold and warm; then 10,000
// drives in one process. usage: npm run bench -- map [--size 2GB,10GB] [--drives 10000] [--keep]
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { driveBlock } from '../../src/analyzer.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { bundle } from '../../tools/bundle.ts';
import { writeDrive } from '../drive_file.ts';
import { machine } from '../machine.ts';
import { ROOT } from '../natives.ts';
import { CACHE, type Grid, grid } from '../places.ts';
import { keep } from '../results.ts';
import { dropPages } from '../speed/cells.ts';
import { median } from '../statistics.ts';
import { driveOn } from '../walk.ts';

const profile = loadProfile('jp');

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '20MB,2GB' },
    drives: { type: 'string', default: '10000' },
    keep: { type: 'boolean', default: false },
  },
});
const PLACES = 8;
const parts = join(ROOT, 'dist', 'cold', 'cold_parts.mjs');
await bundle(['bench/cold/cold_parts.ts'], join(ROOT, 'dist', 'cold'));

interface Parts {
  ends: Record<string, number>;
  opened: number;
  read: number;
  rss: number;
}

const bytesOf = (size: string) => Number.parseFloat(size) * (/GB$/i.test(size) ? 1e9 : 1e6);
const cachedBytes = (file: string) =>
  Number(execFileSync('fincore', ['-bnr', '-o', 'RES', file], { encoding: 'utf8' }));
const placeOf = (g: Grid, i: number) => g.places[Math.floor(((i + 0.5) * g.places.length) / PLACES)];

function firstResult(map: string, log: string): Parts & { cached: number } {
  const before = cachedBytes(map);
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', parts, map, log], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return { ...(JSON.parse(run.stdout) as Parts), cached: cachedBytes(map) - before };
}

function measure(size: string) {
  const g = grid(bytesOf(size));
  const runs = { cold: [] as ReturnType<typeof firstResult>[], warm: [] as ReturnType<typeof firstResult>[] };
  for (let i = 0; i < PLACES; i++) {
    const log = writeDrive(driveOn(g.source, 300, 7, placeOf(g, i)), `grid-${i}`);
    dropPages(g.map);
    runs.cold.push(firstResult(g.map, log));
    for (let k = 0; k < 3; k++) runs.warm.push(firstResult(g.map, log));
  }
  const figures = (list: ReturnType<typeof firstResult>[]) => {
    const part = (name: string, before: string) => list.map((p) => (p.ends[name] ?? 0) - (p.ends[before] ?? 0));
    return {
      open_ms: Math.min(...part('module compiled, map open', 'settings and profile')),
      analyze_ms: median(part('analyzed', 'log read')),
      first_result_ms: Math.min(...list.map((p) => p.ends['result composed'] ?? 0)),
      bytes_to_open: median(list.map((p) => p.opened)),
      bytes_read: median(list.map((p) => p.read)),
      page_cache_bytes: median(list.map((p) => p.cached)),
      rss_mib: median(list.map((p) => p.rss)) / 1024,
    };
  };
  return { size, bytes: g.bytes, copies: g.places.length, cold: figures(runs.cold), warm: figures(runs.warm) };
}

/** Memory and speed over many drives: both must stay as they are. */
function endurance(size: string, count: string) {
  const g = grid(bytesOf(size));
  const settings = loadSettings();
  const parts = Array.from({ length: 200 }, (_, i) => {
    const place = g.places[(i * 37) % g.places.length];
    const block = driveBlock(driveOn(g.source, 300, 7 + (i % 8), place), { settings, route: true, profile });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(block.byteLength);
    return [length, block];
  });
  const blocks = join(CACHE, 'endurance.blocks');
  writeFileSync(blocks, Buffer.concat(parts.flat()));
  const program = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'endurance.ts')];
  const out = execFileSync(process.execPath, [...program, g.map, blocks, count], { encoding: 'utf8' });
  return { size, steps: JSON.parse(out) as { drives: number; ms_per_drive: number; rss_mib: number }[] };
}

const sizes = options.size.split(',');
const results = sizes.map((size) => {
  const r = measure(size);
  console.log(`${size}: ${(r.bytes / 1e6).toFixed(0)} MB, ${r.copies} copies`);
  for (const state of ['cold', 'warm'] as const) {
    const f = r[state];
    console.log(
      `  ${state}: open ${f.open_ms.toFixed(1)} ms, analysis ${f.analyze_ms.toFixed(1)} ms, process start to first result ${f.first_result_ms.toFixed(0)} ms; ` +
        `read ${(f.bytes_to_open / 1024).toFixed(0)} KiB to open, ${(f.bytes_read / 1024).toFixed(0)} KiB in all; ` +
        `page cache +${(f.page_cache_bytes / 1024).toFixed(0)} KiB; resident ${f.rss_mib.toFixed(0)} MiB`,
    );
  }
  return r;
});
const long = endurance(sizes.at(-1) ?? '20MB', options.drives);
for (const s of long.steps) {
  console.log(`  ${s.drives} drives: ${s.ms_per_drive.toFixed(3)} ms per drive, resident ${s.rss_mib.toFixed(0)} MiB`);
}
if (options.keep) console.error(`kept as ${keep('map', { machine: machine(), results, long } as never)}`);
