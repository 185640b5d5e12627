// SPDX-License-Identifier: MIT
// Holds wasm/modules.json: the checksum of each committed module and the hash of the sources that it
// was built from. `--write` renews it; without, it fails when sources or modules have changed since.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');

function sources(): string[] {
  const found = ['sources.txt', 'test/conditions/oracle.cpp'];
  for (const folder of ['core-cpp', 'mapdata/compiler', 'wasm']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = `${folder}/${entry}`;
      if (!/\.(cpp|hpp|h|txt|sh)$/.test(path) || /_test\.[ch]pp$/.test(path)) continue;
      if (!path.endsWith('native_main.cpp')) found.push(path);
    }
  }
  return found.sort();
}

export function currentModules() {
  const hash = createHash('sha256');
  for (const path of sources()) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  const module = (path: string) => sha256(readFileSync(join(root, path)));
  return {
    toolchain: 'Debian trixie, emcc 3.1.69',
    sources: hash.digest('hex'),
    'tomare.wasm': module('wasm/tomare.wasm'),
    'compiler.wasm': module('wasm/compiler.wasm'),
    'oracle.wasm': module('test/conditions/oracle.wasm'),
  };
}

if (process.argv[1] === import.meta.filename) {
  const file = join(root, 'wasm', 'modules.json');
  const text = `${JSON.stringify(currentModules(), null, 2)}\n`;
  if (process.argv.includes('--write')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error('wasm/modules.json does not fit the sources: run wasm/build.sh and commit its output');
    process.exit(1);
  }
}
