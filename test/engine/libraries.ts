// SPDX-License-Identifier: MIT
// The native libraries under test, and their functions as the headers declare them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';

const root = join(import.meta.dirname, '..', '..');
/** Where build.ts builds. */
export const FOLDER = join(root, 'build', 'engine');
export type Library = 'tomare' | 'tomap' | 'tomare_oracle';

export const libraryFile = (name: Library): string =>
  join(FOLDER, `lib${name}.${process.platform === 'darwin' ? 'dylib' : 'so'}`);
export const built = (name: Library): boolean => existsSync(libraryFile(name));

/** Pointers are numbers here, as those of a module are. */
const typeOf = (declared: string) =>
  declared.includes('*') ? 'uintptr_t' : (/\b(u?int\d+_t|void)\b/.exec(declared)?.[0] ?? 'void');

export type Functions = ReadonlyMap<string, (...args: (number | Uint8Array)[]) => number>;

/** Every function that a header of C declares. */
export function functions(library: LibraryHandle, header: string): Functions {
  const text = readFileSync(join(root, header), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(/^((?:const )?\w+[ *]+)(\w+)\(([^)]*)\);/gm);
  return new Map(
    [...found].map(([, result = '', name = '', args = '']) => {
      const types = args.split(',').map(typeOf);
      return [name, library.func(name, typeOf(result), types[0] === 'void' ? [] : types)];
    }),
  );
}

/** A window into the memory of this process. */
export const memory = (address: number, size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(size === 0 ? new ArrayBuffer(0) : (koffi.view(BigInt(address), size) as ArrayBuffer));

export const load = (name: Library): LibraryHandle => koffi.load(libraryFile(name));
