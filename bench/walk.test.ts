// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { bundled } from './places.ts';
import { driveOn } from './walk.ts';

test('a walk into a cul-de-sac turns round there: it looked for another way out without end', () => {
  expect(driveOn(bundled(), 20000, 0).count).toBe(20000);
});
