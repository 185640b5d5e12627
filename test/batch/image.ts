// SPDX-License-Identifier: MIT
// The built image serves: the emulator runs inside it as a user that may write nowhere, reads a log from S3 and
// stores the result that the command line has. usage: node test/batch/image.ts COMMAND…, where the word
// ENVIRONMENT stands for the variables.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { imageCommand, NODE_FLAGS } from '../../tools/local/emulator.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { INPUT, Stack } from '../../tools/local/stack.ts';
import { commandLine, withoutSource } from './check.ts';

/** The report of the log, as the command writes it. */
function page(folder: string): string {
  const file = join(folder, 'stop-run.csv');
  writeFileSync(file, readFileSync(join(DEMO_FOLDER, 'drives', 'stop-run.csv')));
  const args = ['src/cli/main.ts', 'analyze', '--map', map, '--format', 'html', file];
  return execFileSync(process.execPath, args, { encoding: 'utf8', cwd: join(import.meta.dirname, '..', '..') });
}

const inside = process.argv.slice(2);
const runtime = imageCommand();
if (!NODE_FLAGS.every((flag) => runtime.includes(flag))) throw new Error('the image starts Node with other flags');
const map = await demoTown();
const stack = await Stack.start({ map, image: { inside, runtime } });
try {
  const drive = readFileSync(join(DEMO_FOLDER, 'drives', 'stop-run.csv'));
  const log = { key: 'image/stop-run.csv', bytes: drive, reason: undefined, full: false };
  await stack.put(log.key, drive);
  const body = JSON.stringify({ bucket: INPUT, key: log.key, formats: ['html'] });
  const event = toEvent([{ MessageId: 'm', Body: body, Attributes: { ApproximateReceiveCount: '1' } as never }]);
  const checked = await stack.emulator.invoke({ check: 'tomare.check' });
  const { drives, wrong } = JSON.parse(checked.body);
  if (!(drives > 10) || wrong.length > 0) throw new Error(`the self-check answers ${checked.body.slice(0, 500)}`);
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const begin = performance.now();
    const answer = await stack.emulator.invoke(event);
    times.push(performance.now() - begin);
    if (answer.body !== '{"batchItemFailures":[]}') throw new Error(`the image answers ${answer.body.slice(0, 500)}`);
  }
  const outputs = [...(await stack.outputs('results/')).values()];
  const expected = commandLine(stack.folder, map, [log]).get('stop-run');
  if (outputs.length !== 1 || withoutSource(outputs[0]) !== expected)
    throw new Error('the result is not the command line`s');
  const pages = [...(await stack.outputs('exports/html/')).values()];
  if (pages.length !== 1 || pages[0] !== page(stack.folder)) throw new Error('the page is not the command line`s');
  const [cold = 0, ...warm] = times.map((ms) => Math.round(ms));
  process.stdout.write(`ok    served from inside the image: cold ${cold} ms, warm ${warm.join(' ')} ms\n`);
} finally {
  await stack.stop();
}
