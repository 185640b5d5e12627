// SPDX-License-Identifier: MIT
// Every command that a document names is run: by a test of this room, by .ci/run, or not, and then it is said why.
import { expect, it } from 'vitest';
import { isThere, wordsOfLine } from './commands.ts';
import { contentOf, DOCUMENTS, read } from './markdown.ts';

/** Why no check runs a command; it is tried by hand where the documents ask for it. */
const BY_HAND: Readonly<Record<string, string>> = {
  'bench cold': 'its figures need a machine with nothing else to do, as those of the next do',
  'bench map': 'writes maps of up to 10 GB',
  'bench compile': 'writes extracts of the size of a country',
  'bench porto': 'minutes of CPU, and no bound',
  'bench match': 'installs two other matchers',
  'bench peers': 'installs three other matchers',
  'bench profile': 'needs perf',
  'bench reading': 'minutes of CPU',
  'bench speed': 'a part of what `npm run bench` measures',
  'bench slow': 'minutes of CPU; it fails over its own bound',
  'bench kubicka-floor': 'minutes of CPU, and no bound',
  'bench power': 'needs control groups, and minutes; bench cost reads its kept run',
  'bench lead-time': 'builds images of 2 GB',
  'bench documents': 'figures.test.ts compares the same',
  'check bench': 'a bench on the native library, for who changes the C++; the benches are run on the modules',
  'check mutants': 'an hour of CPU, and no bound',
  'check conditions': 'test/conditions has a part of it in every run',
  'npm build': 'prepack runs it for check package',
  'npm local': 'serves until Ctrl-C; check batch runs the same stack',
  'npm web': 'serves until Ctrl-C; check browser opens the same page',
  'npm invoke': 'needs npm run local beside it',
  'npm ci': 'tools/run.mjs runs it',
  'npm install': 'check package installs the tarball',
  'wasm/layout.ts': 'its --check is a test (test/modules.test.ts)',
  'test/cases/rules.ts': 'minutes of CPU, on data from outside',
  'test/channels/table.ts': 'test/channels/channels.test.ts holds its bounds',
  'test/channels/honest.ts': 'on data from outside, and no bound',
};

/** What a command line is about, in the words of BY_HAND; nothing where it is no command of the project. */
function subjectOf(line: string): string | undefined {
  const [program = '', ...words] = wordsOfLine(line.replace(/^(?:npx|env) /, ''));
  const rest = words.filter((word) => !['run', '--silent', '--'].includes(word));
  const [first = '', second = ''] = rest;
  if (program === 'npm' && ['bench', 'check'].includes(first)) {
    const named = second !== '' && !second.startsWith('-') && second !== 'NAME';
    return `${first}${named ? ` ${second}` : ''}`;
  }
  if (program === 'npm') return `npm ${first}`;
  const file = program === 'node' ? first : program;
  return /^(?:tools|wasm|test|bench|\.ci)\/[\w./-]+$/.test(file) && /\.(?:ts|sh|mjs)$|run$/.test(file)
    ? file
    : undefined;
}

const subjects = new Set(
  DOCUMENTS.flatMap((file) => contentOf(read(file)).code.flatMap((line) => line.trim().split(/\s+&&\s+/)))
    .filter((line) => /^(?:npm|npx|node|env|tools\/|wasm\/|test\/|\.ci\/)/.test(line) && line.includes(' '))
    .map(subjectOf)
    .filter((subject) => subject !== undefined),
);

const CI = read('.ci/run');
/** Run by .ci/run, or by the tests of this room. */
function isRun(subject: string): boolean {
  const [kind = '', name = ''] = subject.split(' ');
  if (kind === 'npm') return new RegExp(`npm (?:run )?${name}\\b`).test(CI) || name === 'tomare';
  if (kind === 'bench' || kind === 'check') {
    return name === '' || new RegExp(`(?:npm run ${kind} -- |" ${kind} )${name}(?![\\w-])`).test(CI);
  }
  return CI.includes(subject);
}

it('there are commands', () => {
  expect(subjects.size).toBeGreaterThan(30);
});

it('each is run, or it is said why not', () => {
  expect([...subjects].filter((subject) => !isRun(subject) && !(subject in BY_HAND))).toEqual([]);
});

it('the list has none that is run, and none that no document names', () => {
  const idle = Object.keys(BY_HAND).filter((subject) => isRun(subject) || !subjects.has(subject));
  expect(idle).toEqual([]);
  for (const subject of subjects) if (/\.\w+$/.test(subject)) expect(isThere(subject), subject).toBe(true);
});
