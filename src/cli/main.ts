// SPDX-License-Identifier: MIT
// The command `tomare`: runs the program of program.ts and turns what came of it into an exit code.
// 0 done, 1 some logs failed or the output could not be written, 2 called wrongly, 3 map unusable, 4 `--fail-on` found something.
import { CommanderError } from 'commander';
import { describe, TomareError } from '../errors.ts';
import { makeProgram } from './program.ts';

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`tomare: ${describe(error)}\n`);
  const name = error instanceof TomareError ? error.errorName : '';
  if (/^(MAP_|PBF_|ARENA_SIZE|TILE_LIMIT)/.test(name)) return 3;
  return ['USAGE', 'SETTINGS', 'PROFILE'].includes(name) ? 2 : 1;
}

/** Who reads the output may leave early; a disk behind it may be full. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const name = error.code === 'ENOSPC' ? 'OUTPUT_FULL' : 'OUTPUT';
  process.stderr.write(`tomare: ${describe(new TomareError(name, 'standard output'))}\n`);
  process.exit(1);
});

let exitCode = 0;
const program = makeProgram((code) => {
  exitCode = code;
});
try {
  if (process.argv.length === 2) program.outputHelp();
  else await program.parseAsync();
} catch (error) {
  exitCode = exitCodeOf(error);
}
process.exitCode = exitCode;
