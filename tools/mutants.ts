// SPDX-License-Identifier: MIT
// Mutants of core-cpp/rules and core-cpp/match: one token of a source changed, and the tests run again. The native tests
// come first, the scenarios for what they let live. Prints the share killed, and the survivors. Everything is built and
// changed in a copy of the tree (~/.cache/tomare/mutants), with ccache if it is there.
// usage: npm run check -- mutants [--sample 60] [--seed 1] [--only TEXT of FILE:LINE] [--native]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { boundarySources, flagsOf, ROOT, roomSources } from './sources.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    native: { type: 'boolean', default: false },
  },
});

const MUTATED = ['core-cpp/rules', 'core-cpp/match'];
/** Not within the project, whose own tests would find the copy's. */
const FOLDER = join(process.env['TOMARE_CACHE'] ?? join(homedir(), '.cache', 'tomare'), 'mutants', basename(ROOT));
const TREE = join(FOLDER, 'tree');
const OBJECTS = join(FOLDER, 'objects');

/** What a token becomes. */
const CHANGES: [RegExp, (token: string) => string][] = [
  [/ (<|>|<=|>=) /g, (t) => ({ ' < ': ' <= ', ' > ': ' >= ', ' <= ': ' < ', ' >= ': ' > ' })[t] ?? t],
  [/ (==|!=) /g, (t) => (t === ' == ' ? ' != ' : ' == ')],
  [/ (&&|\|\|) /g, (t) => (t === ' && ' ? ' || ' : ' && ')],
  [/ ([+\-*/]) (?=[\w(])/g, (t) => ({ ' + ': ' - ', ' - ': ' + ', ' * ': ' / ', ' / ': ' * ' })[t] ?? t],
  [/\bstd::(min|max)\b/g, (t) => (t === 'std::min' ? 'std::max' : 'std::min')],
  [/(?<=[= (])\d+(\.\d+)?(?=[;,) F])/g, (t) => String(Number(t) * 2 + 1)],
  [/\b(true|false)\b/g, (t) => (t === 'true' ? 'false' : 'true')],
];

interface Mutant {
  file: string;
  line: number;
  at: number;
  from: string;
  to: string;
}

const nameOf = (m: Mutant) => `${m.file}:${m.line} '${m.from.trim()}' as '${m.to.trim()}'`;

function mutantsOf(file: string): Mutant[] {
  const found: Mutant[] = [];
  let at = 0;
  for (const [i, text] of readFileSync(join(TREE, file), 'utf8').split('\n').entries()) {
    const code = /^\s*(\/\/|#|template|static_assert)/.test(text)
      ? ''
      : text.replace(/\/\/.*$/, '').replace(/<[\w:, *]+>/g, (t) => '\0'.repeat(t.length));
    for (const [pattern, change] of CHANGES)
      for (const hit of code.matchAll(pattern))
        found.push({ file, line: i + 1, at: at + hit.index, from: hit[0], to: change(hit[0]) });
    at += text.length + 1;
  }
  return found;
}

/** Park and Miller's generator: the same sample on every machine. */
function sampled<T>(all: T[], count: number, seed: number): T[] {
  let state = (seed * 48271) % 2147483647;
  const left = [...all];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) {
    state = (state * 48271) % 2147483647;
    drawn.push(...left.splice(state % left.length, 1));
  }
  return drawn;
}

function mutated({ file, at, from, to }: Mutant): string {
  const text = readFileSync(join(TREE, file), 'utf8');
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** The files of the tree as they are now, committed or not. */
function copyTree(): void {
  const list = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  for (const file of list.stdout.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    const copy = join(TREE, file);
    mkdirSync(dirname(copy), { recursive: true });
    if (!existsSync(copy) || !readFileSync(copy).equals(readFileSync(join(ROOT, file)))) {
      copyFileSync(join(ROOT, file), copy);
    }
  }
  if (!existsSync(join(TREE, 'node_modules'))) symlinkSync(join(ROOT, 'node_modules'), join(TREE, 'node_modules'));
}

function run(command: string, args: string[], seconds: number, env: Record<string, string> = {}) {
  return spawnSync(command, args, {
    cwd: TREE,
    encoding: 'utf8',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 26,
    env: { ...process.env, ...env },
  });
}

const ccache = spawnSync('ccache', ['--version']).status === 0 ? ['ccache'] : [];
const COMPILER = [
  ...ccache,
  'clang++-19',
  ...flagsOf('core').filter((flag) => !/no-exceptions|no-rtti/.test(flag)),
  '-O0',
  '-I.',
  `-DTOMARE_PLACES="${join(ROOT, 'mapdata/places/places.bin')}"`,
];
const objectOf = (file: string) => join(OBJECTS, `${file.replaceAll('/', '_')}.o`);

function compile(source: string, object: string): boolean {
  const [program = '', ...flags] = COMPILER;
  return run(program, [...flags, '-c', source, '-o', object], 300).status === 0;
}

/** Tests in one program: those beside the sources, and those of test/native, which need the map compiler. */
interface Binary {
  name: string;
  files: string[];
  libraries: string[];
}
const isTest = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();
const CORE = roomSources('core');
const BINARIES: Binary[] = [
  {
    name: 'beside',
    files: [...CORE, ...['base', 'map', 'match', 'rules'].flatMap((room) => isTest(`core-cpp/${room}/*_test.cpp`))],
    libraries: [],
  },
  {
    name: 'native',
    files: [
      ...CORE,
      ...roomSources('compiler'),
      ...boundarySources('core', 'any'),
      ...boundarySources('core', 'native'),
      ...isTest('test/native/*_test.cpp'),
    ],
    libraries: ['-lz', '-lcrypto', '-lpthread'],
  },
];

/** Whether a binary's tests pass with `object` in place of a file's own. A mutant that never ends, or eats all memory, fails. */
function passes({ name, files, libraries }: Binary, file = '', object = ''): boolean {
  const program = join(FOLDER, name);
  const objects = files.map((f) => (f === file ? object : objectOf(f)));
  const link = run('clang++-19', [...objects, '-lgtest', '-lgtest_main', ...libraries, '-o', program], 300);
  if (link.status !== 0) throw new Error(link.stderr.slice(0, 4000));
  const limited = `ulimit -v 4000000; exec '${program}' --gtest_brief=1 --gtest_fail_fast`;
  return run('bash', ['-c', limited], 120).status === 0;
}

/** No mutants of the language: they do not compile. */
const invalid = new Set<Mutant>();

/** What the tests of a binary let live. */
function survivorsOf(binary: Binary, mutants: readonly Mutant[]): Mutant[] {
  if (mutants.length === 0) return [];
  for (const file of binary.files) if (!compile(file, objectOf(file))) throw new Error(`${file} does not compile`);
  if (!passes(binary)) throw new Error(`the tests of ${binary.name} fail without a mutant`);
  return mutants.filter((mutant) => {
    const source = join(FOLDER, 'mutant.cpp');
    writeFileSync(source, mutated(mutant));
    if (!compile(source, objectOf('mutant'))) invalid.add(mutant);
    return !invalid.has(mutant) && passes(binary, mutant.file, objectOf('mutant'));
  });
}

function scenariosPass(): boolean {
  const tests = ['vitest', 'run', '--bail', '1', 'test/scenarios'];
  return run('npx', tests, 1800, { TOMARE_ENGINE: 'native' }).status === 0;
}

function scenariosMiss(mutant: Mutant): boolean {
  const path = join(TREE, mutant.file);
  const original = readFileSync(path);
  writeFileSync(path, mutated(mutant));
  const pass = scenariosPass();
  writeFileSync(path, original);
  return pass;
}

mkdirSync(OBJECTS, { recursive: true });
copyTree();
const all = CORE.filter((file) => MUTATED.includes(dirname(file))).flatMap(mutantsOf);
const chosen = (values.only === '' ? sampled(all, Number(values.sample), Number(values.seed)) : all).filter((m) =>
  `${m.file}:${m.line}`.includes(values.only),
);
const judged = () => chosen.length - invalid.size;
const share = () => `${((100 * (judged() - left.length)) / Math.max(1, judged())).toFixed(1)} % of ${judged()} mutants`;
let left: Mutant[] = chosen;
for (const binary of BINARIES) {
  left = survivorsOf(binary, left);
  console.log(`after the tests of ${binary.name}: ${share()} killed`);
  for (const mutant of left) console.log(`  lives so far  ${nameOf(mutant)}`);
}
if (!values.native && left.length > 0) {
  if (!scenariosPass()) throw new Error('the scenarios fail without a mutant');
  left = left.filter(scenariosMiss);
}
for (const mutant of left) console.log(`lives  ${nameOf(mutant)}`);
console.log(`killed: ${share()} (seed ${values.seed})`);
