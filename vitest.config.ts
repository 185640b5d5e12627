// SPDX-License-Identifier: MIT
// Long limits, for tests that start processes or compile the town must hold on a busy machine too.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
