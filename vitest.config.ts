// SPDX-License-Identifier: MIT
// Long limits, for tests that start processes or compile the town must hold on a busy machine too.
import { defineConfig } from 'vitest/config';
import { nativeEngine } from './test/engine/redirect.ts';

const limits = { testTimeout: 60_000, hookTimeout: 60_000 };
const engine = process.env['TOMARE_ENGINE'] ?? 'wasm';
if (engine !== 'wasm' && engine !== 'native') throw new Error(`TOMARE_ENGINE is wasm or native, not ${engine}`);

/** TOMARE_ENGINE=native: scenarios, goldens, law and conditions on the native libraries, built anew (test/engine). */
const native = {
  plugins: [nativeEngine],
  test: {
    ...limits,
    isolate: false, // a worker serves several files: loading the sources anew for each took as long as the tests
    globalSetup: 'test/engine/build.ts',
    include: ['test/{scenarios,law,conditions}/**/*.test.ts', 'test/e2e/{town,hostile_map,settings}.test.ts'],
  },
};

export default defineConfig(engine === 'native' ? native : { test: limits });
