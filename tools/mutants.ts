// SPDX-License-Identifier: MIT
// Mutants of core-cpp/rules and core-cpp/match: one token of a source changed, and the tests run again. The native tests
// come first, the scenarios for what they let live. Prints the share killed, and the survivors. Everything is built and
// changed in a copy of the tree (build/mutants), with ccache if it is there.
// usage: npm run check -- mutants [--sample 60] [--seed 1] [--only TEXT of FILE:LINE] [--native]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
const FOLDER = join(ROOT, 'build', 'mutants');
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
  for (const [i, text] of readFileSync(join(ROOT, file), 'utf8').split('\n').entries()) {
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
  const text = readFileSync(join(ROOT, file), 'utf8');
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

/** The tests beside the sources, and those of test/native, which need the map compiler. */
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

/** Whether the native tests pass with `object` in place of a file's own. A mutant that runs for ever, or eats all memory, fails. */
function nativePass(file: string, object: string): boolean {
  return BINARIES.every(({ name, files, libraries }) => {
    const program = join(FOLDER, name);
    const objects = files.map((f) => (f === file ? object : objectOf(f)));
    const link = run('clang++-19', [...objects, '-lgtest', '-lgtest_main', ...libraries, '-o', program], 300);
    if (link.status !== 0) throw new Error(link.stderr.slice(0, 4000));
    const limited = `ulimit -v 4000000; exec '${program}' --gtest_brief=1 --gtest_fail_fast`;
    return run('bash', ['-c', limited], 120).status === 0;
  });
}

function scenariosPass(mutant?: Mutant): boolean {
  if (mutant) writeFileSync(join(TREE, mutant.file), mutated(mutant));
  try {
    const tests = ['vitest', 'run', '--bail', '1', 'test/scenarios'];
    return run('npx', tests, 1800, { TOMARE_ENGINE: 'native' }).status === 0;
  } finally {
    if (mutant) copyFileSync(join(ROOT, mutant.file), join(TREE, mutant.file));
  }
}

mkdirSync(OBJECTS, { recursive: true });
copyTree();
for (const file of new Set(BINARIES.flatMap(({ files }) => files))) {
  if (!compile(file, objectOf(file))) throw new Error(`${file} does not compile`);
}
if (!nativePass('', '')) throw new Error('the native tests fail without a mutant');
if (!values.native && !scenariosPass()) throw new Error('the scenarios fail without a mutant');

const all = CORE.filter((file) => MUTATED.includes(dirname(file))).flatMap(mutantsOf);
const chosen = values.only === '' ? sampled(all, Number(values.sample), Number(values.seed)) : all;
let byNative = 0;
let byScenarios = 0;
let judged = 0;
for (const mutant of chosen.filter((m) => `${m.file}:${m.line}`.includes(values.only))) {
  const source = join(FOLDER, 'mutant.cpp');
  writeFileSync(source, mutated(mutant));
  if (!compile(source, objectOf('mutant'))) continue; // no mutant of the language
  judged += 1;
  if (!nativePass(mutant.file, objectOf('mutant'))) byNative += 1;
  else if (!values.native && !scenariosPass(mutant)) byScenarios += 1;
  else console.log(`lives  ${nameOf(mutant)}`);
}
const share = (count: number) => `${((100 * count) / Math.max(1, judged)).toFixed(1)} %`;
const scenarios = values.native ? '' : `, with the scenarios ${share(byNative + byScenarios)}`;
console.log(`killed by native tests ${share(byNative)}${scenarios} of ${judged} mutants (seed ${values.seed})`);
