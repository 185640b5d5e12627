// SPDX-License-Identifier: MIT
// What lives as long as the function's process: clients, engine, logger, metrics.
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openSession, type Session } from '../session.ts';
import { type Config, readConfig } from './config.ts';

export interface Parts {
  config: Config;
  session: Session;
  s3: S3Client;
  sqs: SQSClient;
  logger: Logger;
  metrics: Metrics;
}

export function start(environment: NodeJS.ProcessEnv): Parts {
  const config = readConfig(environment);
  const client = {
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  };
  return {
    config,
    session: openSession({ map: config.map, profile: config.profile, timeZone: config.timeZone }),
    s3: new S3Client(client),
    sqs: new SQSClient(client),
    logger: new Logger({ serviceName: 'tomare' }),
    metrics: new Metrics({ namespace: 'Tomare', serviceName: 'tomare' }),
  };
}
