// SPDX-License-Identifier: MIT
// Imported first by the library and the function: on an older Node they fail at once, and say why.
import { nodeProblem } from './node_version.ts';

const problem = nodeProblem();
if (problem !== undefined) throw new Error(problem);
