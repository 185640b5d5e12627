// SPDX-License-Identifier: MIT
import { afterEach, describe, expect, it, vi } from 'vitest';
import { progressBar } from './progress.ts';

/** What a bar over ten logs writes to a standard error that is a terminal, or is none. */
function written(isTTY: boolean): string {
  const parts: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  const bar = progressBar(10, 'logs');
  for (let i = 0; i < 10; i++) bar.step();
  bar.stop();
  return parts.join('');
}

describe('the progress bar', () => {
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  afterEach(() => {
    vi.restoreAllMocks();
    if (before) Object.defineProperty(process.stderr, 'isTTY', before);
    else Reflect.deleteProperty(process.stderr, 'isTTY');
  });

  it('is drawn on a terminal', () => expect(written(true)).toMatch(/0 % \| 0\/10 logs/));
  it('is not drawn in a pipe', () => expect(written(false)).toBe(''));
});
