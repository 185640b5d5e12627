// SPDX-License-Identifier: MIT
// The thread of the function's test build: as src/lambda/worker.ts, but the module traps on logs whose name begins
// with "trap". The trap is a real one, of a WebAssembly function that is unreachable.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { Analyzer } from '../../src/analyzer.ts';
import { readConfig } from '../../src/lambda/config.ts';
import { serve } from '../../src/lambda/serve.ts';
import { type Session, type Source, sessionOver } from '../../src/session.ts';
import type { Fixes, Log } from '../../src/types.ts';

/** (module (func (export "analyze") (param i32 i32) (result i32) unreachable)) */
const TRAP = new WebAssembly.Module(
  Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f],
    ...[3, 2, 1, 0],
    ...[7, 11, 1, 7, ...Buffer.from('analyze'), 0, 0],
    ...[10, 5, 1, 3, 0, 0, 0x0b],
  ),
);

const { map, profile, timeZone } = readConfig(process.env);
const analyzer = new Analyzer(map);
const session = sessionOver(() => analyzer, { map, profile, timeZone });

const trapping: Session = {
  ...session,
  plan(options) {
    const plan = session.plan(options);
    const analyze = (log: Log | Fixes, source?: Source) => {
      if ('id' in log && log.id.startsWith('trap')) {
        const core = analyzer['module']['core'] as unknown as { exports: Record<string, unknown> };
        core.exports = { ...core.exports, tomare_analyze: new WebAssembly.Instance(TRAP).exports['analyze'] };
      }
      return plan.analyze(log, source);
    };
    return { ...plan, analyze };
  },
};

serve(trapping, parentPort as MessagePort);
