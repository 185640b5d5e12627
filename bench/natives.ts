// SPDX-License-Identifier: MIT
// Builds the native libraries that the module is measured against: every core source, wasm/abi.cpp and one
// way to the file, in one link-time-optimised library per compiler, instruction set and file access.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'build', 'bench');

export interface NativeBuild {
  compiler: 'clang++-19' | 'g++';
  march: 'x86-64-v2' | 'x86-64-v3';
  /** mmap with MADV_RANDOM, or pread into the same paged arena as the module's. */
  file: 'mmap' | 'arena';
}

export const NATIVES: readonly NativeBuild[] = [
  { compiler: 'clang++-19', march: 'x86-64-v3', file: 'mmap' },
  { compiler: 'clang++-19', march: 'x86-64-v3', file: 'arena' },
  { compiler: 'clang++-19', march: 'x86-64-v2', file: 'mmap' },
  { compiler: 'g++', march: 'x86-64-v3', file: 'mmap' },
  { compiler: 'g++', march: 'x86-64-v2', file: 'mmap' },
];

export const nativeName = (b: NativeBuild) =>
  `${b.compiler === 'g++' ? 'gcc' : 'clang'} ${b.march.slice(-2)} ${b.file}`;

const FLAGS =
  '-std=c++20 -O3 -flto -fPIC -shared -fno-exceptions -fno-rtti -ffp-contract=off -DNDEBUG -Wl,-Bsymbolic -Wno-deprecated-declarations'.split(
    ' ',
  );

export function coreSources(): string[] {
  return readdirSync(join(ROOT, 'core-cpp'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.cpp') && !f.endsWith('_test.cpp') && !f.startsWith('fuzz'))
    .sort()
    .map((f) => `core-cpp/${f}`);
}

/** Everything that decides what comes out, so that a library is made again only when it would differ. */
function fingerprint(sources: readonly string[], ...more: string[]): string {
  const hash = createHash('sha256');
  const core = sources.every((s) => s.startsWith('bench/native')) ? [] : ['core-cpp', 'wasm'];
  const compiler = sources.some((s) => s.startsWith('mapdata')) ? ['mapdata/compiler'] : [];
  for (const folder of ['bench/native', ...core, ...compiler]) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(cpp|hpp|h)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  return hash.update(more.join('\0')).digest('hex').slice(0, 16);
}

export function compilerVersion(compiler: string): string {
  const run = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  return run.status === 0 ? (run.stdout.split('\n')[0] ?? '') : '';
}

/** Compiles `sources` to `build/bench/NAME-FINGERPRINT.EXTENSION`, unless it is there. */
export function compiled(
  name: string,
  extension: string,
  compiler: string,
  flags: readonly string[],
  sources: string[],
  libraries: readonly string[] = [],
) {
  const print = fingerprint(sources, compiler, compilerVersion(compiler), ...flags, ...sources);
  const output = join(FOLDER, `${name}-${print}${extension}`);
  if (existsSync(output)) return output;
  mkdirSync(FOLDER, { recursive: true });
  execFileSync(compiler, [...flags, '-I.', ...sources, ...libraries, '-o', `${output}.new`], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  renameSync(`${output}.new`, output);
  return output;
}

/** As the first of NATIVES, but each source for itself, with names and frame pointers: for profiles. */
export function buildUnlinked(): string {
  const flags = [...FLAGS.filter((f) => f !== '-flto'), '-march=x86-64-v3', '-g1', '-fno-omit-frame-pointer'];
  const sources = [...coreSources(), ...BOUNDARY, 'wasm/host_file_posix.cpp'];
  return compiled('profile', '.so', 'clang++-19', flags, sources);
}

/** What the native library is made of beside the core and a way to the file. */
export const BOUNDARY = ['wasm/abi.cpp', 'wasm/drive_block.cpp', 'wasm/result_block.cpp'] as const;

/** Path of the library. */
export function buildNative(b: NativeBuild): string {
  const file = b.file === 'mmap' ? 'wasm/host_file_posix.cpp' : 'bench/native/pread_file.cpp';
  const own = b.compiler === 'g++' ? ['-flto-partition=one', '-fno-semantic-interposition', '-fno-gnu-unique'] : [];
  const sources = [...coreSources(), ...BOUNDARY, file];
  return compiled(
    nativeName(b).replaceAll(' ', '-'),
    '.so',
    b.compiler,
    [...FLAGS, ...own, `-march=${b.march}`],
    sources,
  );
}
