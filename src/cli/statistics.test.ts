// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageFile } from '../package_files.ts';
import { STATISTIC_TEXTS } from './statistics.ts';

it('the figures of a map are explained as in FORMAT.md', () => {
  const text = readFileSync(packageFile('mapdata/FORMAT.md'), 'utf8').split('| 0 | nodes_read |')[1] ?? '';
  const rows = `| 0 | nodes_read |${text}`.split('\n\n')[0]?.matchAll(/^\| \d+ \| (\w+) \| (.*) \|$/gm) ?? [];
  expect(Object.fromEntries([...rows].map(([, name, what]) => [name, what]))).toEqual(STATISTIC_TEXTS);
});
