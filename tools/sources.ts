// SPDX-License-Identifier: MIT
// Reads sources.txt, what the libraries are made of.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export type Library = 'core' | 'compiler';
export type Host = 'any' | 'native' | 'wasm';

const lines = readFileSync(join(ROOT, 'sources.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^(room|file|flags) /.test(line))
  .map((line) => line.split(' '));

const rest = (kind: string, ...head: string[]): string[] =>
  lines
    .filter(([first, ...words]) => first === kind && head.every((word, i) => words[i] === word))
    .flatMap((words) => words.slice(1 + head.length));

/** The .cpp files of a library's rooms, from the root of the project, in the order of their bytes. */
export function roomSources(library: Library): string[] {
  const rooms = lines.filter(([kind, of]) => kind === 'room' && of === library).map((words) => words[2] ?? '');
  return rooms
    .flatMap((room) => globSync(`${room}/*.cpp`, { cwd: ROOT }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/_test\.cpp$|native_main\.cpp$/.test(file))
    .sort();
}

/** The files of the boundary for a host. */
export const boundarySources = (library: Library, host: Host): string[] => rest('file', library, host);

/** Flags for every compiler, those for both libraries first. */
export const flagsOf = (library: Library): string[] => [...rest('flags', 'any'), ...rest('flags', library)];
