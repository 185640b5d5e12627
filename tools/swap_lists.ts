// SPDX-License-Identifier: MIT
// Swaps two neighbours in every list and struct that two sides share, one at a time, in a copy of the tree where
// nothing is made anew, and says which check notices. Ends with 1 when one does not.
// usage: node tools/swap_lists.ts [PART OF A LIST'S NAME]
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'tomare-swap-'));
process.on('exit', () => rmSync(copy, { recursive: true }));
const tracked = ['core-cpp', 'wasm', 'mapdata', 'src', 'docs', 'test', 'tools', 'vitest.config.ts', 'package.json'];
for (const path of execFileSync('git', ['ls-files', ...tracked], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')) {
  cpSync(join(root, path), join(copy, path));
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const { layout } = (await import(join(copy, 'wasm/layout.ts'))) as { layout: () => string };

/** A list or struct: where the text of each entry lies that changes places with the next one's. */
interface List {
  file: string;
  name: string;
  entries: { at: number; length: number }[];
}

const read = (path: string) => readFileSync(join(copy, path), 'utf8');
/** Comments become blanks, so that places stay. */
const bare = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, (c) => c.replace(/[^\n]/g, ' '));

function matches(file: string, name: string, body: string, from: number, pattern: RegExp): List {
  const entries = [...body.matchAll(pattern)].map((m) => {
    const text = m[1] ?? '';
    return { at: from + m.index + m[0].lastIndexOf(text), length: text.length };
  });
  return { file, name, entries };
}

/** X-lists: all but the number changes places. */
function xlists(file: string): List[] {
  return [...read(file).matchAll(/^#define (TOMARE_\w+)\(X\)((?:.*\\\n)*.*)/gm)].map((m) => {
    const from = m.index + m[0].length - (m[2] ?? '').length;
    return matches(file, m[1] ?? '', m[2] ?? '', from, /\bX\((?:\d+, )?((?:[^()"]|"[^"]*")*)\)/g);
  });
}

/** Enumerations that are written out: the names change places. */
function enums(file: string): List[] {
  const text = bare(read(file));
  return [...text.matchAll(/enum (?:class )?(\w+) : \w+ \{([^}#]*)\}/g)]
    .filter((m) => !(m[2] ?? '').includes('TOMARE_'))
    .map((m) =>
      matches(
        file,
        m[1] ?? '',
        m[2] ?? '',
        m.index + m[0].length - (m[2] ?? '').length - 1,
        /([A-Za-z]\w*)(?=\s*(?:=|,|$))/g,
      ),
    );
}

/** Structs of plain fields: the names change places. */
function structs(file: string, wanted = /./): List[] {
  const text = bare(read(file));
  return [...text.matchAll(/struct (\w+) \{([^}]*)\}/g)]
    .filter((m) => wanted.test(m[1] ?? ''))
    .map((m) =>
      matches(
        file,
        m[1] ?? '',
        m[2] ?? '',
        m.index + m[0].length - (m[2] ?? '').length - 1,
        /(?<=[\s,])(\w+)(?=(?:\[\w+\])*\s*[,;])/g,
      ),
    );
}

/** The constants of a boundary. */
const defines = (file: string) => matches(file, '#define', read(file), 0, /^#define (TM_\w+|TOMAP_\w+) \d/gm);

/** What layout.ts exports: texts and numbers of arrays, keys of objects. */
function generated(file: string): List[] {
  return [...read(file).matchAll(/^export const (\w+) = ([[{][\s\S]*?^[\]}])/gm)].map((m) => {
    const objects = /^\[\n {2}\{/.test(m[2] ?? '');
    const pattern = objects ? /^ {4}"name": ("[^"]*")/gm : /^ {2,4}("[^"]*")/gm;
    return matches(file, m[1] ?? '', m[2] ?? '', m.index + m[0].length - (m[2] ?? '').length, pattern);
  });
}

const vitest = (test: string) => () =>
  spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', test], { cwd: copy, encoding: 'utf8' }).status !== 0;
const compile = (source: string) => () =>
  spawnSync('g++', ['-std=c++20', '-I.', '-fsyntax-only', source], { cwd: copy, encoding: 'utf8' }).status !== 0;
/** From the cheapest; those after the first are tried at one pair of a list. */
const CHECKS: [name: string, fails: () => boolean][] = [
  ['layout.ts is that of the headers', () => layoutFails()],
  ['test/format_tables.test.ts', vitest('test/format_tables.test.ts')],
  ['test/errors.test.ts', vitest('test/errors.test.ts')],
  ['static_assert in wasm/drive_block.cpp', compile('wasm/drive_block.cpp')],
  ['static_assert in wasm/compiler_abi.cpp', compile('wasm/compiler_abi.cpp')],
];

function layoutFails(): boolean {
  try {
    return layout() !== read('src/layout.ts');
  } catch {
    return true;
  }
}

/** Makes the swap, asks the checks until one notices, and takes the swap back. */
function caught(list: List, pair: number, checks: typeof CHECKS): string | undefined {
  const before = read(list.file);
  const [a, b] = [list.entries[pair], list.entries[pair + 1]];
  if (!a || !b) throw new Error(`${list.name}: no pair ${pair}`);
  const cut = (e: typeof a) => before.slice(e.at, e.at + e.length);
  const after =
    before.slice(0, a.at) + cut(b) + before.slice(a.at + a.length, b.at) + cut(a) + before.slice(b.at + b.length);
  if (after === before) return 'both are the same';
  writeFileSync(join(copy, list.file), after);
  const found = checks.find(([, fails]) => fails());
  writeFileSync(join(copy, list.file), before);
  return found?.[0];
}

const RULES = 'core-cpp/rules';
const lists = [
  ...['core-cpp/map/lists.hpp', 'core-cpp/map/format.hpp', `${RULES}/finding.hpp`, `${RULES}/law.hpp`].flatMap(xlists),
  ...[`${RULES}/conditions.hpp`, 'core-cpp/base/error.hpp', 'core-cpp/base/settings.hpp'].flatMap(xlists),
  ...xlists('mapdata/compiler/overlay/overlay_rows.hpp'),
  ...['core-cpp/map/format.hpp', 'mapdata/compiler/overlay/overlay_rows.hpp', 'mapdata/compiler/osm/osm.hpp']
    .flatMap(enums)
    .filter((list) => !/MemberType/.test(list.name)),
  ...structs('wasm/abi.h'),
  ...structs('wasm/compiler_abi.h'),
  ...structs('mapdata/compiler/overlay/overlay_rows.hpp', /^Overlay(Record|Position)$/),
  ...structs('core-cpp/map/format.hpp'),
  ...structs(`${RULES}/law.hpp`, /^(UtcOffset|DefaultLimit|Permit|PermitArea|AreaPosition)$/),
  defines('wasm/abi.h'),
  defines('wasm/compiler_abi.h'),
  ...generated('src/layout.ts'),
  matches('src/errors.ts', 'HOST_ERRORS', read('src/errors.ts'), 0, /code: 1\d\d, name: ('\w+')/g),
].filter((list) => list.entries.length > 1 && list.name.includes(process.argv[2] ?? ''));

let missed = 0;
for (const [name, fails] of CHECKS) {
  if (fails()) throw new Error(`${name} fails without a swap`);
}
for (const list of lists) {
  const pairs = list.entries.length - 1;
  const quick = Array.from({ length: pairs }, (_, pair) => caught(list, pair, CHECKS.slice(0, 1)));
  const open = quick.flatMap((by, pair) => (by === undefined ? [pair] : []));
  const by = new Set(quick.filter((name) => name !== undefined));
  const slow = open[Math.floor(open.length / 2)];
  const found = slow === undefined ? undefined : caught(list, slow, CHECKS.slice(1));
  if (found !== undefined) by.add(found);
  const lost = slow !== undefined && found === undefined;
  if (lost) missed++;
  const tried = slow === undefined ? pairs : pairs - open.length + 1;
  console.log(
    [lost ? 'MISSED' : 'ok', list.file, list.name, `${tried} of ${pairs} pairs`, [...by].join(', ')].join(' | '),
  );
}
console.log(`${lists.length} lists, ${missed} missed`);
process.exitCode = missed > 0 || lists.length === 0 ? 1 : 0;
