// SPDX-License-Identifier: MIT
/** One line for the person at the terminal. */
export function warn(line: string): void {
  process.stderr.write(`tomare: ${line}\n`);
}
