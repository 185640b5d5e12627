// SPDX-License-Identifier: MIT
// What the Lambda function's code weighs and costs at a cold start, package by package, and its start inside the image
// by part; warm and in numbers it is `npm run bench -- lambda`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { demoTown } from '../../src/cli/demo.ts';
import { ROOT } from '../natives.ts';
import { median } from '../statistics.ts';

export interface Handler {
  bundle_bytes: number;
  bundle_compressed: number;
  packages: { name: string; bytes: number }[];
  parts: { part: string; ms: number }[];
}

/** "@scope/name" of a path in node_modules; the project's own by its first folder. */
function packageOf(path: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.split('/')[0] ?? path;
}

interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

/** Bytes in the bundle by package, the heaviest first. */
function packages({ outputs }: Metafile): Handler['packages'] {
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      sums.set(packageOf(path), (sums.get(packageOf(path)) ?? 0) + bytesInOutput);
    }
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

function bundled(...args: string[]): void {
  mkdirSync(join(ROOT, 'build', 'lambda'), { recursive: true });
  execFileSync(process.execPath, ['tools/bundle.ts', ...args], { cwd: ROOT, stdio: 'inherit' });
}

/** The function's files, and where their bytes come from. */
function bundledFunction(): { files: string[]; metafile: Metafile } {
  const folder = join(ROOT, 'build', 'lambda', 'bench-function');
  const account = `${folder}.json`;
  bundled('function', folder, 'src/lambda/worker.ts', account);
  const files = readdirSync(folder).map((name) => join(folder, name));
  return { files, metafile: JSON.parse(readFileSync(account, 'utf8')) as Metafile };
}

/** `start` runs Node with arguments and gives its output; each part is the quickest of `runs`. */
export function handler(map: string, log: string, runs: number, start: (args: string[]) => string): Handler {
  const whole = bundledFunction();
  const split = join(ROOT, 'build', 'lambda', 'bench-parts.mjs');
  bundled('bench/cold/handler_parts.ts', split);
  const all = Array.from(
    { length: runs + 1 },
    () => JSON.parse(start([split, map, log])).ends as Record<string, number>,
  );
  const names = Object.keys(all[0] ?? {});
  const parts = names.map((part, i) => {
    const before = (ends: Record<string, number>) => (i === 0 ? 0 : (ends[names[i - 1] ?? ''] ?? 0));
    return { part, ms: Math.min(...all.slice(1).map((ends) => (ends[part] ?? 0) - before(ends))) };
  });
  return {
    bundle_bytes: whole.files.reduce((sum, file) => sum + statSync(file).size, 0),
    bundle_compressed: whole.files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0),
    packages: packages(whole.metafile),
    parts,
  };
}

interface Moment {
  wall: number;
  cpu: number;
}
interface ImageStart {
  ends: Record<string, Moment>;
  before_ms: number;
  answered_ms: number;
  rss_mib: number;
}

/** Cold starts inside the image, which test/batch/image.sh builds first; the first of them warms the page cache. */
export async function inImage(map: string, log: string, runs: number) {
  const town = relative(ROOT, await demoTown());
  const out = execFileSync('tools/batch.sh', ['test/batch/image.sh', town, 'bench/cold/cold_image.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, COLD_MAP: map, COLD_LOG: log, COLD_RUNS: String(runs + 1) },
  });
  const starts = (JSON.parse(out.trim().split('\n').at(-1) ?? '') as ImageStart[]).slice(1);
  const names = Object.keys(starts[0]?.ends ?? {});
  const parts = names.map((part, i) => {
    const took = (of: keyof Moment) =>
      starts.map(({ ends }) => (ends[part]?.[of] ?? 0) - (ends[names[i - 1] ?? '']?.[of] ?? 0));
    return { part, ms: Math.min(...took('wall')), cpu_ms: median(took('cpu')) };
  });
  const last = names.at(-1) ?? '';
  return {
    parts,
    before_ms: Math.min(...starts.map((s) => s.before_ms)),
    answered_ms: Math.min(...starts.map((s) => s.answered_ms)),
    cpu_ms: median(starts.map(({ ends }) => ends[last]?.cpu ?? 0)),
    rss_mib: median(starts.map((s) => s.rss_mib)),
  };
}

export function printImage(run: Awaited<ReturnType<typeof inImage>>): void {
  const figures = `CPU ${run.cpu_ms.toFixed(0)} ms, ${run.rss_mib.toFixed(0)} MiB`;
  console.log(`in the image, event to answer: wall ${run.answered_ms.toFixed(0)} ms, ${figures}`);
  console.log(`  ${'the emulator starts the process'.padEnd(36)} ${run.before_ms.toFixed(1).padStart(7)} ms`);
  for (const { part, ms, cpu_ms } of run.parts)
    console.log(`  ${part.padEnd(36)} ${ms.toFixed(1).padStart(7)} ms, CPU ${cpu_ms.toFixed(1).padStart(6)} ms`);
}

export function printHandler({ bundle_bytes, bundle_compressed, packages, parts }: Handler): void {
  console.log(`handler: bundle of ${bundle_bytes} bytes, ${bundle_compressed} compressed`);
  for (const { name, bytes } of packages.slice(0, 12))
    console.log(`  ${name.padEnd(36)} ${String(bytes).padStart(7)} bytes`);
  for (const { part, ms } of parts) console.log(`  ${part.padEnd(36)} ${ms.toFixed(1).padStart(7)} ms`);
}
