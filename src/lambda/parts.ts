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
  /** Requests for logs at the same time: were all of a batch begun at once, the first would wait for the last. */
  fetches: LimitFunction;
  logger: Logger;
  metrics: Metrics;
}

/** A whole batch. What is ahead is bounded by `fetch.ts`, what is behind by `analyst.ts`. */
const LANE = 10;
const FETCHES = 4;

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
    fetches: pLimit(FETCHES),
    logger: new Logger({ serviceName, persistentKeys: { version: VERSION } }),
    metrics: new Metrics({ namespace: 'Tomare', serviceName }),
  };
}
