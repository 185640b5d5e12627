// SPDX-License-Identifier: MIT
// Every terminal session of a document shows what its commands print.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS } from './markdown.ts';
import { makeFolder, play, sessionsOf, shows } from './sessions.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-sessions-'));
beforeAll(() => makeFolder(folder));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = DOCUMENTS.filter((file) => sessionsOf(file).length > 0);

it('README and COMMAND have sessions', () => {
  expect(FILES).toEqual(expect.arrayContaining(['README.md', 'README.ja.md', 'docs/COMMAND.md']));
});

describe.each(FILES)('%s', (file) => {
  it.each(sessionsOf(file).flat())('$ $command', ({ command, shown }) => {
    const printed = play(command, folder);
    if (!shows(shown, printed)) expect(printed).toBe(shown);
  });
});

describe('the measure', () => {
  it('lines left out are marked; nothing else is', () => {
    const printed = 'one\ntwo (2)\nthree\n';
    for (const shown of [printed, 'one\n…\n', '…\nthree\n', 'one\n…\nthree\n', '…\n'])
      expect(shows(shown, printed), shown).toBe(true);
    for (const shown of ['one\n', 'two (2)\n…\n', 'one\n…\nfour\n', '', 'one\ntwo 2\nthree\n'])
      expect(shows(shown, printed), shown).toBe(false);
  });
});
