// SPDX-License-Identifier: MIT
// Where the files lie that come with the code: modules, settings, profiles. The same from src and from dist.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function packageFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'tomare') return folder;
    if (dirname(folder) === folder) {
      throw new Error(
        `${from}: the package's own files are not above it; leave "tomare" out of your bundle (external)`,
      );
    }
  }
}

const root = packageFolder(dirname(fileURLToPath(import.meta.url)));

/** Path of a file of the package, by its path inside it: `packageFile('wasm/tomare.wasm')`. */
export function packageFile(path: string): string {
  return join(root, path);
}
