// SPDX-License-Identifier: MIT
// All bundles of the project: a fraction of the files to find, and no types to strip at each start.
//   node tools/bundle.ts                          the package: library, command and its worker, in dist/lib
//   node tools/bundle.ts function FOLDER [WORKER] [ACCOUNT]
//                                                 the Lambda function: main.mjs, its thread worker.mjs, and what they share;
//                                                 WORKER in place of the thread's source; ACCOUNT becomes esbuild's metafile
//   node tools/bundle.ts ENTRY OUT.mjs            one file
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { holidayDates } from './holiday_dates.ts';

const root = join(import.meta.dirname, '..');
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  // a checkout makes the report's page with esbuild; the package carries the page. bowser would be a chunk that no other
  // asks for: the SDK's code for browsers does
  external: ['esbuild', 'bowser'],
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // CommonJS parts of the packages ask for Node's own modules by require
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
  plugins: [holidayDates],
} as const satisfies BuildOptions;

/** Several entries with shared chunks, so that what a command does not need costs its start nothing. */
export async function bundle(entries: Record<string, string> | string[], outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const outputs = { entryPoints: entries, outdir, splitting: true, outExtension: { '.js': '.mjs' } };
  return (await build({ ...COMMON, ...outputs, metafile: true })).metafile;
}

/** The package's JavaScript. Chunks lie beside the entries, where the command looks for its worker. */
export async function bundlePackage(): Promise<Metafile> {
  const entries = { index: 'src/index.ts', tomare: 'src/cli/start.ts', worker: 'src/cli/worker.ts' };
  return bundle(entries, join(root, 'dist', 'lib'));
}

/** The Lambda function and the thread that it looks for beside itself. */
export async function bundleFunction(outdir: string, worker = 'src/lambda/worker.ts'): Promise<Metafile> {
  return bundle({ main: 'src/lambda/main.ts', worker }, outdir);
}

export async function bundleFile(entry: string, outfile: string): Promise<void> {
  await build({ ...COMMON, entryPoints: [entry], outfile });
}

if (process.argv[1] === import.meta.filename) {
  const [entry, outfile, worker, account] = process.argv.slice(2);
  if (entry === undefined) {
    await bundlePackage();
  } else if (outfile === undefined) throw new Error('usage: node tools/bundle.ts [function FOLDER | ENTRY OUT.mjs]');
  else if (entry === 'function') {
    const metafile = await bundleFunction(outfile, worker);
    if (account !== undefined) writeFileSync(account, JSON.stringify(metafile));
  } else await bundleFile(entry, outfile);
}
