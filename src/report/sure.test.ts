// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sureText } from './sure.ts';

it('a doubt is not rounded away', () => {
  expect([0.844, 0.994, 0.995, 0.998, 1].map(sureText)).toEqual(['84 %', '99 %', '> 99 %', '> 99 %', '> 99 %']);
});
