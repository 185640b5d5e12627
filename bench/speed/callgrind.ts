// SPDX-License-Identifier: MIT
// One analysis by the native core under callgrind, whose counts are the same on each run.
import { spawnSync } from 'node:child_process';
import { boundarySources, flagsOf } from '../../tools/sources.ts';
import { compiled, compilerVersion, coreSources, missing } from '../natives.ts';

const COMPILER = 'clang++-19';
const FLAGS = [...flagsOf('core'), '-O3', '-march=x86-64-v2', '-DNDEBUG'];

export const compilerOfCounts = () => compilerVersion(COMPILER);

/** Path of the program that analyzes one drive's block; ends the bench where a tool is not installed. */
export function analyzeOnce(): string {
  for (const [tool, name] of [
    [COMPILER, 'clang-19'],
    ['valgrind', 'valgrind'],
  ] as const) {
    if (compilerVersion(tool) === '')
      missing(`the counts are those of ${tool}, which is not here: apt-get install ${name}`);
  }
  const sources = [...coreSources(), ...boundarySources('core', 'native'), 'bench/native/analyze_once.cpp'];
  return compiled('analyze_once', '', COMPILER, FLAGS, sources);
}

/** Instructions of the whole analysis. `options`: further ones of callgrind. */
export function count(
  program: string,
  map: string,
  drive: string,
  { output = '/dev/null', options = [] as string[] } = {},
): number {
  const own = ['--tool=callgrind', `--callgrind-out-file=${output}`, '--toggle-collect=tomare_analyze'];
  const run = spawnSync('valgrind', [...own, ...options, program, map, drive], { encoding: 'utf8' });
  const collected = /Collected : (\d+)/.exec(run.stderr)?.[1] ?? /I +refs: +([\d,]+)/.exec(run.stderr)?.[1];
  if (run.status !== 0 || collected === undefined) throw new Error(`callgrind: ${run.error ?? run.stderr}`);
  return Number(collected.replaceAll(',', ''));
}
