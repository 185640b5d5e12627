// SPDX-License-Identifier: MIT
// What the documents name exists: links, reasons, settings, commands and npm scripts.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REASONS, SETTINGS } from '../src/layout.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = globSync('{*.md,{core-cpp,mapdata,wasm,src,bench,fuzz,test,docs,tools}/**/*.md}', { cwd: root });

describe('documents', () => {
  it.each(documents.sort())('%s: links and scripts lead somewhere', (file) => {
    const text = read(file);
    for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      expect(existsSync(join(root, dirname(file), target)), target).toBe(true);
    }
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, script = ''] of text.matchAll(/npm run (?:--silent )?([\w:]+\w)/g)) {
      expect(Object.keys(scripts), script).toContain(script);
    }
  });

  it('RULES.md explains reasons of the closed list, all that the rules give', () => {
    const tables = read('docs/RULES.md').matchAll(/^\| reason \| when \|\n\|---\|---\|\n((?:\|.*\n)+)/gm);
    const named = [...tables].flatMap(([, rows = '']) => [...rows.matchAll(/^\| `(\w+)`/gm)].map((m) => m[1] ?? ''));
    for (const reason of named) expect(REASONS).toContain(reason);
    const rules = globSync('core-cpp/rules/*.cpp', { cwd: root }).map(read).join('');
    const given = REASONS.filter((reason) => new RegExp(`kReason_${reason}\\b`).test(rules));
    expect(given.length).toBeGreaterThan(20);
    for (const reason of given) expect(named).toContain(reason);
  });

  it('RULES.md has a row for each drawing of complaints.test.ts, and no other', () => {
    const section = read('docs/RULES.md').split('## What users of such systems complain about')[1] ?? '';
    const cells = section
      .split('\n')
      .flatMap((line) => (line.startsWith('| ') ? [line.split(' | ').at(-1) ?? ''] : []));
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? ''));
    const drawn = [...read('test/scenarios/complaints.test.ts').matchAll(/^scenario\(\s*'([^']+)'/gm)].map(
      (m) => m[1] ?? '',
    );
    expect(drawn.length).toBeGreaterThan(10);
    expect(named.sort()).toEqual(drawn.sort());
  });

  it('MATCHING.md names settings that there are', () => {
    const names = SETTINGS.map((s) => s.name as string);
    const named = [...read('docs/MATCHING.md').matchAll(/`(\w+_(?:m|s|cost|kmh|deg))`/g)].map((m) => m[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(names).toContain(name);
  });

  it('README.md shows the first command by line 25', () => {
    expect(read('README.md').split('\n').slice(0, 25).join('\n')).toContain('npm run demo');
  });
});
