// SPDX-License-Identifier: MIT
// The committed modules fit their sources, export what the lists say, and import WASI alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentModules } from '../tools/modules.ts';
import { layout } from '../wasm/layout.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const OWN = /^(tomare|tomap)_/;

describe('modules', () => {
  it('were built from the sources as they are', () => {
    expect(JSON.parse(read('wasm/modules.json'))).toEqual(currentModules());
  });

  it('src/layout.ts is that of the headers', () => {
    expect(read('src/layout.ts')).toBe(layout());
  });

  it.each([
    ['tomare.wasm', 'exports.txt', 16],
    ['compiler.wasm', 'compiler_exports.txt', 10],
  ])('%s exports its list and imports WASI preview 1 only', (file, list, most) => {
    const module = new WebAssembly.Module(readFileSync(join(root, 'wasm', file)));
    const names = WebAssembly.Module.exports(module)
      .map((e) => e.name)
      .filter((n) => OWN.test(n));
    const wanted = read(`wasm/${list}`).trim().split('\n');
    expect(names.sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeLessThanOrEqual(most);
    for (const entry of WebAssembly.Module.imports(module)) expect(entry.module).toBe('wasi_snapshot_preview1');
  });

  it('ABI.md names every export and import, and no other', () => {
    const module = new WebAssembly.Module(readFileSync(join(root, 'wasm', 'tomare.wasm')));
    const text = read('wasm/ABI.md');
    const lists = `${read('wasm/exports.txt')}${read('wasm/compiler_exports.txt')}`.trim().split('\n');
    const rows = [...text.matchAll(/`(tom(?:are|ap)_\w+)\(/g)].map((m) => m[1] ?? '');
    expect([...new Set(rows)].sort()).toEqual(lists.sort());
    const imports = /\*\*Imports\*\* of `tomare\.wasm`: (.*) of `wasi/.exec(text)?.[1]?.replaceAll('`', '').split(', ');
    expect(imports?.sort()).toEqual(
      WebAssembly.Module.imports(module)
        .map((entry) => entry.name)
        .sort(),
    );
  });
});
