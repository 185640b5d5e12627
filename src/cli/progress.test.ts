// SPDX-License-Identifier: MIT
import { afterEach, describe, expect, it, vi } from 'vitest';
import { progressBar, say } from './progress.ts';

/** What a bar over ten drives, each with two findings, writes to a standard error that is a terminal, or is none. */
function written(isTTY: boolean, meanwhile?: string): string {
  const parts: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  vi.useFakeTimers();
  const bar = progressBar(10, 'drives', { counted: 'findings' });
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(500);
    bar.step(2);
    if (i === 4 && meanwhile !== undefined) say(meanwhile);
  }
  bar.stop();
  return parts.join('');
}

describe('the progress bar', () => {
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    if (before) Object.defineProperty(process.stderr, 'isTTY', before);
    else Reflect.deleteProperty(process.stderr, 'isTTY');
  });

  it('is drawn on a terminal', () => expect(written(true)).toMatch(/0 % \| 0\/10 drives/));
  it('shows drives, findings, rate and time left', () =>
    expect(written(true)).toMatch(/50 % \| 5\/10 drives \| 10 findings \| 2\.0 drives\/s \| 0:03 left/));
  it('makes place for a line, which loses nothing', () =>
    expect(written(true, 'hello')).toContain('\r\u001b[Khello\n'));
  it('is not drawn in a pipe', () => expect(written(false)).toBe(''));
  it('a line in a pipe is that line', () => expect(written(false, 'hello')).toBe('hello\n'));
});
