// SPDX-License-Identifier: MIT
// The package as its users get it: packed, looked at by publint and attw, installed into an empty project whose path has
// a space and Japanese, and used there by npx, by import, and by TypeScript, on Node 22 and 24; an older Node is told so.
import { type ExecFileSyncOptions, execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { makeDemo } from '../../mapdata/demo/make.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { nodeProblem } from '../../src/node_version.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'tomare-package-'));
const project = join(folder, '空の project');
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_OPTIONS: '',
  INIT_CWD: undefined,
  XDG_CACHE_HOME: join(folder, 'c'),
};
const LIMIT = 3_000_000;
let failed = 0;

function check(title: string, problems: readonly string[]): void {
  if (problems.length > 0) failed++;
  process.stdout.write(`${problems.length > 0 ? 'FAIL' : 'ok  '}  ${title}\n`);
  for (const problem of problems) process.stdout.write(`      ${problem}\n`);
}

const equal = (got: unknown, wanted: unknown) =>
  JSON.stringify(got) === JSON.stringify(wanted)
    ? []
    : [`${JSON.stringify(got)}; ${JSON.stringify(wanted)} is expected`];

function npm(args: string[], options: ExecFileSyncOptions = {}): string {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return execFileSync('npm', [...args, ...quiet], { cwd: project, env, encoding: 'utf8', ...options }) as string;
}

/** What a program of the user does: exit code, and both streams. */
function run(program: string, args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** A Node of that line, from npm, kept in build. */
function node(line: number): string {
  const name = `node-linux-${process.arch}`;
  const place = join(root, 'build', 'nodes', `${line}`);
  const program = join(place, 'node_modules', name, 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(place, { recursive: true });
  npm(['install', '--no-save', '--prefix', place, `${name}@${line}`]);
  return program;
}

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

async function pack(): Promise<string> {
  const args = ['pack', '--json', '--pack-destination', folder]; // builds dist, by the script prepack
  const [packed] = JSON.parse(npm(args, { cwd: root })) as [Packed];
  const sizes = `${packed.size} bytes packed, ${packed.unpackedSize} unpacked, ${packed.files.length} files`;
  check(`npm pack: ${sizes}`, packed.size < LIMIT ? [] : [`more than ${LIMIT} bytes`]);
  const known =
    /^(dist\/(lib|page|types)\/|mapdata\/places\/places\.bin$|mapdata\/profiles\/\w+\.yaml$|wasm\/\w+\.wasm$|(README|LICENSE|package|settings)\b)/;
  check(
    'nothing but the product is in it',
    packed.files.map((f) => f.path).filter((path) => !known.test(path)),
  );
  return join(folder, packed.filename);
}

async function lint(tarball: string): Promise<void> {
  const { messages } = await publint({ pkgDir: root, strict: true, pack: 'npm' });
  check(
    'publint',
    messages.map((message) => formatMessage(message, packageJson, { color: false }) ?? message.code),
  );
  const attw = run(join(root, 'node_modules', '.bin', 'attw'), [tarball, '--profile', 'esm-only', '--no-color']);
  check('attw', attw.code === 0 ? [] : [attw.out + attw.err]);
}

/** Names that the library exports without saying what they are. */
function undocumented(): string[] {
  const types = join(root, 'dist', 'types');
  const read = (path: string) => readFileSync(join(types, path), 'utf8');
  const exported = [...read('index.d.ts').matchAll(/export (?:type )?\{([^}]+)\} from '(.+?)\.js'/g)];
  return exported.flatMap(([, names = '', module = '']) => {
    const text = read(`${module}.d.ts`);
    const all = names.split(',').map((name) =>
      name
        .replace('type ', '')
        .replace(/ as \w+/, '')
        .trim(),
    );
    return all.filter((name) => !new RegExp(`\\*/\\nexport (declare )?(\\w+) ${name}\\b`).test(text));
  });
}

function install(tarball: string): void {
  makeDemo(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', tarball]);
  const packages = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
  check('npm install: no other package comes along', equal(packages, ['tomare']));
}

const DRIVE = join('drives', 'stop-run.csv');
const TOWN = 'tomare: no --map was given; the bundled town is used\n';
/** What the command says of a log beside its results: a line of how each was read. */
const said = (err: string, logs: number) => {
  const lines = err.split('\n').filter((line) => /^tomare: \S+\.csv: csv; \d+ fixes of \d+ rows; /.test(line));
  return [err.startsWith(TOWN), lines.length === logs && err.trimEnd().split('\n').length === logs + 1];
};
const rules = (out: string) => (out === '' ? [] : JSON.parse(out).findings.map((f: { rule: string }) => f.rule));

function useCommand(tarball: string): void {
  const list = () => readdirSync(join(project, 'node_modules', 'tomare'), { recursive: true }).sort();
  const before = list();
  const town = run('npx', ['--no-install', 'tomare', 'analyze', DRIVE]);
  check(
    'npx tomare analyze, by the bundled town',
    equal([town.code, ...said(town.err, 1), rules(town.out)], [0, true, true, ['stop-sign']]),
  );
  check('nothing is written into the install folder', equal(list(), before));
  const jobs = run('npx', ['--no-install', 'tomare', 'analyze', '--jobs', '2', '--format', 'ndjson', 'drives']);
  check(
    'npx tomare analyze --jobs 2',
    equal([jobs.code, ...said(jobs.err, 15), jobs.out.trim().split('\n').length], [0, true, true, 15]),
  );
  const page = run('npx', ['--no-install', 'tomare', 'report', DRIVE, '-o', 'report.html']);
  const html = page.code === 0 ? readFileSync(join(project, 'report.html'), 'utf8') : '';
  check('npx tomare report', equal([page.code, html.includes('id="data"'), html.length > 100_000], [0, true, true]));
  const again = run('npx', ['--no-install', 'tomare', 'analyze', '--format', 'html', DRIVE]);
  check('npx tomare analyze --format html is the same page', again.out === html ? [] : [again.err]);
  const tables = run('npx', ['--no-install', 'tomare', 'analyze', '--format', 'parquet', '--out', 'tables/', DRIVE]);
  const ends = ['findings', 'exposure', 'drives'].map((table) => {
    const bytes = tables.code === 0 ? readFileSync(join(project, 'tables', `${table}.parquet`), 'latin1') : '';
    return bytes.slice(0, 4) + bytes.slice(-4);
  });
  check('npx tomare analyze --format parquet', equal([tables.code, ends], [0, Array(3).fill('PAR1PAR1')]));
  npm(['install', '--global', '--prefix', join(folder, 'global'), tarball]);
  const tomare = join(folder, 'global', 'bin', 'tomare');
  check('npm install --global: tomare --version', equal(run(tomare, ['--version']).out, `${packageJson.version}\n`));
  check('npm install --global: tomare analyze', equal(rules(run(tomare, ['analyze', DRIVE]).out), ['stop-sign']));
}

function useLibrary(): void {
  check('every exported name has a doc comment', undocumented());
  copyFileSync(join(root, 'examples', 'node', 'analyze.mjs'), join(project, 'analyze.mjs'));
  const { code, out } = run(process.execPath, ['analyze.mjs', 'town.osm.pbf', DRIVE, 'none.csv']);
  const lines = out.split('\n');
  const stop = /^ {2}2026-10-05T\S+ stop-sign violated on 6丁目筋 \(0\.\d+\)$/;
  const good = code === 0 && /^stop-run: 1\.\d km, 1 findings$/.test(lines[0] ?? '') && stop.test(lines[1] ?? '');
  check('examples/node/analyze.mjs', good ? [] : [`${code}: ${out}`]);
  copyFileSync(join(root, 'test', 'package', 'consumer.ts'), join(project, 'consumer.ts'));
  copyFileSync(join(root, 'test', 'package', 'tsconfig.consumer.json'), join(project, 'tsconfig.json'));
  const tsc = run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', '.']);
  check('TypeScript types compile, without those of Node', tsc.code === 0 ? [] : [tsc.out]);
}

function useNodes(): void {
  const start = join('node_modules', 'tomare', 'dist', 'lib', 'tomare.mjs');
  const load = ['--input-type=module', '-e', "console.log(Object.keys(await import('tomare')).length)"];
  for (const line of [22, 24]) {
    const program = node(line);
    const command = run(program, [start, 'analyze', DRIVE]);
    check(
      `the command on Node ${line}`,
      equal([command.code, ...said(command.err, 1), rules(command.out)], [0, true, true, ['stop-sign']]),
    );
    check(`the library on Node ${line}`, equal(run(program, load).out, '8\n'));
  }
  const old = node(20);
  const problem = nodeProblem(run(old, ['-p', 'process.versions.node']).out.trim()) ?? '';
  const runs = Array.from({ length: 5 }, () => run(old, [start, 'analyze', DRIVE]));
  const wrong = runs.flatMap(({ code, err }) => equal([code, err], [2, `${problem}\n`]));
  check('the command on Node 20 says what it needs', wrong);
  check('the library on Node 20 says what it needs', run(old, load).err.includes(problem) ? [] : ['it does not']);
}

try {
  mkdirSync(project);
  const tarball = await pack();
  await lint(tarball);
  install(tarball);
  useCommand(tarball);
  useLibrary();
  useNodes();
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failed > 0 ? 1 : 0;
