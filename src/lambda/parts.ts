// SPDX-License-Identifier: MIT
// What lives as long as the function's process: clients, analyst, logger, metrics.
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import pLimit, { type LimitFunction } from 'p-limit';
import { VERSION } from '../report/version.ts';
import type { Analyst } from './analyst.ts';
import { type Config, readConfig } from './config.ts';

export interface Parts {
  config: Config;
  analyst: Analyst;
  s3: S3Client;
  sqs: SQSClient;
  /** Logs between their request and the answer to their put: while one is judged, others are fetched and stored. */
  lane: LimitFunction;
  logger: Logger;
  metrics: Metrics;
}

/** Bounds the memory of what is ahead and behind: two more than are needed where a put takes as long as a log. */
const LANE = 4;

export function makeParts(environment: NodeJS.ProcessEnv, analyst: Analyst): Parts {
  const client = {
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  };
  const config = readConfig(environment);
  const { serviceName } = config;
  return {
    config,
    analyst,
    s3: new S3Client(client),
    sqs: new SQSClient(client),
    lane: pLimit(LANE),
    logger: new Logger({ serviceName, persistentKeys: { version: VERSION } }),
    metrics: new Metrics({ namespace: 'Tomare', serviceName }),
  };
}
