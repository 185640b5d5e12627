// SPDX-License-Identifier: MIT
// The hook of a deployment: has the new version run the bundled drives and say which map it has, and tells CodeDeploy
// whether it may take over. An entry of its own in the same image.
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { TomareError } from '../errors.ts';
import { ASKED, ASKED_MAP, type Checked, type MapFacts } from './check_event.ts';
import { checkRelease } from './check_map.ts';

/** As CodeDeploy calls a hook. */
export interface HookEvent {
  DeploymentId: string;
  LifecycleEventHookExecutionId: string;
}

const lambda = new LambdaClient({});
const deployments = new CodeDeployClient({});

async function ask<T>(name: string, version: string, check: string): Promise<Partial<T>> {
  const Payload = Buffer.from(JSON.stringify({ check }));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: version, Payload }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) throw new Error(`${version} fails: ${text.slice(0, 300)}`);
  return JSON.parse(text) as Partial<T>;
}

/** The map in service; undefined where the version there cannot say it, which must not hold its successor up. */
async function mapInService(name: string, alias: string): Promise<MapFacts | undefined> {
  const { map } = await ask<Pick<Checked, 'map'>>(name, alias, ASKED_MAP).catch(() => ({ map: undefined }));
  return map;
}

/** What is wrong with the version, if anything is. */
async function fault(): Promise<string | undefined> {
  const { CHECKED_FUNCTION: name = '', CHECKED_VERSION: version = '', CHECKED_ALIAS: alias = '' } = process.env;
  const { drives, wrong, map } = await ask<Checked>(name, version, ASKED);
  if (!drives || !wrong || !map) return 'the new version does not know the check';
  if (wrong.length > 0) return `of ${drives} drives and the map: ${wrong.join('; ')}`;
  const wanted = process.env['CHECKED_MAP'] ?? '';
  checkRelease(map, wanted, wanted === '' ? await mapInService(name, alias) : undefined);
  return undefined;
}

export async function handler(event: HookEvent): Promise<string> {
  const told = (error: Error) => `${error instanceof TomareError ? error.errorName : error.name}: ${error.message}`;
  const wrong = await fault().catch(told);
  const status = wrong === undefined ? 'Succeeded' : 'Failed';
  process.stdout.write(`${JSON.stringify({ version: process.env['CHECKED_VERSION'], status, wrong })}\n`);
  const answer = {
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status,
  } as const;
  await deployments.send(new PutLifecycleEventHookExecutionStatusCommand(answer));
  return status;
}
