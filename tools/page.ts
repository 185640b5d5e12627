// SPDX-License-Identifier: MIT
// Writes what the report page is made of into dist/page, where src/html/assets.ts reads it: for the package and the image.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PAGE_FILES } from '../src/html/assets.ts';
import { bundlePage } from '../src/html/bundle.ts';

const root = join(import.meta.dirname, '..');

export async function writePage(): Promise<void> {
  const page = await bundlePage();
  for (const part of ['script', 'style'] as const) {
    const file = join(root, PAGE_FILES[part]);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page[part]);
  }
}

if (process.argv[1] === import.meta.filename) await writePage();
