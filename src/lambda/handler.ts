// SPDX-License-Identifier: MIT
// The door of the Lambda function: a batch of messages in, the messages that must come again out.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Parts } from './parts.ts';
import { processRecord } from './record.ts';

export type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

export function createHandler(parts: Parts): Handler {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event, context) => {
    const one = (record: SQSRecord) => processRecord(parts, record, context);
    // One after another: the module is one instance, and the time left is asked for before each.
    const options = { context, processInParallel: false, throwOnFullBatchFailure: false };
    const answer = await processPartialResponse(event, one, processor, options);
    parts.metrics.publishStoredMetrics();
    return answer;
  };
}
