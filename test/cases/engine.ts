// SPDX-License-Identifier: MIT
// TOMARE_ENGINE=native: the tables of this process's children on the native libraries, built anew (test/engine).
import build from '../engine/build.ts';

export function chooseEngine(): void {
  const engine = process.env['TOMARE_ENGINE'] ?? 'wasm';
  if (engine !== 'wasm' && engine !== 'native') throw new Error(`TOMARE_ENGINE is wasm or native, not ${engine}`);
  const redirected = process.env['NODE_OPTIONS']?.includes('test/engine/register.ts') ?? false;
  if (engine === 'native' && !redirected) build();
}
