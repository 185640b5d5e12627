// SPDX-License-Identifier: MIT
// Bundles the command line into dist/cli: a fifth of the files to find, and no types to strip at each
// start. Chunks keep what a command does not need out of its start. Paths stay two folders under the root.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

export async function bundle(entries: string[], outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outExtension: { '.js': '.mjs' },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
}

if (process.argv[1] === import.meta.filename) {
  await bundle(['src/cli/main.ts', 'src/cli/worker.ts'], join(root, 'dist', 'cli'));
}
