// SPDX-License-Identifier: MIT
// Which file serves in place of which where the native libraries are tested.
import { fileURLToPath, pathToFileURL } from 'node:url';

const url = (path: string) => new URL(`../../${path}`, import.meta.url).href;
const PLACES = new Map([
  [url('src/abi/engine.ts'), url('test/engine/native.ts')],
  [url('test/conditions/oracle.ts'), url('test/engine/oracle.ts')],
]);

/** The URL of the file that serves when `importer` asks for `specifier`; undefined: the one that it names. */
export function redirected(specifier: string, importer: string | undefined): string | undefined {
  if (importer === undefined || !/^\.|^file:/.test(specifier)) return undefined;
  const target = PLACES.get(new URL(specifier, importer).href);
  return target === importer ? undefined : target; // what serves may use what it stands for
}

/** For Vite, which speaks of paths. */
export const nativeEngine = {
  name: 'native-engine',
  enforce: 'pre' as const,
  resolveId(specifier: string, importer: string | undefined): string | undefined {
    const target = redirected(specifier, importer && pathToFileURL(importer).href);
    return target && fileURLToPath(target);
  },
};
