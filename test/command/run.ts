// SPDX-License-Identifier: MIT
// All checks of the bundled command.
import { join } from 'node:path';
import { bundle } from '../../tools/bundle.ts';
import { resumeChecks } from './resume.ts';
import { shellChecks } from './shells.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'build', 'command');
let failed = 0;

function check(title: string, problems: readonly string[]): void {
  if (problems.length > 0) failed++;
  process.stdout.write(`${problems.length > 0 ? 'FAIL' : 'ok  '}  ${title}\n`);
  for (const problem of problems) process.stdout.write(`      ${problem}\n`);
}

const lib = join(root, 'build', 'command-lib');
await bundle({ tomare: 'src/cli/start.ts', worker: 'src/cli/worker.ts' }, lib);
const program = join(lib, 'tomare.mjs');
await resumeChecks(folder, program, check);
shellChecks(folder, program, check);
process.exitCode = failed === 0 ? 0 : 1;
