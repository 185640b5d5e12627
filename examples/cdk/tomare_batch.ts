// SPDX-License-Identifier: MIT
// The batch as a CDK construct: template.yaml with an image that is built already. The template stays the one place
// that says what the batch is; the construct gives it parameters and hands its buckets, queues and topic on.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fn } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-sam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';

/** A checkout of Tomare, or the folder of its template. */
const CHECKOUT = join(import.meta.dirname, '..', '..');

export interface TomareBatchProps {
  /** Holds the image that .github/workflows/release.yml pushes. */
  repository: IRepository;
  /** Of the image: "sha256:…". */
  digest: string;
  /** Parameters of template.yaml by their names; the others have its defaults. */
  parameters?: Record<string, string | number>;
}

const ALARMS = /^ {8}Alarms: \[(.+)\]\n/m;
const HOOKS = /^ {8}Hooks: \{ PreTraffic: !Ref PreTraffic \}\n/m;

/**
 * The template without what `sam build` needs, and without the two references that lead from the function to what refers
 * to it: CloudFormation has no such circle once SAM is expanded, but CfnInclude looks before.
 */
function templateText(): string {
  const text = readFileSync(join(CHECKOUT, 'template.yaml'), 'utf8');
  return text
    .replace(/^ {4}Metadata:\n {6}Dockerfile: .*\n(?: {6}.*\n)*/gm, '')
    .replace(ALARMS, '')
    .replace(HOOKS, '');
}

/** Names of the alarms that bring an old version back. */
function deploymentAlarms(): { Ref: string }[] {
  const [, list = ''] = ALARMS.exec(readFileSync(join(CHECKOUT, 'template.yaml'), 'utf8')) ?? [];
  return list.split(', ').map((name) => ({ Ref: name.replace('!Ref ', '') }));
}

export class TomareBatch extends Construct {
  /** Everything of the template, by its names. */
  readonly template: CfnInclude;
  /** New logs are told to it. */
  readonly queueUrl: string;
  readonly inputBucketName: string;
  readonly outputBucketName: string;
  /** Where alarms are told. */
  readonly alarms: ITopic;

  constructor(scope: Construct, id: string, { repository, digest, parameters = {} }: TomareBatchProps) {
    super(scope, id);
    const file = join(tmpdir(), `tomare-${process.pid}-${this.node.addr}.yaml`);
    writeFileSync(file, templateText());
    this.template = new CfnInclude(this, 'Template', { templateFile: file, parameters });
    rmSync(file);
    const image = Fn.join('', [repository.repositoryUri, '@', digest]);
    for (const name of ['Function', 'HeavyFunction', 'PreTraffic', 'Compact']) {
      this.template.getResource(name).addPropertyOverride('ImageUri', image);
    }
    const resource = this.template.getResource('Function');
    resource.addPropertyOverride('DeploymentPreference.Alarms', deploymentAlarms());
    resource.addPropertyOverride('DeploymentPreference.Hooks', { PreTraffic: { Ref: 'PreTraffic' } });
    // SAM finds the version in this form alone
    const version = { 'Fn::GetAtt': ['Function', 'Version.Version'] };
    this.template.getResource('PreTraffic').addPropertyOverride('Environment.Variables.CHECKED_VERSION', version);
    this.template.getResource('NewVersionErrorsAlarm').addPropertyOverride('Dimensions.2.Value', version);
    for (const [name, file] of Object.entries({ Backfill: 'backfill', Daily: 'daily' })) {
      const definition = new Asset(this, `${name}Definition`, {
        path: join(CHECKOUT, 'src/lambda', `${file}.asl.json`),
      });
      const machine = this.template.getResource(name) as CfnStateMachine;
      machine.definitionUri = { bucket: definition.s3BucketName, key: definition.s3ObjectKey };
    }
    const output = (name: string) => String(this.template.getOutput(name).value);
    this.queueUrl = output('QueueUrl');
    this.inputBucketName = output('InputBucketName');
    this.outputBucketName = output('OutputBucketName');
    this.alarms = Topic.fromTopicArn(this, 'Alarms', this.template.getResource('Alarms').ref);
  }
}
