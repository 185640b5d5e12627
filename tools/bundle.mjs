// SPDX-License-Identifier: MIT
// Bundles an entry of the Lambda function: node tools/bundle.mjs ENTRY OUT [METAFILE]. The module, settings and
// profiles are found beside it, two folders up, as from the sources. METAFILE becomes esbuild's account of what is in
// it. Plain JavaScript, for the image builds with it.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const [entry, outfile, account] = process.argv.slice(2);
if (!entry || !outfile) throw new Error('usage: node tools/bundle.mjs ENTRY OUT [METAFILE]');
const { metafile } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // CommonJS parts of the packages ask for Node's own modules by require
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  metafile: account !== undefined,
  logLevel: 'warning',
});
if (account) writeFileSync(account, JSON.stringify(metafile));
