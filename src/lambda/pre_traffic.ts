// SPDX-License-Identifier: MIT
// The hook of a deployment: has the new version run the bundled drives, and tells CodeDeploy whether it may take over.
// An entry of its own in the same image.
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ASKED, type Checked } from './check_event.ts';

/** As CodeDeploy calls a hook. */
export interface HookEvent {
  DeploymentId: string;
  LifecycleEventHookExecutionId: string;
}

const lambda = new LambdaClient({});
const deployments = new CodeDeployClient({});

/** What is wrong with the version, if anything is. */
async function fault(name: string, version: string): Promise<string | undefined> {
  const Payload = Buffer.from(JSON.stringify({ check: ASKED }));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: version, Payload }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) return `the new version fails: ${text.slice(0, 300)}`;
  const { drives, wrong } = JSON.parse(text) as Partial<Checked>;
  if (!drives || !wrong) return `the new version does not know the check: ${text.slice(0, 300)}`;
  return wrong.length > 0 ? `${wrong.length} of ${drives} drives: ${wrong.join('; ')}` : undefined;
}

export async function handler(event: HookEvent): Promise<string> {
  const { CHECKED_FUNCTION: name = '', CHECKED_VERSION: version = '' } = process.env;
  const wrong = await fault(name, version).catch((error: Error) => `${error.name}: ${error.message}`);
  const status = wrong === undefined ? 'Succeeded' : 'Failed';
  process.stdout.write(`${JSON.stringify({ version, status, wrong })}\n`);
  const answer = {
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status,
  } as const;
  await deployments.send(new PutLifecycleEventHookExecutionStatusCommand(answer));
  return status;
}
