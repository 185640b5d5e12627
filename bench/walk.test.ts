// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { bundled } from './places.ts';
import { driveOn } from './walk.ts';

test('a walk into a cul-de-sac turns round there: it looked for another way out without end', () => {
  const town = bundled();
  for (let seed = 0; seed < 40; seed++) expect(driveOn(town, 600, seed).count, `seed ${seed}`).toBe(600);
});
