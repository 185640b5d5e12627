// SPDX-License-Identifier: MIT
// Before the tests: builds what has changed of the native libraries, with the compilers that are there, for a quick
// build more than for quick code.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { built, FOLDER, libraryFile } from './libraries.ts';

const root = join(import.meta.dirname, '..', '..');
const has = (tool: string) => spawnSync(tool, ['--version']).status === 0;

function cmake(...args: string[]): string {
  const run = spawnSync('cmake', args, { cwd: root, encoding: 'utf8' });
  if (run.status === 0) return run.stdout;
  throw new Error(`cmake ${args.join(' ')}\n${run.stdout}${run.stderr}`);
}

export default function build(): void {
  if (!has('cmake')) throw new Error('the native engine needs cmake and a C++ compiler: apt-get install cmake g++');
  const begin = performance.now();
  const options = ['-DCMAKE_BUILD_TYPE=None', '-DCMAKE_CXX_FLAGS=-O1 -DNDEBUG', '-DTOMARE_TESTS=OFF'];
  if (has('ninja')) options.push('-GNinja');
  if (has('ccache')) options.push('-DCMAKE_CXX_COMPILER_LAUNCHER=ccache');
  const withCompiler = / map compiler: ON/.test(cmake('-S', '.', '-B', FOLDER, ...options));
  if (!withCompiler) for (const name of ['tomap', 'tomare_oracle'] as const) rmSync(libraryFile(name), { force: true });
  const targets = withCompiler ? ['tomare', 'tomap', 'tomare_oracle'] : ['tomare'];
  cmake('--build', FOLDER, '-j', String(availableParallelism()), '--target', ...targets);
  process.stdout.write(
    `native engine: ${targets.join(', ')} in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`,
  );
  if (!built('tomap')) {
    process.stdout.write(
      'the map compiler is the committed module: a change of it needs apt-get install libprotozero-dev\n',
    );
  }
  const register = `--import=${new URL('register.ts', import.meta.url).href}`;
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} ${register}`.trim(); // in processes of tests, too
}
