// SPDX-License-Identifier: MIT
// When a cold start in the image comes to which part: loaded before the function (NODE_OPTIONS), it watches what
// the code asks of Node, and writes one line once the first result is stored. The function knows nothing of it. The
// analyst's thread has the same probe, which sends its moments to the first.
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const ends = {};
const moments = new BroadcastChannel('tomare cold start');
moments.unref();
moments.onmessage = ({ data: { part, at, cpu } }) => {
  ends[part] ??= { wall: at - performance.timeOrigin, cpu };
};
/** Milliseconds since the process began, and of CPU, of all its threads. */
const end = (part) => {
  const { user, system } = process.cpuUsage();
  const moment = { part, at: performance.timeOrigin + performance.now(), cpu: (user + system) / 1000 };
  if (isMainThread) moments.onmessage({ data: moment });
  else moments.postMessage(moment);
};
/** In the order of time, for two threads have their parts at once. */
const inOrder = () => Object.fromEntries(Object.entries(ends).sort(([, a], [, b]) => a.wall - b.wall));
if (isMainThread) end('Node starts');

const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  if (String(path).endsWith('settings.yaml')) end('thread and its bundle loaded');
  if (String(path).endsWith('tomare.wasm')) end('settings and profile');
  return readFileSync(path, ...rest);
};

const { Module, Instance } = WebAssembly;
WebAssembly.Module = class extends Module {
  constructor(...args) {
    super(...args);
    end('module compiled');
  }
};
WebAssembly.Instance = function instance(...args) {
  const { exports } = new Instance(...args);
  const timed =
    (name, part, before) =>
    (...values) => {
      if (before) end(before);
      const result = exports[name](...values);
      end(part);
      return result;
    };
  return {
    exports: {
      ...exports,
      tomare_analyzer_open: timed('tomare_analyzer_open', 'map open'),
      tomare_analyze: timed('tomare_analyze', 'analyzed', 'log fetched and read'),
    },
  };
};

/** The runtime's own client is no part of node:http: these are the requests to S3. */
const { request } = http;
http.request = (...args) => {
  end('function ready, event taken');
  const sent = request(...args);
  if (sent.method !== 'PUT' || !sent.path.includes('/results/')) return sent;
  end('result composed');
  return sent.on('response', (answer) => {
    answer.on('end', () => {
      end('result stored');
      const own = { ends: inOrder(), start: performance.timeOrigin, rss_mib: process.resourceUsage().maxRSS / 1024 };
      process.stderr.write(`@cold ${JSON.stringify(own)}\n`);
    });
  });
};
syncBuiltinESMExports();
