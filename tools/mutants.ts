// SPDX-License-Identifier: MIT
// Mutants of core-cpp/rules and core-cpp/match: one token changed, the native tests built and run again. Prints the share
// that tests kill, and the survivors. With --scenarios those that native tests let live are asked of the scenarios, too.
// usage: node tools/mutants.ts [--sample 60] [--seed 1] [--room core-cpp/rules]… [--scenarios]
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flagsOf, ROOT } from './sources.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: ['core-cpp/rules', 'core-cpp/match'] },
    scenarios: { type: 'boolean', default: false },
  },
});

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

const sources = (room: string) =>
  globSync(`${room}/*.cpp`, { cwd: ROOT })
    .filter((file) => !file.endsWith('_test.cpp'))
    .sort();

function mutantsOf(file: string): Mutant[] {
  const found: Mutant[] = [];
  let at = 0;
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .forEach((text, i) => {
      const code = /^\s*(\/\/|#|template|static_assert)/.test(text)
        ? ''
        : text.replace(/\/\/.*$/, '').replace(/<[\w:, *]+>/g, (t) => '\0'.repeat(t.length));
      for (const [pattern, change] of CHANGES)
        for (const hit of code.matchAll(pattern))
          found.push({ file, line: i + 1, at: at + hit.index, from: hit[0], to: change(hit[0]) });
      at += text.length + 1;
    });
  return found;
}

/** Park and Miller's generator: the same sample on every machine. */
function sampled<T>(all: T[], count: number, seed: number): T[] {
  let state = (seed * 48271) % 2147483647;
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    state = (state * 48271) % 2147483647;
    taken.push(...left.splice(state % left.length, 1));
  }
  return taken;
}

const folder = join(ROOT, 'build', 'mutants');
mkdirSync(folder, { recursive: true });
const compiler = ['clang++-19', ...flagsOf('core').filter((f) => !/no-exceptions|no-rtti/.test(f)), '-O1', '-I', ROOT];
const run = (command: string, args: string[], options = {}) =>
  spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', timeout: 120_000, ...options });
const objectOf = (file: string) => join(folder, `${file.replaceAll('/', '_')}.o`);

function compile(source: string, object: string): boolean {
  const [program = '', ...flags] = compiler;
  return run(program, [...flags, '-c', source, '-o', object]).status === 0;
}

const all = ['core-cpp/base', 'core-cpp/map', 'core-cpp/match', 'core-cpp/rules'].flatMap((room) => [
  ...sources(room),
  ...globSync(`${room}/*_test.cpp`, { cwd: ROOT }),
]);
for (const file of all) if (!compile(file, objectOf(file))) throw new Error(`${file} does not compile`);

/** Whether the native tests pass with one object in place of a source's own. */
function nativePass(file: string, object: string): boolean {
  const tests = join(folder, 'tests');
  const objects = all.map((f) => (f === file ? object : objectOf(f)));
  if (run('clang++-19', [...objects, '-lgtest', '-lgtest_main', '-o', tests]).status !== 0) return false;
  return run(tests, ['--gtest_brief=1', '--gtest_fail_fast']).status === 0;
}

function scenariosPass(mutant: Mutant, text: string): boolean {
  const path = join(ROOT, mutant.file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(path, text);
  try {
    const env = { ...process.env, TOMARE_ENGINE: 'native' };
    return run('npx', ['vitest', 'run', '--bail', '1', 'test/scenarios'], { env, timeout: 900_000 }).status === 0;
  } finally {
    writeFileSync(path, original);
  }
}

if (!nativePass('', '')) throw new Error('the native tests fail without a mutant');
const mutants = sampled(
  values.room.flatMap((room) => sources(room).flatMap(mutantsOf)),
  Number(values.sample),
  Number(values.seed),
);
const survivors: Mutant[] = [];
let judged = 0;
for (const mutant of mutants) {
  const text = readFileSync(join(ROOT, mutant.file), 'utf8');
  const changed = text.slice(0, mutant.at) + mutant.to + text.slice(mutant.at + mutant.from.length);
  const source = join(folder, 'mutant.cpp');
  writeFileSync(source, changed);
  if (!compile(source, join(folder, 'mutant.o'))) continue;
  judged += 1;
  const lives =
    nativePass(mutant.file, join(folder, 'mutant.o')) && (!values.scenarios || scenariosPass(mutant, changed));
  if (lives) survivors.push(mutant);
}
for (const m of survivors) console.log(`lives  ${m.file}:${m.line} '${m.from.trim()}' as '${m.to.trim()}'`);
const share = (100 * (judged - survivors.length)) / judged;
console.log(`${judged - survivors.length} of ${judged} mutants killed, ${share.toFixed(1)} % (seed ${values.seed})`);
