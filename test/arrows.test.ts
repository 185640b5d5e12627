// SPDX-License-Identifier: MIT
// The arrows between files and rooms, read from #include and import lines: every room with code has a line here, tests
// included. A room is a folder, one file right under src/, or a file with a line of its own.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Each room and those that it may use. All of them stand in lines before its own, so that no arrow leads up. */
const HOUSE = `
core-cpp/base:
core-cpp/map: core-cpp/base
core-cpp/match: core-cpp/base core-cpp/map
core-cpp/rules: core-cpp/base core-cpp/map core-cpp/match
core-cpp: core-cpp/base core-cpp/map core-cpp/match core-cpp/rules
mapdata/compiler/osm:
mapdata/compiler/tags: core-cpp/map mapdata/compiler/osm
mapdata/compiler/network: core-cpp/base core-cpp/map mapdata/compiler/osm mapdata/compiler/tags
mapdata/compiler/overlay: core-cpp/base core-cpp/map mapdata/compiler/network
mapdata/compiler/places: core-cpp/base core-cpp/map
mapdata/compiler/tiles: core-cpp/base core-cpp/map mapdata/compiler/network mapdata/compiler/places
mapdata/compiler: core-cpp/base mapdata/compiler/osm mapdata/compiler/network mapdata/compiler/overlay
    mapdata/compiler/tiles
wasm: core-cpp/base core-cpp/map core-cpp/match core-cpp/rules core-cpp mapdata/compiler/osm mapdata/compiler
src/osm_blocks.ts:
mapdata/demo: src/osm_blocks.ts
mapdata/places:
src/layout.ts:
src/errors.ts: src/layout.ts
src/package_files.ts:
src/nearest.ts:
src/types.ts: src/layout.ts
src/trace.ts: src/types.ts
src/unfinished.ts:
src/files.ts: src/errors.ts src/unfinished.ts
src/host: src/package_files.ts src/files.ts
src/map_digest.ts: src/layout.ts src/host
src/abi: src/layout.ts src/errors.ts src/host src/types.ts src/trace.ts
src/settings: src/layout.ts src/errors.ts src/host src/package_files.ts src/nearest.ts src/types.ts src/abi
src/analyzer.ts: src/layout.ts src/errors.ts src/host src/types.ts src/trace.ts src/abi src/settings
src/osm_file.ts: src/errors.ts src/host
src/osm_xml.ts: src/osm_blocks.ts src/errors.ts src/host
src/overlay: src/layout.ts src/errors.ts src/host src/types.ts
src/mapbuild.ts: src/layout.ts src/errors.ts src/host src/abi src/osm_file.ts src/osm_xml.ts src/overlay
src/node_version.ts:
src/logs/validity.ts:
src/logs/datum.ts:
src/logs/codes.ts: src/host
src/logs/format.ts: src/errors.ts src/logs/validity.ts src/logs/codes.ts
src/logs/numbers.ts: src/logs/format.ts
src/logs/clock: src/logs/numbers.ts src/logs/codes.ts
src/logs/table: src/logs/datum.ts src/logs/validity.ts src/logs/format.ts src/logs/numbers.ts src/logs/codes.ts src/logs/clock
src/logs/formats: src/errors.ts src/host src/logs/datum.ts src/logs/validity.ts src/logs/format.ts src/logs/numbers.ts src/logs/clock
    src/logs/codes.ts src/logs/table
src/logs: src/errors.ts src/host src/types.ts src/nearest.ts src/logs/datum.ts src/logs/validity.ts src/logs/format.ts src/logs/numbers.ts src/logs/clock
    src/logs/codes.ts src/logs/formats
src/logs/write: src/types.ts
src/report: src/layout.ts src/host src/types.ts src/trace.ts src/settings src/logs/format.ts src/logs
src/session.ts: src/errors.ts src/host src/map_digest.ts src/types.ts src/trace.ts src/settings src/analyzer.ts src/logs
    src/report
src/audit: src/errors.ts src/settings src/report
src/decisions: src/errors.ts src/report src/audit
src/html: mapdata/demo src/package_files.ts src/host src/types.ts src/settings src/report src/session.ts src/audit src/decisions
    src/trace.ts
src/html/app/i18n:
src/html/app/state: src/html src/html/app/i18n src/report
src/html/app/map: src/html src/html/app/state
src/html/app: src/decisions src/html src/html/app/i18n src/html/app/state src/html/app/map
src/web: src/html/app/state src/errors.ts src/host src/types.ts src/settings src/mapbuild.ts src/logs src/report src/session.ts src/html
src/review: src/decisions
src/days: src/types.ts src/settings src/report src/session.ts src/audit src/html
src/erase: src/errors.ts src/days
src/cli/completion:
src/cli/explain: src/layout.ts src/errors.ts src/nearest.ts src/settings src/report src/audit src/html/app/i18n
src/cli: mapdata/demo src/layout.ts src/errors.ts src/package_files.ts src/nearest.ts src/types.ts src/settings src/analyzer.ts src/files.ts src/map_digest.ts
    src/overlay src/mapbuild.ts src/node_version.ts src/logs src/logs/write src/report src/session.ts src/audit
    src/trace.ts src/decisions src/html src/html/app/i18n src/review src/cli/completion src/cli/explain src/erase
src/require_node.ts: src/node_version.ts
src/index.ts: src/errors.ts src/host src/types.ts src/trace.ts src/overlay src/mapbuild.ts src/logs/format.ts src/logs src/report src/session.ts
    src/require_node.ts
src/lambda: src/errors.ts src/map_digest.ts src/analyzer.ts src/package_files.ts src/types.ts src/days src/erase src/settings src/logs src/report src/session.ts src/require_node.ts src/html
tools: src/html src/web mapdata/demo src/layout.ts src/overlay src/mapbuild.ts src/report
tools/local: src/cli src/lambda
test/formats: src/errors.ts src/types.ts src/logs/format.ts src/logs/formats src/logs src/logs/write
test/batch: mapdata/demo src/map_digest.ts src/mapbuild.ts src/types.ts src/analyzer.ts src/logs src/session.ts src/audit src/html src/days src/erase src/cli src/lambda tools tools/local
bench: mapdata/demo src/types.ts src/logs/write src/settings src/mapbuild.ts tools
bench/speed: mapdata/demo src/layout.ts src/types.ts src/abi src/settings src/analyzer.ts src/mapbuild.ts src/logs
    src/report src/session.ts src/cli tools test/formats bench
bench/cold: src/settings src/analyzer.ts src/logs src/report src/session.ts src/cli src/lambda tools tools/local
    bench
bench/map: src/abi src/settings src/analyzer.ts tools bench bench/speed
bench/real: mapdata/demo src/types.ts src/settings src/mapbuild.ts src/logs src/session.ts bench
bench/batch: src/cli tools tools/local test/batch bench
bench/peers: src/types.ts src/abi src/settings src/analyzer.ts bench
bench/documents: bench bench/speed bench/batch
bench/accuracy: mapdata/demo src/types.ts src/settings src/mapbuild.ts src/session.ts bench bench/real
bench/native: core-cpp/base mapdata/compiler/osm mapdata/compiler/network mapdata/compiler/tiles wasm
examples/c:
examples/cdk:
examples/node:
test/native: core-cpp/base core-cpp/map core-cpp/match core-cpp/rules core-cpp mapdata/compiler/overlay mapdata/compiler wasm
fuzz: core-cpp/base core-cpp/map core-cpp mapdata/compiler/tags wasm test/native
test: wasm mapdata/demo src/layout.ts src/errors.ts src/analyzer.ts src/overlay src/mapbuild.ts tools
test/analysis: mapdata/demo src/mapbuild.ts
test/browser: mapdata/demo src/errors.ts src/mapbuild.ts src/logs src/session.ts src/decisions src/html src/html/app/state src/cli src/index.ts tools test/formats
test/channels: mapdata/demo src/types.ts src/settings src/analyzer.ts src/mapbuild.ts src/logs
test/command: mapdata/demo src/mapbuild.ts tools
test/conditions: core-cpp/rules mapdata/compiler/tags mapdata/demo src/layout.ts
test/documents: mapdata/demo bench/documents
test/e2e: src/osm_blocks.ts src/overlay mapdata/demo src/layout.ts src/errors.ts src/host src/package_files.ts src/types.ts src/trace.ts src/abi src/settings src/analyzer.ts src/mapbuild.ts
    src/node_version.ts src/logs src/report src/session.ts src/cli test test/command
test/engine: src/host src/abi test/conditions
test/cases: src/report src/session.ts src/cli test/engine
test/install: mapdata/demo src/mapbuild.ts
test/law: mapdata/demo src/types.ts src/abi src/settings src/analyzer.ts src/overlay src/mapbuild.ts src/logs
    src/session.ts test/conditions
test/package: mapdata/demo src/node_version.ts
test/scenarios: mapdata/demo src/types.ts src/settings src/mapbuild.ts src/logs src/session.ts
test/wasmtime: mapdata/demo src/errors.ts src/abi src/settings src/analyzer.ts src/mapbuild.ts src/logs
`;

const ROOMS: readonly (readonly [room: string, uses: readonly string[]])[] = HOUSE.replace(/\n +/g, ' ')
  .trim()
  .split('\n')
  .map((line) => {
    const [room = '', uses = ''] = line.split(':');
    return [room, uses.split(' ').filter((name) => name !== '')] as const;
  });

const TOPS = '{bench,core-cpp,examples,fuzz,mapdata,src,test,tools,wasm}';
const files = globSync(`${TOPS}/**/*.{ts,tsx,mts,mjs,js,py,c,h,cpp,hpp}`, { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules'))
  .sort();
const known = new Set(files);
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const single = new Set(ROOMS.map(([room]) => room));
const roomOf = (file: string) => (dirname(file) === 'src' || single.has(file) ? file : dirname(file));

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
  return [...named, ...workers]
    .filter((target) => !target.endsWith('.json'))
    .map((target) => normalize(join(dirname(file), target)).replaceAll('\\', '/'));
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
  it('every room with code has a line, and every line its code', () => {
    expect(ROOMS.map(([room]) => room).sort()).toEqual([...new Set(files.map(roomOf))].sort());
  });

  it('no line lets a room use one that stands after it', () => {
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

  it('there is no cycle of files; an .hpp and its .cpp are one', () => {
    const unit = (file: string) => file.replace(/\.[ch]pp$/, '');
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
