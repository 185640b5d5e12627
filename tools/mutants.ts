// SPDX-License-Identifier: MIT
// Mutants of core-cpp/rules and core-cpp/match: one token of a source changed, and the tests run again. The native tests
// come first, the scenarios for what they let live. Prints what became of each, the share killed, and the survivors.
// Everything is built and changed in a copy of the tree (~/.cache/tomare/mutants), with ccache if it is there. Tests are
// bounded by their CPU time, so that a busy machine kills nobody. A run that was ended goes on: what was killed is not
// judged again while its file is the same, what lived is.
// usage: npm run check -- mutants [--sample 60] [--seed 1] [--only FILE:LINE,…] [--native] [--fresh]
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
const several = pLimit(availableParallelism());

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

async function compile(source: string, object: string): Promise<boolean> {
  return (await run(quoted([...COMPILER, '-c', source, '-o', object]), 300)).good;
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

/** Seconds of CPU that no binary's tests come near to. */
const CPU_SECONDS = 60;

/** Whether a binary's tests pass with `object` in place of a file's own. A mutant that never ends, or eats all memory, fails. */
async function passes({ name, files, libraries }: Binary, file = '', object = ''): Promise<boolean> {
  const program = object === '' ? join(FOLDER, name) : `${object}.${name}`;
  const objects = files.map((f) => (f === file ? object : objectOf(f)));
  const linker = ['clang++-19', ...objects, '-lgtest', '-lgtest_main', ...libraries, '-o', program];
  const link = await run(quoted(linker), 300);
  if (!link.good) throw new Error(link.said.slice(0, 4000));
  const { good } = await run(`ulimit -v 4000000; exec '${program}' --gtest_brief=1 --gtest_fail_fast`, CPU_SECONDS);
  rmSync(program);
  return good;
}

/** No mutants of the language: they do not compile. */
const invalid = new Set<Mutant>();
const NONE = 'the compiler';

async function lives(binary: Binary, mutant: Mutant, n: number): Promise<boolean> {
  const object = join(OBJECTS, `mutant_${n}.o`);
  const source = join(OBJECTS, `mutant_${n}.cpp`);
  writeFileSync(source, mutated(mutant));
  if (!(await compile(source, object))) {
    invalid.add(mutant);
    kill(mutant, NONE);
  }
  const alive = !invalid.has(mutant) && (await passes(binary, mutant.file, object));
  for (const file of [source, object]) rmSync(file, { force: true });
  const fate = invalid.has(mutant) ? 'is none' : alive ? 'lives so far' : `killed by ${binary.name}`;
  if (!alive && !invalid.has(mutant)) kill(mutant, binary.name);
  console.log(`${fate}  ${nameOf(mutant)}`);
  return alive;
}

/** What the tests of a binary let live. */
async function survivorsOf(binary: Binary, mutants: readonly Mutant[]): Promise<Mutant[]> {
  if (mutants.length === 0) return [];
  const whole = async (file: string) => {
    if (!(await compile(file, objectOf(file)))) throw new Error(`${file} does not compile`);
  };
  await Promise.all(binary.files.map((file) => several(whole, file)));
  if (!(await passes(binary))) throw new Error(`the tests of ${binary.name} fail without a mutant`);
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
const judged = () => chosen.length - invalid.size;
const share = () => `${((100 * (judged() - left.length)) / Math.max(1, judged())).toFixed(1)} % of ${judged()} mutants`;
for (const mutant of chosen) {
  const by = kills[keyOf(mutant)];
  if (by === NONE) invalid.add(mutant);
  if (by !== undefined) console.log(`killed by ${by}, before  ${nameOf(mutant)}`);
}
let left: Mutant[] = chosen.filter((mutant) => kills[keyOf(mutant)] === undefined);
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
