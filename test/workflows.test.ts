// SPDX-License-Identifier: MIT
// The workflows of .github: every action by its commit, every image by its digest. actionlint reads them in test:template.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = globSync('.github/workflows/*.yml', { cwd: root }).sort();

describe('workflows', () => {
  it('are there', () =>
    expect(files.map((file) => file.split(/[\\/]/).at(-1))).toEqual(['ci.yml', 'release.yml', 'weekly.yml']));

  it.each(files)('%s names actions by their commit and its version', (file) => {
    const uses = [...read(file).matchAll(/uses: (.+)$/gm)]
      .map(([, what = '']) => what)
      .filter((w) => !w.startsWith('./'));
    for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const [, image = ''] of read(file).matchAll(/container: (.+)$/gm))
      expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it('the Dockerfile names its bases by digest', () => {
    const bases = [...read('Dockerfile').matchAll(/^ARG \w+_IMAGE=(.+)$/gm)].map(([, image = '']) => image);
    expect(bases.length).toBe(2);
    for (const base of bases) expect(base).toMatch(/:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  it('only the release may ask for a token, and none has a secret', () => {
    for (const file of files) {
      const { permissions, jobs } = parse(read(file));
      expect(permissions, file).toEqual({ contents: 'read' });
      const tokens = Object.values<{ permissions?: Record<string, string> }>(jobs).some(
        (job) => job.permissions?.['id-token'],
      );
      expect(tokens, file).toBe(!file.endsWith('ci.yml'));
      expect(read(file), file).not.toMatch(/secrets\.|aws-access-key-id/);
    }
  });
});
