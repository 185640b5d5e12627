// SPDX-License-Identifier: MIT
// Mutants of core-cpp/rules and core-cpp/match: one token of a source changed, and the tests run again. The native tests
// come first, the scenarios for what they let live. Prints what became of each, the share killed, and the survivors.
// A mutant is one object of its own, put before the library of all the others: only tests that reach its file are run.
// All is built in a copy of the tree (~/.cache/tomare/mutants) and kept for the next run. Tests are bounded by their CPU
// time, so that a busy machine kills nobody. Left out are calls of reserve and constants that these alone use: room changes
// no result. A run that was ended goes on: what was killed is not judged again while its file is the same, what lived is.
// usage: npm run check -- mutants [--sample 60] [--seed 1] [--only FILE:LINE,…] [--native] [--fresh] [--jobs N]
//        npm run check -- mutants --list [--sample 60] [--seed 1]   the sample, without judging it
//   --only: of the sample, those whose names begin so; --sample all: of all there are; --fresh: judges all anew
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { boundarySources, flagsOf, ROOT, roomSources } from './sources.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    native: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
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

/** Who killed which mutant, of this run and those before. */
const KILLS = join(FOLDER, 'kills.json');
const kills: Record<string, string> = !values.fresh && existsSync(KILLS) ? JSON.parse(readFileSync(KILLS, 'utf8')) : {};
function keyOf({ file, at, from, to }: Mutant): string {
  const text = readFileSync(join(ROOT, file));
  return createHash('sha256')
    .update(text)
    .update(JSON.stringify([file, at, from, to]))
    .digest('hex');
}
function kill(mutant: Mutant, by: string): void {
  kills[keyOf(mutant)] = by;
  writeFileSync(KILLS, JSON.stringify(kills));
}

const nameOf = (m: Mutant) => `${m.file}:${m.line} '${m.from.trim()}' as '${m.to.trim()}'`;

/** A call of reserve, or constants that such calls alone use. */
function reserves(line: string, lines: readonly string[]): boolean {
  if (line.includes('.reserve(')) return true;
  if (!line.includes('constexpr')) return false;
  const names = [...line.matchAll(/\b(k[A-Z]\w*) = /g)].map((hit) => new RegExp(`\\b${hit[1]}\\b`));
  const users = lines.filter((other) => other !== line && names.some((name) => name.test(other)));
  return users.length > 0 && users.every((other) => other.includes('.reserve('));
}

function mutantsOf(file: string): Mutant[] {
  const found: Mutant[] = [];
  const lines = readFileSync(join(TREE, file), 'utf8').split('\n');
  let at = 0;
  for (const [i, text] of lines.entries()) {
    const code =
      /^\s*(\/\/|#|template|static_assert)/.test(text) || reserves(text, lines)
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

/** Whether a command of bash succeeds within seconds of CPU time, and what it said. */
function run(command: string, cpuSeconds: number, env: Record<string, string> = {}) {
  const options = { cwd: TREE, env: { ...process.env, ...env }, maxBuffer: 1 << 26, timeout: 3_600_000 };
  const limited = `ulimit -t ${cpuSeconds}; ${command}`;
  return new Promise<{ good: boolean; said: string }>((resolve) => {
    execFile('bash', ['-c', limited], options, (error, stdout, stderr) =>
      resolve({ good: error === null, said: `${stdout}${stderr}` }),
    );
  });
}
const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');
const several = pLimit(Number(values.jobs));

/** What every source includes, read once: reading it took most of a mutant's time. */
const HEADER = join(OBJECTS, 'header.hpp');
const HEADERS = ['algorithm', 'cmath', 'limits', 'map', 'optional', 'random', 'string', 'vector', 'gtest/gtest.h'];
/** A test also fails that reads beyond the end of a vector, as it does with AddressSanitizer. */
const COMPILER = [
  'clang++-19',
  ...flagsOf('core').filter((flag) => !/no-exceptions|no-rtti/.test(flag)),
  '-O0',
  '-fPIC',
  '-D_GLIBCXX_ASSERTIONS',
  '-I.',
  `-DTOMARE_PLACES="${join(ROOT, 'mapdata/places/places.bin')}"`,
];
const objectOf = (file: string) => join(OBJECTS, `${file.replaceAll('/', '_')}.o`);

async function compile(source: string, object: string): Promise<boolean> {
  const precompiled = ['-include-pch', `${HEADER}.pch`];
  return (await run(quoted([...COMPILER, ...precompiled, '-c', source, '-o', object]), 300)).good;
}

/** The file and the headers that it includes, and these. */
function included(file: string): Set<string> {
  const seen = new Set([file]);
  for (const each of seen) {
    for (const [, header = ''] of readFileSync(join(TREE, each), 'utf8').matchAll(/^#include "([^"]+)"/gm)) {
      if (existsSync(join(TREE, header))) seen.add(header);
    }
  }
  return seen;
}

/** Compiles what has changed since it was compiled last, or whose headers have. */
async function compileTree(files: readonly string[]): Promise<void> {
  const newest = (names: readonly string[]) => Math.max(...names.map((name) => statSync(join(TREE, name)).mtimeMs));
  const text = HEADERS.map((name) => `#include <${name}>\n`).join('');
  if (!existsSync(HEADER) || readFileSync(HEADER, 'utf8') !== text || !existsSync(`${HEADER}.pch`)) {
    writeFileSync(HEADER, text);
    const made = await run(quoted([...COMPILER, '-x', 'c++-header', HEADER, '-o', `${HEADER}.pch`]), 300);
    if (!made.good) throw new Error(made.said.slice(0, 4000));
  }
  const one = async (file: string) => {
    const object = objectOf(file);
    if (existsSync(object) && statSync(object).mtimeMs > newest([...included(file)])) return;
    if (!(await compile(file, object))) throw new Error(`${file} does not compile`);
  };
  await Promise.all(files.map((file) => several(one, file)));
}

const isOlder = (file: string, than: readonly string[]) =>
  !existsSync(file) || than.some((other) => statSync(other).mtimeMs > statSync(file).mtimeMs);

async function link(objects: readonly string[], ...options: string[]): Promise<void> {
  const { good, said } = await run(quoted(['clang++-19', ...objects, ...options]), 300);
  if (!good) throw new Error(said.slice(0, 4000));
}

/** Tests in one program: those beside the sources, and those of test/native, which need the map compiler. */
interface Binary {
  name: string;
  files: string[];
  libraries: string[];
}
const isTest = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();
const CORE = roomSources('core');
const LIBRARY = join(FOLDER, 'libcore.so');
const BINARIES: Binary[] = [
  {
    name: 'beside',
    files: ['base', 'map', 'match', 'rules'].flatMap((room) => isTest(`core-cpp/${room}/*_test.cpp`)),
    libraries: [],
  },
  {
    name: 'native',
    files: [
      ...roomSources('compiler'),
      ...boundarySources('core', 'any'),
      ...boundarySources('core', 'native'),
      ...isTest('test/native/*_test.cpp'),
    ],
    libraries: ['-lz', '-lcrypto', '-lpthread'],
  },
];

async function build({ name, files, libraries }: Binary): Promise<void> {
  await compileTree([...CORE, ...files]);
  const core = CORE.map(objectOf),
    own = [...files.map(objectOf), LIBRARY],
    program = join(FOLDER, name);
  if (isOlder(LIBRARY, core)) await link(core, '-shared', '-o', LIBRARY);
  if (isOlder(program, own)) await link(own, '-lgtest', '-lgtest_main', ...libraries, '-o', program);
}

/** Seconds of CPU that no binary's tests come near to. */
const CPU_SECONDS = 60;

/** The sources that a file may run: those whose headers it includes, and so on. */
function reached(file: string): Set<string> {
  const seen = new Set([file]);
  for (const each of seen) {
    for (const header of included(each)) {
      for (const name of [header, header.replace('.hpp', '.cpp')]) if (existsSync(join(TREE, name))) seen.add(name);
    }
  }
  return seen;
}

/** GoogleTest's filter of the suites of these tests. */
function filterOf(tests: readonly string[]): string {
  const texts = tests.map((test) => readFileSync(join(TREE, test), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/^TEST\w*\((\w+),/gm)].map((hit) => hit[1]));
  return [...new Set(names)].map((name) => `${name}.*`).join(':');
}

/** What to run of a binary for a mutant of the file: the tests beside it, then all others that reach it. */
function filtersFor({ files }: Binary, mutant: string): string[] {
  const tests = files.filter((file) => file.endsWith('_test.cpp'));
  const beside = tests.filter((test) => test.startsWith(mutant.replace('.cpp', '')));
  // the rules' tests call them by one header
  const others = tests.filter(
    (test) => !beside.includes(test) && (!/core-cpp\/(base|map|match)\//.test(test) || reached(test).has(mutant)),
  );
  return [beside, others].filter((some) => some.length > 0).map(filterOf);
}

/** Whether a binary's tests pass where `preload` comes before the library. Who never ends, or eats all memory, fails. */
async function passes(name: string, filters: readonly string[], preload = ''): Promise<boolean> {
  const program = `exec env LD_PRELOAD='${preload}' '${join(FOLDER, name)}' --gtest_brief=1 --gtest_fail_fast`;
  for (const filter of filters) {
    const { good } = await run(`ulimit -v 4000000; ${program} --gtest_filter='${filter}'`, CPU_SECONDS);
    if (!good) return false;
  }
  return true;
}

/** No mutants of the language: they do not compile. */
const invalid = new Set<Mutant>();
const NONE = 'the compiler';

async function lives(binary: Binary, mutant: Mutant, n: number): Promise<boolean> {
  const [source, object, library] = ['cpp', 'o', 'so'].map((end) => join(OBJECTS, `mutant_${n}.${end}`)) as [
    string,
    string,
    string,
  ];
  writeFileSync(source, mutated(mutant));
  if (await compile(source, object)) {
    await link([object], '-shared', '-o', library);
  } else {
    invalid.add(mutant);
    kill(mutant, NONE);
  }
  const alive = !invalid.has(mutant) && (await passes(binary.name, filtersFor(binary, mutant.file), library));
  for (const file of [source, object, library]) rmSync(file, { force: true });
  const fate = invalid.has(mutant) ? 'is none' : alive ? 'lives so far' : `killed by ${binary.name}`;
  if (!alive && !invalid.has(mutant)) kill(mutant, binary.name);
  console.log(`${fate}  ${nameOf(mutant)}`);
  return alive;
}

/** What the tests of a binary let live. */
async function survivorsOf(binary: Binary, mutants: readonly Mutant[]): Promise<Mutant[]> {
  if (mutants.length === 0) return [];
  await build(binary);
  const program = join(FOLDER, binary.name),
    passed = `${program}.passed`;
  if (isOlder(passed, [program])) {
    if (!(await passes(binary.name, ['*']))) throw new Error(`the tests of ${binary.name} fail without a mutant`);
    writeFileSync(passed, '');
  }
  const alive = await Promise.all(mutants.map((mutant, n) => several(lives, binary, mutant, n)));
  return mutants.filter((_, n) => alive[n]);
}

async function scenariosPass(): Promise<boolean> {
  const { good } = await run('exec npx vitest run --bail 1 test/scenarios', 600, { TOMARE_ENGINE: 'native' });
  return good;
}

async function scenariosMiss(mutant: Mutant): Promise<boolean> {
  const path = join(TREE, mutant.file);
  const original = readFileSync(path);
  writeFileSync(path, mutated(mutant));
  const pass = await scenariosPass();
  writeFileSync(path, original);
  if (!pass) kill(mutant, 'scenarios');
  console.log(`${pass ? 'lives' : 'killed by scenarios'}  ${nameOf(mutant)}`);
  return pass;
}

mkdirSync(OBJECTS, { recursive: true });
copyTree();
const all = CORE.filter((file) => MUTATED.includes(dirname(file))).flatMap(mutantsOf);
const sample = values.sample === 'all' ? all : sampled(all, Number(values.sample), Number(values.seed));
const only = values.only.split(',');
const chosen = sample.filter((m) => only.some((text) => nameOf(m).startsWith(text)));

async function judge(): Promise<void> {
  for (const mutant of chosen) {
    const by = kills[keyOf(mutant)];
    if (by === NONE) invalid.add(mutant);
    if (by !== undefined) console.log(`killed by ${by}, before  ${nameOf(mutant)}`);
  }
  let left = chosen.filter((mutant) => kills[keyOf(mutant)] === undefined);
  const share = () => {
    const judged = chosen.length - invalid.size;
    return `${((100 * (judged - left.length)) / Math.max(1, judged)).toFixed(1)} % of ${judged} mutants`;
  };
  for (const binary of BINARIES) {
    left = await survivorsOf(binary, left);
    console.log(`after the tests of ${binary.name}: ${share()} killed`);
  }
  if (!values.native && left.length > 0) {
    if (!(await scenariosPass())) throw new Error('the scenarios fail without a mutant');
    const before = left;
    left = [];
    for (const mutant of before) if (await scenariosMiss(mutant)) left.push(mutant);
  }
  console.log(`\nkilled: ${share()} (sample ${values.sample}, seed ${values.seed}); what lives:`);
  for (const mutant of left) console.log(`  ${nameOf(mutant)}`);
}

if (values.list) {
  for (const mutant of chosen) console.log(nameOf(mutant));
} else {
  await judge();
}
