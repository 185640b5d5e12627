// SPDX-License-Identifier: MIT
// `npm run bench -- reading-memory csv|ndjson [GB [fixes]]`: peak resident memory of a process that reads one log of that
// size, each row filled up with a column that is not used; beside it, that of a process that has read a small one.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLog } from '../../src/logs/read.ts';

const [first = 'csv', second = '1', third = '1000000'] = process.argv.slice(2);
const FIXES = Number(third);

function row(format: string, i: number, size: number): string {
  const time = 1_790_000_000 + i;
  const lat = 35 + (Math.abs((i % 20_000) - 10_000) * 1e-4) / 100;
  const place = [lat.toFixed(7), '139.0000000'];
  const start =
    format === 'csv' ? `${time},${place.join()},` : `{"time":${time},"lat":${place[0]},"lon":${place[1]},"note":"`;
  const end = format === 'csv' ? '\n' : '"}\n';
  return start + 'x'.repeat(Math.max(0, size - start.length - end.length)) + end;
}

function write(path: string, format: string, bytes: number, fixes: number): void {
  const file = openSync(path, 'w');
  if (format === 'csv') writeSync(file, 'time,lat,lon,note\n');
  for (let i = 0; i < fixes; i += 100) {
    const rows = Array.from({ length: Math.min(100, fixes - i) }, (_, k) => row(format, i + k, bytes / fixes));
    writeSync(file, rows.join(''));
  }
  closeSync(file);
}

if (first === '--read') {
  const { fixes } = await readLog(second, { timeZone: 'UTC' });
  process.stdout.write(`${fixes.count} fixes, peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB\n`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-memory-'));
  const path = join(folder, `log.${first}`);
  for (const gb of [1e-5, Number(second)]) {
    write(path, first, gb * 1e9, gb < 1e-3 ? 100 : FIXES);
    const done = spawnSync(process.execPath, [import.meta.filename, '--read', path], { encoding: 'utf8' });
    process.stdout.write(`${first}, ${gb} GB: ${done.stdout}${done.stderr}`);
  }
  rmSync(folder, { recursive: true });
}
