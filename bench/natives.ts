// SPDX-License-Identifier: MIT
// Builds the native libraries that the module is measured against: the core of sources.txt and one way to the file, in
// one link-time-optimised library per compiler, instruction set and file access.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { boundarySources, flagsOf, ROOT, roomSources } from '../tools/sources.ts';

export { ROOT };

const FOLDER = join(ROOT, 'build', 'bench');
/** The compiler of the README's figures comes first. */
const COMPILERS = {
  clang: ['clang++-19', ...[22, 21, 20, 18, 17, 16, 15, 14].map((n) => `clang++-${n}`), 'clang++'],
  gcc: ['g++', ...[15, 14, 13, 12, 11].map((n) => `g++-${n}`)],
};
export type Family = keyof typeof COMPILERS;

export interface NativeBuild {
  family: Family;
  /** The command. */
  compiler: string;
  /** Of another processor than x86-64: native. */
  march: 'x86-64-v2' | 'x86-64-v3' | 'native';
  /** mmap with MADV_RANDOM, or pread into the same paged arena as the module's. */
  file: 'mmap' | 'arena';
}

/** First line of what a compiler says of itself; empty where there is none of that name. */
export function compilerVersion(compiler: string): string {
  const run = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  return run.status === 0 ? (run.stdout.split('\n')[0] ?? '') : '';
}

/** The command of a family's compiler on this machine. */
export const compilerOf = (family: Family): string | undefined =>
  COMPILERS[family].find((c) => compilerVersion(c) !== '');

/** Ends the program with one line where a tool of it is not installed. */
export function missing(what: string): never {
  process.stderr.write(`bench: ${what}\n`);
  process.exit(1);
}

/** Any compiler, clang before gcc. */
export const anyCompiler = (): string =>
  compilerOf('clang') ??
  compilerOf('gcc') ??
  missing('no C++ compiler is installed: apt-get install clang-19 (or g++)');

/** What can be built here: the baseline by mapping and by arena, then the others. */
export function natives(): NativeBuild[] {
  const families = (['clang', 'gcc'] as const).filter((family) => compilerOf(family) !== undefined);
  const marches = process.arch === 'x64' ? (['x86-64-v3', 'x86-64-v2'] as const) : (['native'] as const);
  const builds = families.flatMap((family) =>
    marches.map((march): NativeBuild => ({ family, compiler: compilerOf(family) ?? '', march, file: 'mmap' })),
  );
  const [first, ...others] = builds;
  if (!first) missing('no C++ compiler is installed: apt-get install clang-19 (or g++)');
  return [first, { ...first, file: 'arena' }, ...others];
}

export const nativeName = (b: NativeBuild) => `${b.family} ${b.march.slice(-2).replace('ve', 'native')} ${b.file}`;

const FLAGS = [
  ...flagsOf('core'),
  ...'-O3 -flto -fPIC -shared -DNDEBUG -Wl,-Bsymbolic -Wno-deprecated-declarations'.split(' '),
];

/** The core with its boundary, over the file of the host. */
export const coreSources = (): string[] => [...roomSources('core'), ...boundarySources('core', 'any')];

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

/** As the first of `natives`, but each source for itself, with names and frame pointers: for profiles. */
export function buildUnlinked(): string {
  const flags = [...FLAGS.filter((f) => f !== '-flto'), '-march=x86-64-v3', '-g1', '-fno-omit-frame-pointer'];
  return compiled('profile', '.so', anyCompiler(), flags, [...coreSources(), ...boundarySources('core', 'native')]);
}

/** Path of the library. */
export function buildNative(b: NativeBuild): string {
  const file = b.file === 'mmap' ? boundarySources('core', 'native') : ['bench/native/pread_file.cpp'];
  const own = b.family === 'gcc' ? ['-flto-partition=one', '-fno-semantic-interposition', '-fno-gnu-unique'] : [];
  const flags = [...FLAGS, ...own, `-march=${b.march}`];
  return compiled(nativeName(b).replaceAll(' ', '-'), '.so', b.compiler, flags, [...coreSources(), ...file]);
}
