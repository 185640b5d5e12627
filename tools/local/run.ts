// SPDX-License-Identifier: MIT
// `npm run local`: the whole batch on this machine. Puts the bundled drives in, shows the results arriving, and
// goes on serving until Ctrl-C; `npm run invoke -- event.json` may be used meanwhile.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { pollOnce } from './poller.ts';
import { leftovers, until } from './servers.ts';
import { INPUT, OUTPUT, STATE, Stack } from './stack.ts';

function show(seen: Set<string>, outputs: ReadonlyMap<string, string>): void {
  for (const [key, text] of outputs) {
    if (seen.has(key)) continue;
    seen.add(key);
    const value = JSON.parse(text);
    if (value.drive === undefined) continue; // the list of generations
    const what = value.error
      ? value.error.name
      : value.findings.map((f: { rule: string; verdict: string }) => `${f.rule} ${f.verdict}`).join(', ') || 'nothing';
    process.stdout.write(`${value.drive.id}: ${what}\n    ${key}\n`);
  }
}

async function serve(stack: Stack, once: boolean): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const batch = await pollOnce(stack.sqs, stack.queue, stack.emulator, 1);
    if (batch.messages > 0) {
      const note = batch.error ?? `${batch.returned} returned`;
      process.stdout.write(`batch of ${batch.messages}, ${note}\n`);
      show(seen, await stack.outputs());
    } else if (once && (await stack.waiting()) === 0) return;
  }
}

const map = await demoTown();
const stack = await Stack.start({ map });
try {
  mkdirSync(join(STATE, '..'), { recursive: true });
  const { AWS_ENDPOINT_URL_S3: s3, AWS_ENDPOINT_URL_SQS: sqs } = stack.environment;
  leftovers.add(STATE);
  writeFileSync(STATE, JSON.stringify({ pid: process.pid, url: stack.emulator.url, s3, sqs, dead: stack.dead }));
  process.stdout.write(`buckets ${INPUT} and ${OUTPUT}, queue ${stack.queue}; Ctrl-C ends it\n`);
  const drives = join(DEMO_FOLDER, 'drives');
  for (const file of readdirSync(drives).sort()) {
    await stack.put(`logs/${file}`, readFileSync(join(drives, file)));
    await stack.send({ bucket: INPUT, key: `logs/${file}` });
  }
  await until('the queue', async () => (await stack.waiting()) > 0);
  await serve(stack, process.argv.includes('--once'));
} finally {
  process.stdout.write('stopping\n');
  rmSync(STATE, { force: true });
  await stack.stop();
}
