// SPDX-License-Identifier: MIT
// The entry of the bundle: everything is made once, before the first event. The analyst's thread opens the map while
// this one loads the clients.
import '../require_node.ts';
import { extname } from 'node:path';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { packageFile } from '../package_files.ts';
import { Analyst } from './analyst.ts';
import { type Checked, isMapCheck, isSelfCheck } from './check_event.ts';

/** Of the function's memory; Lambda ends a process that needs more, with all logs of its batch. */
const MEMORY_SHARE = 0.85;
const memoryMiB = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? Number.POSITIVE_INFINITY);

const program = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
const analyst = new Analyst(program, MEMORY_SHARE * memoryMiB * 2 ** 20);
const { createHandler } = await import('./handler.ts');
const { makeParts } = await import('./parts.ts');
const parts = makeParts(process.env, await analyst.ready());

const serve = createHandler(parts);
/** The self-check's folder in the image. */
const CHECK = process.env['TOMARE_CHECK'] ?? 'check';

/** Kept for the answer to a check; and the longest check, for the hook that waits for it has two minutes. */
const [ANSWER_MS, CHECK_MS] = [10_000, 40_000];

type Answer = SQSBatchResponse | Checked | Pick<Checked, 'map'>;
export const handler = async (event: SQSEvent, context: Context): Promise<Answer> => {
  if (!isSelfCheck(event) && !isMapCheck(event)) return serve(event, context);
  const { mapFacts, selfCheck } = await import('./self_check.ts');
  const { map } = parts.config;
  if (isMapCheck(event)) return { map: mapFacts(map) };
  const ms = Math.min(CHECK_MS, context.getRemainingTimeInMillis() - ANSWER_MS);
  return selfCheck(packageFile(CHECK), map, ms);
};
