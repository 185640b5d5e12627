// SPDX-License-Identifier: MIT
// The arrows between files and rooms, read from #include and import lines: every room with code has a row here, tests
// included. A room is a folder, or one file right under src/.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const core = ['core-cpp/base', 'core-cpp/map', 'core-cpp/match', 'core-cpp/rules'];
const stages = ['osm', 'tags', 'network', 'overlay', 'places', 'tiles'].map((stage) => `mapdata/compiler/${stage}`);
const src = (...names: string[]) => names.map((name) => `src/${name}`);

/** Each room and those that it may use: all of them stand in rows before its own, so that an arrow never leads up. */
const ROOMS: readonly (readonly [room: string, uses: readonly string[]])[] = [
  ['core-cpp/base', []],
  ['core-cpp/map', core.slice(0, 1)],
  ['core-cpp/match', core.slice(0, 2)],
  ['core-cpp/rules', core.slice(0, 3)],
  ['core-cpp', core],
  ['mapdata/compiler/osm', []],
  ['mapdata/compiler/tags', ['core-cpp/map', ...stages.slice(0, 1)]],
  ['mapdata/compiler/network', ['core-cpp/base', 'core-cpp/map', ...stages.slice(0, 2)]],
  ['mapdata/compiler/overlay', ['core-cpp/base', 'core-cpp/map', ...stages.slice(0, 3)]],
  ['mapdata/compiler/places', ['core-cpp/base', 'core-cpp/map']],
  ['mapdata/compiler/tiles', ['core-cpp/base', 'core-cpp/map', ...stages.slice(0, 3), 'mapdata/compiler/places']],
  ['mapdata/compiler', ['core-cpp/base', 'core-cpp/map', ...stages]],
  ['wasm', ['core-cpp', ...core, 'mapdata/compiler', 'mapdata/compiler/osm']],

  ['mapdata/demo', []],
  ['mapdata/places', []],
  ['mapdata', []],
  ['src/layout.ts', []],
  ['src/errors.ts', src('layout.ts')],
  ['src/types.ts', src('layout.ts')],
  ['src/files.ts', src('errors.ts')],
  ['src/osm_file.ts', src('errors.ts')],
  ['src/logs', src('errors.ts', 'types.ts')],
  ['src/settings', src('layout.ts', 'errors.ts', 'types.ts')],
  ['src/drive_block.ts', src('layout.ts', 'settings', 'types.ts')],
  ['src/abi', src('layout.ts', 'errors.ts')],
  ['src/analyzer.ts', src('abi', 'layout.ts', 'drive_block.ts', 'errors.ts', 'settings', 'types.ts')],
  ['src/overlay', src('errors.ts', 'types.ts')],
  ['src/mapbuild.ts', src('abi', 'errors.ts', 'files.ts', 'osm_file.ts', 'overlay')],
  ['src/report', src('layout.ts', 'logs', 'settings', 'types.ts')],
  ['src/lambda', src('analyzer.ts', 'errors.ts', 'logs', 'report', 'settings', 'types.ts')],
  [
    'src/cli',
    [
      'mapdata/demo',
      ...src(
        'analyzer.ts',
        'errors.ts',
        'files.ts',
        'logs',
        'mapbuild.ts',
        'overlay',
        'report',
        'settings',
        'types.ts',
      ),
    ],
  ],

  ['tools', ['mapdata/demo', ...src('layout.ts', 'mapbuild.ts', 'overlay')]],
  ['tools/local', src('cli')],
  [
    'bench',
    [
      'mapdata/demo',
      ...src('abi', 'layout.ts', 'analyzer.ts', 'drive_block.ts', 'errors.ts', 'logs', 'mapbuild.ts', 'report'),
      ...src('settings', 'types.ts', 'cli', 'lambda'),
      'tools',
      'tools/local',
    ],
  ],
  ['bench/accuracy', ['mapdata/demo', ...src('analyzer.ts', 'mapbuild.ts', 'settings', 'types.ts'), 'bench']],
  ['bench/native', ['core-cpp/base', ...stages, 'wasm']],
  ['bench/peers', []],
  ['test/native', ['core-cpp/base', 'core-cpp/map', 'core-cpp/match', 'mapdata/compiler', ...stages]],
  ['fuzz', ['core-cpp', ...core, 'mapdata/compiler', ...stages, 'wasm', 'test/native']],
  ['test/conditions', ['core-cpp/rules', 'mapdata/compiler/tags', 'mapdata/demo']],
  [
    'test',
    ['mapdata/demo', ...src('layout.ts', 'analyzer.ts', 'errors.ts', 'mapbuild.ts', 'overlay'), 'tools', 'wasm'],
  ],
  ['test/batch', [...src('cli', 'lambda', 'logs'), 'tools/local']],
  [
    'test/e2e',
    [
      'mapdata/demo',
      ...src('abi', 'layout.ts', 'analyzer.ts', 'cli', 'drive_block.ts', 'errors.ts', 'logs', 'mapbuild.ts', 'report'),
      ...src('settings', 'types.ts'),
      'test',
    ],
  ],
  [
    'test/law',
    [
      'mapdata/demo',
      ...src('abi', 'analyzer.ts', 'logs', 'mapbuild.ts', 'overlay', 'settings', 'types.ts'),
      'test/conditions',
    ],
  ],
  ['test/scenarios', ['mapdata/demo', ...src('analyzer.ts', 'logs', 'mapbuild.ts', 'settings', 'types.ts')]],
  [
    'test/wasmtime',
    ['mapdata/demo', ...src('analyzer.ts', 'drive_block.ts', 'errors.ts', 'logs', 'mapbuild.ts', 'settings')],
  ],
];

const TOPS = '{bench,core-cpp,examples,fuzz,mapdata,src,test,tools,wasm}';
const files = globSync(`${TOPS}/**/*.{ts,mts,mjs,js,py,c,h,cpp,hpp}`, { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules'))
  .sort();
const known = new Set(files);
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const roomOf = (file: string) => (dirname(file) === 'src' ? file : dirname(file));

/** What a file names: imports of types and at run time too; of Python, the modules of its own folder. */
function targets(file: string): string[] {
  const text = read(file);
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, target = '']) => target);
  if (/\.(c|h|cpp|hpp)$/.test(file)) return all(/^#include "([^"]+)"/gm);
  if (file.endsWith('.py')) {
    return all(/^\s*(?:from|import) (\w+)/gm)
      .map((module) => `${dirname(file)}/${module}.py`)
      .filter((target) => known.has(target));
  }
  const named = all(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g);
  const workers = all(/new URL\('(\.[^']+\.m?[jt]s)'/g);
  return [...named, ...workers].map((target) => normalize(join(dirname(file), target)).replaceAll('\\', '/'));
}

const arrows = files.flatMap((file) => targets(file).map((to) => ({ file, to })));

/** The sets of nodes that reach one another (Tarjan's strongly connected components), of two nodes and more. */
function cycles(pairs: readonly (readonly [string, string])[]): string[][] {
  const edges = new Map<string, Set<string>>();
  for (const [from, to] of pairs) if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    if (component.length > 1) found.push(component.sort());
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found;
}

describe('arrows', () => {
  it('every room with code has a row, and every row its code', () => {
    expect(ROOMS.map(([room]) => room).sort()).toEqual([...new Set(files.map(roomOf))].sort());
  });

  it('no row lets a room use one that stands after it', () => {
    for (const [i, [room, uses]] of ROOMS.entries()) {
      const before = ROOMS.slice(0, i).map(([name]) => name);
      for (const used of uses) expect(before, `${room} uses ${used}`).toContain(used);
    }
  });

  it.each(files)('%s', (file) => {
    const room = roomOf(file);
    const allowed = [room, ...(ROOMS.find(([name]) => name === room)?.[1] ?? [])];
    for (const to of targets(file)) {
      expect(known.has(to), `${file} names ${to}, which is not there`).toBe(true);
      expect(allowed, `${file} uses ${to}`).toContain(roomOf(to));
    }
  });

  it('there is no cycle of files; a header and its .cpp are one', () => {
    const unit = (file: string) => file.replace(/\.(h|hpp|cpp)$/, '');
    expect(cycles(arrows.map(({ file, to }) => [unit(file), unit(to)] as const))).toEqual([]);
  });

  it('there is no cycle of rooms', () => {
    expect(cycles(arrows.map(({ file, to }) => [roomOf(file), roomOf(to)] as const))).toEqual([]);
  });

  it('cycles are found where there are some', () => {
    const pairs = ['ab', 'bc', 'ca', 'cd', 'de', 'ed', 'ef'].map((pair) => [...pair] as [string, string]);
    expect(cycles(pairs).sort()).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('the core has no I/O, no clock and no libm beyond sqrt, floor, fabs', () => {
    for (const file of files.filter((f) => /^core-cpp\/.*\.[ch]pp$/.test(f) && !/_test\.[ch]pp$/.test(f))) {
      const text = read(file);
      expect(text, file).not.toMatch(/#include <(iostream|cstdio|fstream|chrono|ctime|random|thread)>/);
      expect(text, file).not.toMatch(/\bstd::(sin|cos|tan|exp|log|pow|atan2?|acos|asin|hypot|round|ceil)\(/);
    }
  });

  it('only src/abi knows addresses', () => {
    for (const file of files.filter((f) => f.startsWith('src/') && roomOf(f) !== 'src/abi')) {
      expect(read(file), file).not.toContain('memory.buffer');
    }
  });
});
