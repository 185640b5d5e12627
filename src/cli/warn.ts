// SPDX-License-Identifier: MIT
import { say } from './progress.ts';

/** One line for the person at the terminal. */
export function warn(line: string): void {
  say(`tomare: ${line}`);
}
