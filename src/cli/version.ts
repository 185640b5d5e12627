// SPDX-License-Identifier: MIT
// What every command needs, and nothing that is slow to load.
import { readFileSync } from 'node:fs';
import { TomareError } from '../errors.ts';

export const VERSION: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

export function describe(error: unknown): string {
  if (error instanceof TomareError) return `${error.message} (${error.errorName} ${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
