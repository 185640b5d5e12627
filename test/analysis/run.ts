// SPDX-License-Identifier: MIT
// What analysts do with the outputs: the examples of docs/ANALYSIS.md, sums in two engines over two formats, a spreadsheet.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { spreadsheetChecks } from './spreadsheet.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'build', 'analysis');
const venv = join(root, 'build', 'analysis-venv');
const python = join(venv, 'bin', 'python');
let failed = 0;

function check(title: string, holds: boolean, detail = ''): void {
  if (!holds) failed++;
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'}  ${title}${detail === '' ? '' : `: ${detail}`}\n`);
}

function installPython(): void {
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
  const install = ['-m', 'pip', 'install', '-q', '-r', join(import.meta.dirname, 'requirements.txt')];
  execFileSync(python, install, { stdio: 'inherit' });
}

/** The command as the page writes it. */
function makeCommand(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const main = join(root, 'src', 'cli', 'main.ts');
  const quiet = '--disable-warning=ExperimentalWarning';
  writeFileSync(join(bin, 'tomare'), `#!/bin/sh\nexec "${process.execPath}" ${quiet} "${main}" "$@"\n`);
  chmodSync(join(bin, 'tomare'), 0o755);
  return bin;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
makeDemo(folder);
await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'region.tmap'), name: 'town' });
installPython();
const bin = makeCommand();
const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, PYTHONDONTWRITEBYTECODE: '1' };
const tomare = (...args: string[]) =>
  execFileSync(join(bin, 'tomare'), args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
const checks = (script: string, ...args: string[]) => {
  const { status } = spawnSync(python, [join(import.meta.dirname, script), ...args], {
    cwd: folder,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
};

checks('examples.py', join(root, 'docs', 'ANALYSIS.md'));
tomare('analyze', '--map', 'region.tmap', '--all', '--format', 'ndjson', '--out', 'results.ndjson', 'drives/');
checks('sums.py', 'tables', 'results.ndjson');
spreadsheetChecks(folder, tomare, check);
process.exitCode = failed === 0 ? 0 : 1;
