// SPDX-License-Identifier: MIT
// The door of the Lambda function: a batch of messages in, the messages that must come again out.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { TomareError } from '../errors.ts';
import type { Parts } from './parts.ts';
import { processRecord } from './record.ts';
import { ResultBatch } from './result_batch.ts';
import { BatchTime } from './time.ts';

export type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** An answer to anything else would say that it was done. */
function isSqs(event: Partial<SQSEvent> | null): event is SQSEvent {
  return Array.isArray(event?.Records) && event.Records.every((record) => record?.eventSource === 'aws:sqs');
}

export function createHandler(parts: Parts): Handler {
  const processor = new BatchProcessor(EventType.SQS);
  let cold = true;
  return async (event, context) => {
    if (!isSqs(event)) throw new TomareError('MESSAGE', 'the event is not one of SQS');
    parts.logger.appendKeys({ request_id: context.awsRequestId, cold_start: cold });
    cold = false;
    const time = new BatchTime(context, parts.config, event.Records.length);
    const results = new ResultBatch(parts, time);
    try {
      const one = (record: SQSRecord) => processRecord(parts, record, results);
      return await processPartialResponse(event, one, processor, { context, throwOnFullBatchFailure: false });
    } finally {
      time.end();
      if (parts.metrics.hasStoredMetrics()) parts.metrics.publishStoredMetrics();
    }
  };
}
