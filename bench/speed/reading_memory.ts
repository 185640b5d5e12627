// SPDX-License-Identifier: MIT
// `npm run bench -- reading-memory csv|ndjson [GB [fixes [speed|all]]]`: peak resident memory of a process that reads one log
// of that size by the library as the package has it, each row filled up with a column that is not used; beside it, that of a
// process that has read a small one, and that of one with the heap flag of the command. `speed`: rows have a speed; `all`:
// course and accuracy too. Pages of files are told beside the peak: nearly all are Node's own program, shared with every
// other process of it. Linux maps 49 to 72 MiB of them, by how the page cache came to hold the program (a first read from
// start to end, a copy, an install), so a peak differs as much between two installs that do the same.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEAP_FLAG } from '../../src/cli/heap.ts';
import { bundlePackage } from '../../tools/bundle.ts';

const [first = 'csv', second = '1', third = '1900000', fourth = ''] = process.argv.slice(2);
const FIXES = Number(third);
const MEASURED = { speed: { speed_kmh: '4.00' }, all: { speed_kmh: '4.00', heading: '90.0', accuracy: '3.5' } };
const measured = Object.entries(MEASURED[fourth as keyof typeof MEASURED] ?? {});

function row(format: string, i: number, size: number): string {
  const lat = 35 + (Math.abs((i % 20_000) - 10_000) * 1e-4) / 100;
  const values = [['time', `${1_790_000_000 + i}`], ['lat', lat.toFixed(7)], ['lon', '139.0000000'], ...measured];
  const start =
    format === 'csv'
      ? `${values.map(([, value]) => value).join()},`
      : `{${values.map(([key, value]) => `"${key}":${value},`).join('')}"note":"`;
  const end = format === 'csv' ? '\n' : '"}\n';
  return start + 'x'.repeat(Math.max(0, size - start.length - end.length)) + end;
}

function write(path: string, format: string, bytes: number, fixes: number): void {
  const file = openSync(path, 'w');
  if (format === 'csv') writeSync(file, `${['time', 'lat', 'lon', ...measured.map(([key]) => key), 'note'].join()}\n`);
  for (let i = 0; i < fixes; i += 100) {
    const rows = Array.from({ length: Math.min(100, fixes - i) }, (_, k) => row(format, i + k, bytes / fixes));
    writeSync(file, rows.join(''));
  }
  closeSync(file);
}

const LIBRARY = join(import.meta.dirname, '..', '..', 'dist', 'lib', 'index.mjs');
const READ = `const { readLog } = await import(${JSON.stringify(LIBRARY)});
const { fixes } = await readLog(process.argv[1], { timeZone: 'UTC' });
const MiB = (kib) => Math.round(kib / 1024) + ' MiB';
const status = (await import('node:fs')).readFileSync('/proc/self/status', 'utf8');
const files = Number(/RssFile:\\s+(\\d+)/.exec(status)[1]);
const peak = process.resourceUsage().maxRSS;
console.log(fixes.count + ' fixes, peak ' + MiB(peak) + ', without pages of files ' + MiB(peak - files));`;

const folder = mkdtempSync(join(tmpdir(), 'tomare-memory-'));
const path = join(folder, `log.${first}`);
await bundlePackage();
/** `heap`: the command sets its flag before it loads anything. */
function read(label: string, heap = ''): void {
  const script = heap + READ;
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script, path], { encoding: 'utf8' });
  process.stdout.write(`${first}, ${label}: ${done.stdout}${done.stderr}`);
}

write(path, first, 1e4, 100);
read('10 kB');
write(path, first, Number(second) * 1e9, FIXES);
read(`${second} GB`);
const set = `(await import('node:v8')).setFlagsFromString(${JSON.stringify(HEAP_FLAG)});\n`;
read(`${second} GB, as the command`, set);
rmSync(folder, { recursive: true });
