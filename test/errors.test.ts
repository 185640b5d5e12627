// SPDX-License-Identifier: MIT
// The list of errors is one: core-cpp/base/error.hpp, src/errors.ts and docs/ERRORS.md agree, numbers only
// grow, and every host error is thrown somewhere.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS, formatSection } from '../src/errors.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const entries = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, code, name, sentence]) => ({ code: Number(code), name, text: sentence }));

describe('errors', () => {
  it('of the core are those of the header', () => {
    const core = entries(read('core-cpp/base/error.hpp'), /X\((\d+), (\w+), "([^"]*)"\)/g);
    expect(core.length).toBeGreaterThan(10);
    expect(ERRORS.filter((e) => e.code < 100)).toEqual(core);
  });

  it('are those of docs/ERRORS.md, each with what to do', () => {
    expect(entries(read('docs/ERRORS.md'), /^\| (\d+) \| (\w+) \| ([^|]*) \| [^|]{5,} \|$/gm)).toEqual(ERRORS);
  });

  it('have numbers that grow, and names that are used once', () => {
    const codes = ERRORS.map((e) => e.code);
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(ERRORS.map((e) => e.name)).size).toBe(ERRORS.length);
  });

  it('of the hosts are all in use', () => {
    const sources = globSync('src/**/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('.test.ts') && file !== 'src/errors.ts')
      .map(read)
      .join('\n');
    for (const { code, name } of ERRORS.filter((e) => e.code >= 100)) {
      if (name !== 'TRAP') expect(sources, `${code}`).toContain(`'${name}'`);
    }
    expect(read('src/abi/engine.ts')).toContain("'TRAP'");
  });

  it('name the section of FORMAT.md', () => {
    expect(formatSection(200)).toBe('section 2 of FORMAT.md');
    expect(formatSection(413)).toBe('section 4.13 of FORMAT.md');
  });
});
