// SPDX-License-Identifier: MIT
// Two maps on one bucket: a stack for each region, routed by prefix. node app.ts writes cdk.out; `cdk deploy` takes it.
import { App, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { TomareBatch } from './tomare_batch.ts';

const app = new App({ outdir: 'cdk.out' });
const digests = { jp: process.env['DIGEST_JP'], mt: process.env['DIGEST_MT'] };
for (const [region, digest = `sha256:${'0'.repeat(64)}`] of Object.entries(digests)) {
  const stack = new Stack(app, `tomare-${region}`);
  const repository = Repository.fromRepositoryName(stack, 'Repository', 'tomare');
  new TomareBatch(stack, 'Batch', {
    repository,
    digest,
    parameters: {
      ExistingInputBucket: 'fleet-logs',
      Notifications: 'eventbridge',
      InputPrefix: `logs/${region}/`,
      MaximumConcurrency: 50,
    },
  });
}
app.synth();
