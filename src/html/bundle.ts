// SPDX-License-Identifier: MIT
// Makes the page's script and style from src/html/app, as one text each. The package carries what this makes.
import { fileURLToPath } from 'node:url';
import { packageFile } from '../package_files.ts';

export interface Bundle {
  script: string;
  style: string;
}

const app = (name: string) => packageFile(`src/html/app/${name}`);

export async function bundlePage(): Promise<Bundle> {
  const { build } = await import('esbuild'); // not there where the package is installed, nor in the function's image
  const made = await build({
    entryPoints: [app('main.tsx'), app('style.css'), fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css'))],
    outdir: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2023', 'chrome110', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfigRaw: { compilerOptions: { strict: true } }, // the same bytes where tsconfig.json is not there: the image
  });
  const text = (end: string) =>
    made.outputFiles
      .filter((file) => file.path.endsWith(end))
      .map((file) => file.text)
      .join('\n');
  return { script: text('.js'), style: text('.css') };
}
