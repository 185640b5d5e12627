// SPDX-License-Identifier: MIT
// Makes dist, as the package holds it: JavaScript, types, and the licences of what is bundled.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundlePackage } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { writePage } from './page.ts';

const root = join(import.meta.dirname, '..');

/** Names, versions and licence texts of the packages that have code in the bundle. */
function licences({ outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '');
  const found = [...new Set(folders)].filter((folder) => folder !== '').sort();
  return found
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const files = globSync('{LICENSE,LICENCE,license}*', { cwd: join(root, folder) }).sort();
      const texts = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
      return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

const metafile = await bundlePackage();
writeFileSync(join(root, 'dist', 'lib', 'THIRD-PARTY-LICENSES.txt'), licences(metafile));
await writeDeclarations();
await writePage();
