// SPDX-License-Identifier: MIT
// Many drives in one process, as a program of its own (bench/map/size.ts starts it), so that nothing of the bench
// counts as the engine's memory. usage: endurance MAP BLOCKS COUNT; BLOCKS: 32-bit length and drive block each
import { readFileSync } from 'node:fs';
import { AnalyzerModule } from '../../src/abi/module.ts';
import { threadCpuMs } from '../clock.ts';

const [map, file, count] = process.argv.slice(2) as [string, string, string];
const bytes = readFileSync(file);
const drives: Uint8Array[] = [];
for (let at = 0; at < bytes.length; ) {
  const size = bytes.readUInt32LE(at);
  drives.push(bytes.subarray(at + 4, at + 4 + size));
  at += 4 + size;
}
const module = AnalyzerModule.open(map, 64 << 20);
const steps: { drives: number; ms_per_drive: number; rss_mib: number }[] = [];
const each = Number(count) / 10;
for (let step = 1, at = 0; step <= 10; step++) {
  const begin = threadCpuMs();
  for (; at < step * each; at++) module.analyze(drives[at % drives.length] as Uint8Array);
  const ms_per_drive = (threadCpuMs() - begin) / each;
  steps.push({ drives: at, ms_per_drive, rss_mib: process.memoryUsage.rss() / 2 ** 20 });
}
process.stdout.write(JSON.stringify(steps));
