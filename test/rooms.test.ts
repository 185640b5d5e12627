// SPDX-License-Identifier: MIT
// Each room has a README of at most 25 lines that opens with the flow line of CONTRIBUTING.md and names only
// files that exist.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const flowOf = (text: string) => /(?:^ {4}.*\n)+/m.exec(text)?.[0];
const flow = flowOf(read('CONTRIBUTING.md'));
const TOP = '{core-cpp,mapdata,wasm,src,bench,fuzz,test,docs,tools,examples}';
const rooms = [...new Set(globSync(`${TOP}/**/*.{ts,mjs,c,cpp,hpp,h,py,sh,yaml,md}`, { cwd: root }).map(dirname))];

describe('rooms', () => {
  it('the flow line is there, and rooms were found', () => {
    expect(flow?.split('\n').length).toBe(4);
    expect(rooms.length).toBeGreaterThan(15);
  });

  it.each(rooms.sort())('%s', (room) => {
    const text = read(`${room}/README.md`);
    expect(text.startsWith(`# ${room}\n\n${flow}\n`)).toBe(true);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
    expect(text).toContain('Must not:');
    for (const [, name = ''] of text.matchAll(/`([\w./-]+\.(?:ts|mjs|c|hpp|cpp|h|md|yaml|json|txt|sh|wasm|py))`/g)) {
      expect(
        [root, join(root, room)].some((folder) => existsSync(join(folder, name))),
        `${room} names ${name}`,
      ).toBe(true);
    }
  });
});
