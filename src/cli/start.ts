#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The installed command: looks at the Node it runs on before anything else is loaded, then hands over to main.ts.
import { nodeProblem } from '../node_version.ts';
import { boundYoungGeneration } from './heap.ts';

const problem = nodeProblem();
if (problem === undefined) {
  // node:wasi says on every start that it is experimental, which is nothing a user can act on
  const warn = process.emitWarning as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (args[1] !== 'ExperimentalWarning') warn.apply(process, args);
  };
  boundYoungGeneration();
  import('./main.ts');
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
