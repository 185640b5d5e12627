// SPDX-License-Identifier: MIT
// What the Lambda function's code weighs and costs at a cold start, package by package; the start as a whole, in the
// emulator, is `npm run bench:lambda`.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from './natives.ts';

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

/** Bytes in the bundle by package, the heaviest first. */
async function packages(): Promise<Handler['packages']> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/lambda/main.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    metafile: true,
    write: false,
    outfile: 'main.mjs',
  });
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      sums.set(packageOf(path), (sums.get(packageOf(path)) ?? 0) + bytesInOutput);
    }
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

function bundled(entry: string, name: string): string {
  const output = join(ROOT, 'build', 'lambda', `${name}.mjs`);
  execFileSync(process.execPath, ['tools/bundle.mjs', entry, output], { cwd: ROOT, stdio: 'inherit' });
  return output;
}

/** `start` runs Node with arguments and gives its output; each part is the quickest of `runs`. */
export async function handler(
  map: string,
  log: string,
  runs: number,
  start: (args: string[]) => string,
): Promise<Handler> {
  const whole = bundled('src/lambda/main.ts', 'bench-main');
  const split = bundled('bench/handler_parts.ts', 'bench-parts');
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
    bundle_bytes: statSync(whole).size,
    bundle_compressed: brotliCompressSync(readFileSync(whole)).length,
    packages: await packages(),
    parts,
  };
}

export function printHandler({ bundle_bytes, bundle_compressed, packages, parts }: Handler): void {
  console.log(`handler: bundle of ${bundle_bytes} bytes, ${bundle_compressed} compressed`);
  for (const { name, bytes } of packages.slice(0, 12))
    console.log(`  ${name.padEnd(36)} ${String(bytes).padStart(7)} bytes`);
  for (const { part, ms } of parts) console.log(`  ${part.padEnd(36)} ${ms.toFixed(1).padStart(7)} ms`);
}
