// SPDX-License-Identifier: MIT
// A bench on the native library built from the C++ as it is now: what a change of rules or matcher does to accuracy
// before the modules are rebuilt. usage: npm run check -- bench accuracy --split train --figures [--receiver TEXT]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import build from './build.ts';

const names = process.argv.slice(2);
if (names.includes('--keep')) {
  console.error('--keep: the kept figures are those of the modules; build these, then npm run bench');
  process.exit(2);
}
build();
const main = join(import.meta.dirname, '..', '..', 'bench', 'main.ts');
process.exitCode = spawnSync(process.execPath, [main, ...names], { stdio: 'inherit' }).status ?? 1;
