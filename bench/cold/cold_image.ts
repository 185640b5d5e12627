// SPDX-License-Identifier: MIT
// Cold starts of the function inside its image, under the emulator: bench/cold/cold.ts lets test/batch/image.sh run it. The
// last line on standard output is JSON. usage: node bench/cold/cold_image.ts COMMAND…, where the word ENVIRONMENT stands for
// the variables; COLD_MAP, COLD_LOG and COLD_RUNS say with what.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { imageCommand } from '../../tools/local/emulator.ts';
import { toEvent } from '../../tools/local/poller.ts';
import { until } from '../../tools/local/servers.ts';
import { INPUT, Stack } from '../../tools/local/stack.ts';

const { COLD_MAP: map = '', COLD_LOG: log = '', COLD_RUNS: runs = '5' } = process.env;
const mounted = [`--volume=${map}:/opt/tomare/map.tmap:ro`];
mounted.push(`--volume=${join(import.meta.dirname, 'image_probe.mjs')}:/probe.mjs:ro`);
const inside = process.argv.slice(2).flatMap((word) => (word === 'ENVIRONMENT' ? [...mounted, word] : [word]));
const environment = { NODE_OPTIONS: '--import=/probe.mjs' };
const stack = await Stack.start({ map, image: { inside, runtime: imageCommand() }, environment });
const starts: unknown[] = [];
try {
  const body = readFileSync(log);
  for (let i = 0; i < Number(runs); i++) {
    if (i > 0) await stack.restartEmulator();
    const key = `cold/${i}-${basename(log)}`;
    await stack.put(key, body);
    const message = { MessageId: 'm', Body: JSON.stringify({ bucket: INPUT, key }) };
    const event = toEvent([{ ...message, Attributes: { ApproximateReceiveCount: '1' } as never }]);
    const asked = performance.timeOrigin + performance.now();
    const answer = await stack.emulator.invoke(event);
    const answered_ms = performance.timeOrigin + performance.now() - asked;
    if (answer.body !== '{"batchItemFailures":[]}') throw new Error(`the image answers ${answer.body.slice(0, 500)}`);
    const lines = () =>
      readFileSync(join(stack.folder, 'function.log'), 'utf8')
        .split('\n')
        .flatMap((line) => /@cold (\{.*\})/.exec(line)?.[1] ?? []);
    await until('the line of the probe', async () => lines().length > i);
    const own = JSON.parse(lines()[i] ?? '') as { start: number };
    starts.push({ ...own, before_ms: own.start - asked, answered_ms });
  }
} finally {
  await stack.stop();
}
process.stdout.write(`${JSON.stringify(starts)}\n`);
