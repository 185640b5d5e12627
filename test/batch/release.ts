// SPDX-License-Identifier: MIT
// The check before traffic, as CodeDeploy would call it: the hook in one emulator, the new version in another. A good
// version may take over; one that finds other things, or does not start, may not.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { makeCheckSet } from '../../tools/check_set.ts';
import { Emulator, runtimeCommand } from '../../tools/local/emulator.ts';
import { REGION } from '../../tools/local/servers.ts';
import { Stack } from '../../tools/local/stack.ts';

const root = join(import.meta.dirname, '..', '..');
const SET = join('build', 'lambda', `check-${process.pid}`);

/** Takes what the hook tells CodeDeploy. */
async function deployments() {
  const told: { target: string | undefined; deploymentId?: string; status?: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      told.push({ target: String(request.headers['x-amz-target']).split('.').at(-1), ...JSON.parse(body) });
      response.setHeader('content-type', 'application/x-amz-json-1.1').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { told, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function startHook(stack: Stack, deployment: string): Promise<Emulator> {
  const file = join(stack.bundle, 'pre_traffic.mjs');
  execFileSync(process.execPath, ['tools/bundle.ts', 'src/lambda/pre_traffic.ts', file], { cwd: root });
  const handler = `${relative(root, stack.bundle)}/pre_traffic.handler`;
  return Emulator.start(runtimeCommand(handler), join(stack.folder, 'hook.log'), {
    ...stack.environment,
    LAMBDA_TASK_ROOT: root,
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL_LAMBDA: new URL(stack.emulator.url).origin,
    AWS_ENDPOINT_URL_CODEDEPLOY: deployment,
    CHECKED_FUNCTION: 'function', // the emulator's only name
    CHECKED_VERSION: '7',
  });
}

export async function release(map: string): Promise<string[]> {
  await makeCheckSet(join(root, SET));
  const wrong: string[] = [];
  const codedeploy = await deployments();
  const stack = await Stack.start({ map, environment: { TOMARE_CHECK: SET } });
  const check = async (what: string, status: string) => {
    const hook = await startHook(stack, codedeploy.url);
    const id = `d-${codedeploy.told.length}`;
    const answer = await hook.invoke({ DeploymentId: id, LifecycleEventHookExecutionId: 'e' });
    await hook.stop();
    const said = codedeploy.told.at(-1);
    const right = said?.target === 'PutLifecycleEventHookExecutionStatus' && said.deploymentId === id;
    if (!right || said.status !== status) wrong.push(`${what}: ${JSON.stringify(said)}, ${answer.body.slice(0, 300)}`);
    else process.stdout.write(`${what}: ${status}\n`);
  };
  try {
    await check('a good version', 'Succeeded');
    const file = join(root, SET, 'expected.json');
    const expected = JSON.parse(readFileSync(file, 'utf8'));
    expected[0].expect = ['speeding'];
    writeFileSync(file, JSON.stringify(expected));
    await check('a version that finds other things', 'Failed');
    stack.environment['TOMARE_INPUT_BUCKETS'] = '';
    await stack.restartEmulator();
    await check('a version that does not start', 'Failed');
  } finally {
    await stack.stop();
    codedeploy.server.close();
    rmSync(join(root, SET), { recursive: true, force: true });
  }
  return wrong;
}
