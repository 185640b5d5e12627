// SPDX-License-Identifier: MIT
// The tables of all shared cases: logs, then odd tags and real drives.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chooseEngine } from './engine.ts';

chooseEngine();
const tables = ['logs.ts', 'rules.ts'].map((name) => {
  const run = spawnSync(process.execPath, [...process.execArgv, join(import.meta.dirname, name)], { stdio: 'inherit' });
  return run.status ?? 1;
});
process.exitCode = Math.max(...tables);
