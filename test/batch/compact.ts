// SPDX-License-Identifier: MIT
// The daily job's function in the emulator, over the S3 of a stack.
import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { demoTown } from '../../src/cli/demo.ts';
import { Emulator, runtimeCommand } from '../../tools/local/emulator.ts';
import { CREDENTIALS } from '../../tools/local/servers.ts';
import type { Stack } from '../../tools/local/stack.ts';

const root = join(import.meta.dirname, '..', '..');

export async function startCompact(stack: Stack): Promise<Emulator> {
  const file = join(stack.bundle, 'compact.mjs');
  execFileSync(process.execPath, ['tools/bundle.ts', 'src/lambda/compact.ts', file], { cwd: root });
  return Emulator.start(
    runtimeCommand(`${relative(root, stack.bundle)}/compact.handler`),
    join(stack.folder, 'compact.log'),
    {
      ...stack.environment,
      LAMBDA_TASK_ROOT: root,
      TOMARE_OUTPUT_PREFIX: '',
      TOMARE_MAP: await demoTown(),
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
  );
}
