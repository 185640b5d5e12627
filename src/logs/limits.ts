// SPDX-License-Identifier: MIT
import type { LogLimits } from './format.ts';

export const LIMITS: LogLimits = {
  lineBytes: 1 << 20,
  totalBytes: 2 * 2 ** 30,
  fixes: 2_000_000,
  rows: 20_000_000,
  columns: 1000,
  depth: 64,
};
