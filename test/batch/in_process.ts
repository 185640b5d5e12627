// SPDX-License-Identifier: MIT
// The function's own handler in this process, with its thread, over S3 and SQS that are handed in.
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { Analyst } from '../../src/lambda/analyst.ts';
import { createHandler, type Handler } from '../../src/lambda/handler.ts';
import { makeParts, type Parts } from '../../src/lambda/parts.ts';
import type { SdkHandler } from './stand_in.ts';

export const LOGS = 'tomare-logs';
export const RESULTS = 'tomare-results';
const ACCOUNT = { region: 'ap-northeast-1', credentials: { accessKeyId: 'tomare', secretAccessKey: 'tomare-local' } };

export interface Running {
  handler: Handler;
  parts: Parts;
}

/** `via`: what carries the requests of both clients; left out: the network, to where the environment's endpoints are. */
export async function startFunction(map: string, own: NodeJS.ProcessEnv = {}, via?: SdkHandler): Promise<Running> {
  const environment = {
    TOMARE_MAP: map,
    TOMARE_INPUT_BUCKETS: LOGS,
    TOMARE_OUTPUT_BUCKET: RESULTS,
    TOMARE_DEAD_LETTER_URL: 'http://127.0.0.1/dead',
    ...own,
  };
  Object.assign(process.env, environment); // the thread reads it too
  const program = new URL('../../src/lambda/worker.ts', import.meta.url);
  const parts = makeParts(environment, await new Analyst(program).ready());
  if (via) {
    const requestHandler = via as never;
    parts.s3 = new S3Client({ ...ACCOUNT, forcePathStyle: true, requestHandler });
    parts.sqs = new SQSClient({ ...ACCOUNT, endpoint: 'http://127.0.0.1', requestHandler });
  }
  return { handler: createHandler(parts), parts };
}

/** An invocation that may take so long; from `late` milliseconds on nothing is left, as after a long wait. */
export function contextOf(ms: number, late = Number.POSITIVE_INFINITY): Context {
  const begin = performance.now();
  const getRemainingTimeInMillis = () => {
    const gone = performance.now() - begin;
    return gone > late ? 0 : Math.round(ms - gone);
  };
  return { getRemainingTimeInMillis } as Context;
}

/** An invocation that is ended after so long, in which each log may have its whole share all the same: the handler's timer asks first. */
export function endingAfter(ms: number): Context {
  let asked = 0;
  return { getRemainingTimeInMillis: () => (asked++ === 0 ? ms + 1_000 : 60_000) } as Context;
}
