// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Seen } from './seen.ts';

it('a text is new once, also after the table has grown', () => {
  const seen = new Seen();
  const texts = Array.from({ length: 20_000 }, (_, i) => `drive ${i}`);
  expect(texts.every((text) => seen.add(text))).toBe(true);
  expect(texts.some((text) => seen.add(text))).toBe(false);
  expect(seen.add('another')).toBe(true);
});
