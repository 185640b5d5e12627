// SPDX-License-Identifier: MIT
// The page's script and style: as the package carries them, or made anew from the sources of a checkout.
import { existsSync, readFileSync } from 'node:fs';
import { packageFile } from '../package_files.ts';
import type { Bundle } from './bundle.ts';

/** Where `tools/build.ts` puts them. */
export const PAGE_FILES = { script: 'dist/page/page.js', style: 'dist/page/page.css' } as const;

export async function assets(): Promise<Bundle> {
  if (existsSync(packageFile('src/html/app/main.tsx'))) return (await import('./bundle.ts')).bundlePage();
  const read = (path: string) => readFileSync(packageFile(path), 'utf8');
  return { script: read(PAGE_FILES.script), style: read(PAGE_FILES.style) };
}
