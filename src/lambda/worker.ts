// SPDX-License-Identifier: MIT
// The analyst's thread: its own module over the map, apart from the handler so that it can be ended at any moment.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { openSession } from '../session.ts';
import { readConfig } from './config.ts';
import { serve } from './serve.ts';
import { failedReply } from './tasks.ts';

const port = parentPort as MessagePort;
try {
  const { map, profile, timeZone } = readConfig(process.env);
  serve(openSession({ map, profile, timeZone }), port);
} catch (error) {
  port.postMessage(failedReply(error));
}
