// SPDX-License-Identifier: MIT
// Makes dist, as the package holds it: JavaScript, types, and the licences of what is bundled.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { browserLibrary } from './browser.ts';
import { bundlePackage } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { writePage } from './page.ts';
import { buildWeb } from './web.ts';

const root = join(import.meta.dirname, '..');

/** Names, versions and licence texts of the packages that have code in the bundle; those of one text together. */
function licences(made: readonly Metafile[]): string {
  const outputs = made.flatMap((metafile) => Object.values(metafile.outputs));
  const inputs = outputs.flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '');
  const found = [...new Set(folders)].filter((folder) => folder !== '').sort();
  const byText = new Map<string, string[]>();
  for (const folder of found) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const files = globSync('{LICENSE,LICENCE,license}*', { cwd: join(root, folder) }).sort();
    const text = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim()).join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

const made = [await bundlePackage(), await browserLibrary(join('dist', 'lib', 'browser.mjs'))];
writeFileSync(join(root, 'dist', 'lib', 'THIRD-PARTY-LICENSES.txt'), licences(made));
await writeDeclarations();
await writePage();

const web = await buildWeb();
writeFileSync(join(root, 'dist', 'web', 'THIRD-PARTY-LICENSES.txt'), licences(web.metafiles));
