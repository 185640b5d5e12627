// SPDX-License-Identifier: MIT
// Where and with what a run was made, kept beside its figures.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { compilerOf, compilerVersion, ROOT } from './natives.ts';

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export function machine() {
  const modules = JSON.parse(readFileSync(join(ROOT, 'wasm', 'modules.json'), 'utf8')) as Record<string, string>;
  return {
    date: new Date().toISOString(),
    commit:
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', 'core-cpp', 'wasm', 'src') && '+'),
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? ''}`,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    node: process.version,
    v8: process.versions.v8,
    clang: compilerVersion(compilerOf('clang') ?? 'clang++-19'),
    gcc: compilerVersion(compilerOf('gcc') ?? 'g++'),
    toolchain: modules['toolchain'],
    module: modules['tomare.wasm']?.slice(0, 16),
  };
}
export type Machine = ReturnType<typeof machine>;
