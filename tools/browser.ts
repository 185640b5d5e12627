// SPDX-License-Identifier: MIT
// Bundles for a browser: the browser's host in place of Node's, and the package's own files inside.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { holidayDates } from './holiday_dates.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path));
/** What src/html/bundle.ts builds for, too. */
export const TARGET = ['es2023', 'chrome110', 'firefox115', 'safari16.4'];

/** Files of the package that the engine reads, by their paths. */
function packageFiles(): Map<string, Uint8Array> {
  const { name, version } = JSON.parse(read('package.json').toString()) as { name: string; version: string };
  const profiles = readdirSync(join(root, 'mapdata/profiles')).filter((file) => file.endsWith('.yaml'));
  const paths = [
    'settings.yaml',
    'wasm/tomare.wasm',
    'wasm/compiler.wasm',
    'mapdata/places/places.bin',
    ...profiles.sort().map((file) => `mapdata/profiles/${file}`),
  ];
  const files = new Map<string, Uint8Array>(paths.map((path) => [path, read(path)]));
  return files.set('package.json', new TextEncoder().encode(JSON.stringify({ name, version })));
}

const browserHost: Plugin = {
  name: 'the browser host',
  setup(wanted) {
    const path = join(root, 'src', 'host', 'browser.ts');
    wanted.onResolve({ filter: /\/host\/node\.ts$/ }, () => ({ path }));
  },
};

/** Base64 of what inflateRaw gives the bytes back from. */
const packed = (bytes: Uint8Array) => deflateRawSync(bytes, { level: 9 }).toString('base64');

/** `more`: files beside those of the package, by the paths that the code names. */
function options(more: ReadonlyMap<string, Uint8Array>) {
  const files = Object.fromEntries([...packageFiles(), ...more].map(([path, bytes]) => [path, packed(bytes)]));
  return {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: TARGET,
    legalComments: 'none',
    logLevel: 'warning',
    define: { TOMARE_FILES: JSON.stringify(files) },
    inject: [join(root, 'tools', 'browser_buffer.ts')],
    plugins: [browserHost, holidayDates],
    metafile: true,
  } as const satisfies BuildOptions;
}

/** One script for a page or a worker. */
export async function browserScript(
  entry: string,
  more: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<{ text: string; metafile: Metafile }> {
  const made = await build({
    ...options(more),
    entryPoints: [entry],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  });
  return { text: made.outputFiles[0]?.text ?? '', metafile: made.metafile };
}

/** The library for other bundlers, as one module. */
export async function browserLibrary(outfile: string): Promise<Metafile> {
  return (await build({ ...options(new Map()), entryPoints: ['src/index.ts'], format: 'esm', outfile })).metafile;
}
