// SPDX-License-Identifier: MIT
// What does a million hour-long drives cost? The kept run of `npm run bench -- power` gives times and log bytes; the
// requests are those that the function and its queue make. usage: npm run bench -- cost [--memory 1024] [--batch 10]
import { parseArgs } from 'node:util';
import { newest } from '../results.ts';
import type { Row } from './power.ts';
import { lambdaCost, PRICES } from './prices.ts';

const MILLION = 1e6;
/** As `ResultObjects` of the template; with the most that a million may cost without the customer's own puts, by the issue. */
const MOST = { log: 7, batch: 3 } as const;
type Objects = keyof typeof MOST;

export interface Item {
  what: string;
  arithmetic: string;
  usd: number;
}

const MODES = Object.keys(MOST) as Objects[];
const objectsOf = (objects: Objects, batch: number) => (objects === 'log' ? MILLION : MILLION / batch);

/** The items of a million logs that the function and its queue make. */
export function items({ mib, batch, wall_ms = Number.NaN, log_bytes }: Row, objects: Objects): Item[] {
  const batches = MILLION / batch;
  const { time, requests } = lambdaCost(wall_ms / batch, mib, batch);
  const per = (wall_ms / batch / 1000).toFixed(3);
  const written = (MILLION * log_bytes) / 1e9;
  const puts = objectsOf(objects, batch);
  return [
    { what: 'Lambda time', arithmetic: `10⁶ × ${per} s × ${mib / 1024} GB × ${PRICES.gbSecond}`, usd: time },
    { what: 'Lambda requests', arithmetic: `${batches} batches × 0.20 / 10⁶`, usd: requests },
    { what: 'S3 writes of results', arithmetic: 'objects × 0.0047 / 10³', usd: puts * PRICES.s3Put },
    { what: 'S3 reads of logs', arithmetic: '10⁶ × 0.00037 / 10³', usd: MILLION * PRICES.s3Get },
    {
      what: 'SQS',
      arithmetic: `(10⁶ sent + ${batches} received + ${batches} deleted) × 0.40 / 10⁶`,
      usd: (MILLION + 2 * batches) * PRICES.sqsRequest,
    },
    {
      what: 'CloudWatch logs and metrics in them',
      arithmetic: `10⁶ × ${log_bytes.toFixed(0)} B = ${written.toFixed(2)} GB × ${PRICES.logGb}`,
      usd: written * PRICES.logGb,
    },
  ];
}

/** The nightly job reads each object once, unless something comes to its day later. */
const nightly = (row: Row, objects: Objects) => objectsOf(objects, row.batch) * PRICES.s3Get;
export const sumOf = (list: readonly Item[]): number => list.reduce((sum, { usd }) => sum + usd, 0);
const allOf = (row: Row, objects: Objects) => sumOf(items(row, objects)) + nightly(row, objects);

/** A column for each mode; at the end what the customer pays for the logs themselves. */
export function costTable(row: Row): string[] {
  const line = (what: string, arithmetic: string, usd: (objects: Objects) => number, mark = '') =>
    `| ${[what, arithmetic, ...MODES.map((objects) => `${mark}${usd(objects).toFixed(2)}${mark}`)].join(' | ')} |`;
  const own = items(row, 'log').map(({ what, arithmetic }, i) =>
    line(what, arithmetic, (objects) => items(row, objects)[i]?.usd ?? Number.NaN),
  );
  return [
    '| USD a million, by `ResultObjects` | arithmetic | `log` | `batch` |',
    '|---|---|---|---|',
    ...own,
    line('S3 reads of the nightly job', 'objects × 0.00037 / 10³', (objects) => nightly(row, objects)),
    line('**sum**', '', (objects) => allOf(row, objects), '**'),
    line("S3 writes of the logs, the customer's own", '10⁶ × 0.0047 / 10³', () => MILLION * PRICES.s3Put),
  ];
}

/** Parts of the sum that other designs would save, and what they would give up. */
export function boundTable(row: Row): string[] {
  const usdOf = (what: string) => items(row, 'log').find((item) => item.what.startsWith(what))?.usd ?? Number.NaN;
  const [all, writes, watching] = [allOf(row, 'log'), usdOf('S3 writes'), usdOf('CloudWatch')];
  const shared = allOf(row, 'batch');
  const rows = [
    ['an object for each result: `log`', all, 'nothing'],
    [
      `an object for a batch of ${row.batch}: \`batch\``,
      shared,
      'a key for each result; a repeated message has a second copy, which readers leave out',
    ],
    [
      'an object for each result, in S3 Express One Zone',
      all - writes + MILLION * PRICES.s3ExpressPut,
      'copies in other zones; versions; listing by any prefix',
    ],
    ['an object for a batch, and neither log lines nor metrics', shared - watching, 'alarms on logs'],
    [
      'no result stored at all',
      all - writes - watching - nightly(row, 'log'),
      'the results: the bound for every design with SQS and S3',
    ],
  ] as const;
  return [
    '| design | USD | gives up |',
    '|---|---|---|',
    ...rows.map(([what, usd, lost]) => `| ${what} | ${usd.toFixed(2)} | ${lost} |`),
  ];
}

/** The row of a function with so much memory and such batches. @throws Error where the kept run has none */
export function rowOf(memory: number, batch: number): Row {
  const run = newest<{ rows: Row[] }>('power');
  const row = run?.rows.find((r) => r.mib === memory && r.batch === batch && r.wall_ms !== undefined);
  if (!row) throw new Error(`no kept run of ${memory} MB and batches of ${batch}: npm run bench -- power --keep`);
  return row;
}

if (process.argv[1] === import.meta.filename) {
  const options = { memory: { type: 'string', default: '1024' }, batch: { type: 'string', default: '10' } } as const;
  const { values } = parseArgs({ options });
  const row = rowOf(Number(values.memory), Number(values.batch));
  console.log([...costTable(row), '', ...boundTable(row)].join('\n'));
  for (const objects of MODES) {
    const sum = allOf(row, objects);
    if (sum <= MOST[objects]) continue;
    console.error(`FAIL  ${objects}: ${sum.toFixed(2)} USD a million; at most ${MOST[objects]}`);
    process.exitCode = 1;
  }
}
