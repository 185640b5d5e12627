// SPDX-License-Identifier: MIT
// A stand-in for S3 in a process of its own that takes its time for each call, as a network and the real S3 do. Told by
// its parent: usage: fork('bench/batch/slow_s3.ts', [MILLISECONDS]); its first message is its port.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { callOf, StandIn } from '../../test/batch/stand_in.ts';

const ms = Number(process.argv[2]);
const store = new StandIn();
const server = createServer(async (request, response) => {
  const { method = '', url = '/', headers } = request;
  const body = await buffer(request);
  const path = new URL(url, 'http://127.0.0.1').pathname;
  await sleep(ms);
  const answer = store.answer(callOf({ method, path, headers: headers as Record<string, string>, body }));
  response.writeHead(answer.status, answer.headers).end(answer.body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit());
