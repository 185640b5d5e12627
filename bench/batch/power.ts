// SPDX-License-Identifier: MIT
// What memory and batch size should a function have? Hour logs (3,600 fixes, gzip) through the handler under Lambda's share of CPU and
// its limit of memory (quota.ts), against an S3 that takes 20 ms a call. usage: npm run bench -- power [--runs 5] [--keep]
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoTown } from '../../src/cli/demo.ts';
import { machine } from '../machine.ts';
import { keep } from '../results.ts';
import { median } from '../statistics.ts';
import { lambdaCost } from './prices.ts';
import { Quota, sharesOf } from './quota.ts';

const MEMORY = [512, 1024, 1536, 1769, 2048, 3008];
const BATCHES = [1, 5, 10];
const CALL_MS = 20;

export interface Row {
  mib: number;
  batch: number;
  /** Median of a batch; undefined where it does not fit into its memory. */
  wall_ms: number | undefined;
  cpu_ms: number;
  peak_mib: number;
  /** Bytes that the function writes to its log, a driving log. */
  log_bytes: number;
  usd_per_million: number;
}

interface Report {
  times: { wall: number; cpu: number }[];
  rssMib: number;
}

async function row(mib: number, batch: number, runs: string, s3: string): Promise<Row> {
  const quota = new Quota(mib);
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
  const [program = '', ...args] = quota.within([...node, join(import.meta.dirname, 'power_run.ts')]);
  const env = { ...process.env, POWER_BATCH: String(batch), POWER_RUNS: runs, POWER_S3: s3 };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let written = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    written += chunk.length;
  });
  let report: Report | undefined;
  child.on('message', (message: Report) => {
    report = message;
  });
  await once(child, 'exit');
  const peak_mib = quota.peakMib();
  quota.remove();
  const wall_ms = report && median(report.times.map((t) => t.wall));
  const { time, requests } = lambdaCost((wall_ms ?? Number.NaN) / batch, mib, batch);
  return {
    mib,
    batch,
    wall_ms,
    cpu_ms: report ? median(report.times.map((t) => t.cpu)) : 0,
    peak_mib,
    log_bytes: written / ((Number(runs) + 3) * batch),
    usd_per_million: time + requests,
  };
}

export function powerTable(rows: readonly Row[]): string[] {
  const lines = [
    '| memory, MB | CPUs | batch | a batch, ms | a log, ms | peak, MiB | USD a million logs |',
    '|---|---|---|---|---|---|---|',
  ];
  for (const r of rows) {
    const times =
      r.wall_ms === undefined ? ['does not fit', '–'] : [r.wall_ms.toFixed(0), (r.wall_ms / r.batch).toFixed(0)];
    const cost = r.wall_ms === undefined ? '–' : r.usd_per_million.toFixed(2);
    const cells = [r.mib, sharesOf(r.mib).toFixed(2), r.batch, ...times, r.peak_mib.toFixed(0), cost];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, keep: { type: 'boolean' } } });
  await demoTown();
  const server = fork(join(import.meta.dirname, 'slow_s3.ts'), [String(CALL_MS)]);
  const [port] = (await once(server, 'message')) as [number];
  const rows: Row[] = [];
  for (const mib of MEMORY) {
    for (const batch of BATCHES) rows.push(await row(mib, batch, values.runs, `http://127.0.0.1:${port}`));
  }
  server.disconnect();
  console.log(powerTable(rows).join('\n'));
  if (values.keep) console.log(keep('power', { machine: machine(), call_ms: CALL_MS, rows } as never));
}
