// SPDX-License-Identifier: MIT
// Choices that outlive a visit; a page from disk may not be allowed to keep any.
import type { Theme } from './ui.ts';

/** The value that is kept under a key, after `value` was put there, if one is given. */
export function remembered(key: string, value?: string): string | null {
  try {
    if (value !== undefined) localStorage.setItem(`tomare.${key}`, value);
    return localStorage.getItem(`tomare.${key}`);
  } catch {
    return null;
  }
}

/** The theme that the reader chose, or else that of the system. */
export function firstTheme(): Theme {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return (remembered('theme') as Theme | null) ?? (dark ? 'dark' : 'light');
}
