// SPDX-License-Identifier: MIT
// Every command in a document exists, with its options and files. Those for users run, on a small map.
import { globSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { benches, checks, isThere, scripts, sourceOf, tomareCommands, wordsOfLine } from './commands.ts';
import { contentOf, DOCUMENTS, ROOT, read } from './markdown.ts';

let tomare: Map<string, Set<string>>;
let named: { bench: string[]; check: string[] };
/** Of all that documents name: `tomare`, benches and checks, the tools and the engine room. */
let options: Set<string>;
beforeAll(() => {
  tomare = tomareCommands();
  named = { bench: benches(), check: checks() };
  options = new Set([...tomare.values()].flatMap((all) => [...all]));
  const programs = globSync('{bench,tools,test,wasm}/**/*.{ts,sh,mjs}', { cwd: ROOT }).map(read).join('\n');
  for (const [, name] of programs.matchAll(/\b([a-z][\w-]*)'?: \{ type: '(?:string|boolean)'/g))
    options.add(`--${name}`);
  for (const [option] of programs.matchAll(/--[a-z][\w-]*/g)) options.add(option);
}, 120_000);

/** Code of a document that is a command line, `&&` parted. */
const linesOf = (file: string): string[] =>
  contentOf(read(file))
    .code.flatMap((line) => line.trim().split(/\s+&&\s+/))
    .map((line) => line.replace(/^(?:npx|env) /, ''));

/** Options of programs that are not the project's. */
const FOREIGN: Readonly<Record<string, string>> = { '--parameter-overrides': 'sam', '--no-liftoff': 'V8' };

const optionsOf = (words: readonly string[]) =>
  words.filter((word) => /^--?[a-z]/.test(word)).map((w) => w.split('=')[0] ?? w);

/** What is wrong with a line of `tomare`; nothing when it exists. */
function wrongTomare(words: readonly string[]): string[] {
  const two = words.slice(0, 2).join(' ');
  const name = tomare.has(two) ? two : (words[0] ?? '');
  if (name === 'COMMAND') return [];
  const options = tomare.get(name.startsWith('-') ? '' : name);
  if (!options) return [`no command ${name}`];
  return optionsOf(words).filter((option) => !options.has(option) && option !== '--help');
}

function wrongNamed(family: 'bench' | 'check', words: readonly string[]): string[] {
  const [first = ''] = words;
  if (['--list', 'NAME'].includes(first) || (family === 'check' && first === '')) return [];
  const name = first === '' || first.startsWith('-') ? 'wasm' : first;
  if (!named[family].includes(name)) return [`no ${family} ${name}`];
  const source = sourceOf(family, name);
  return optionsOf(words).filter((option) => !new RegExp(`\\b${option.replace(/^-+/, '')}\\b`).test(source));
}

function wrongNpm(words: readonly string[]): string[] {
  const [script = '', ...rest] = words.filter((word) => !['run', '--silent', '--'].includes(word));
  if (['ci', 'pack', 'install', 'test'].includes(script)) return [];
  if (!scripts().includes(script)) return [`no script ${script}`];
  if (script === 'tomare') return wrongTomare(rest);
  if (script === 'bench' || script === 'check') return wrongNamed(script, rest);
  return script === 'accuracy' ? wrongNamed('bench', ['accuracy', ...rest]) : [];
}

const PATH = /^(?:tools|wasm|bench|test|mapdata|core-cpp|src|examples|\.ci)\/[\w./-]*\w$/;

function wrongOf(line: string): string[] {
  const [program = '', ...rest] = wordsOfLine(line);
  const words = rest.filter((word) => word !== '…' && word !== '[OPTIONS]');
  if (program === 'npm') return wrongNpm(words);
  if (program === 'tomare' && words.length > 0) return wrongTomare(words);
  if (tomare.has(program) && optionsOf(words).length > 0) return wrongTomare([program, ...words]);
  if (program in FOREIGN) return [];
  if (/^--[a-z]/.test(program)) return options.has(program.split('=')[0] ?? '') ? [] : [`no program has ${program}`];
  const files = [program, ...(['node', 'vitest'].includes(program) ? words.slice(0, 2) : [])];
  return files.filter((word) => PATH.test(word) && !isThere(word));
}

describe.each(DOCUMENTS)('%s', (file) => {
  it('names commands, options and files that there are', () => {
    expect(linesOf(file).flatMap((line) => wrongOf(line).map((wrong) => `${line}: ${wrong}`))).toEqual([]);
  });
});

it('a command, an option, a bench and a file that are not there are noticed', () => {
  const lines = [
    'tomare analyse x.csv',
    'tomare analyze --fast',
    'npm run bench -- cld',
    'npm run what',
    'node tools/no.ts',
  ];
  expect(lines.map((line) => wrongOf(line).length)).toEqual([1, 1, 1, 1, 1]);
});

it('package.json has at most twelve scripts', () => {
  expect(scripts().length).toBeLessThanOrEqual(12);
});
