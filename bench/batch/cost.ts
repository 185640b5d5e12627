// SPDX-License-Identifier: MIT
// What does a million hour-long drives cost? The kept run of `npm run bench -- power` gives times and log bytes; the
// requests are those that the function and its queue make. usage: npm run bench -- cost [--memory 1024] [--batch 10]
import { parseArgs } from 'node:util';
import { newest } from '../results.ts';
import type { Row } from './power.ts';
import { lambdaCost, PRICES } from './prices.ts';

const MILLION = 1e6;
/** USD a million without the customer's own puts; the bound. */
const MOST = 7;

export interface Item {
  what: string;
  arithmetic: string;
  usd: number;
}

/** The items of a million logs; the last is what the customer pays for the logs themselves. */
export function items({ mib, batch, wall_ms = Number.NaN, log_bytes }: Row): { own: Item[]; customer: Item } {
  const batches = MILLION / batch;
  const { time, requests } = lambdaCost(wall_ms / batch, mib, batch);
  const per = (wall_ms / batch / 1000).toFixed(3);
  const written = (MILLION * log_bytes) / 1e9;
  const own = [
    { what: 'Lambda time', arithmetic: `10⁶ × ${per} s × ${mib / 1024} GB × ${PRICES.gbSecond}`, usd: time },
    { what: 'Lambda requests', arithmetic: `${batches} batches × 0.20 / 10⁶`, usd: requests },
    { what: 'S3 writes of results', arithmetic: '10⁶ × 0.0047 / 10³', usd: MILLION * PRICES.s3Put },
    { what: 'S3 reads', arithmetic: '10⁶ × 0.00037 / 10³', usd: MILLION * PRICES.s3Get },
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
  return {
    own,
    customer: { what: 'S3 writes of the logs', arithmetic: '10⁶ × 0.0047 / 10³', usd: MILLION * PRICES.s3Put },
  };
}

export const sumOf = (list: readonly Item[]): number => list.reduce((sum, { usd }) => sum + usd, 0);

export function costTable(row: Row): string[] {
  const { own, customer } = items(row);
  const lines = ['| | arithmetic | USD |', '|---|---|---|'];
  for (const { what, arithmetic, usd } of own) lines.push(`| ${what} | ${arithmetic} | ${usd.toFixed(2)} |`);
  lines.push(`| **sum** | | **${sumOf(own).toFixed(2)}** |`);
  lines.push(`| ${customer.what}, the customer's own | ${customer.arithmetic} | ${customer.usd.toFixed(2)} |`);
  return lines;
}

/** Parts of the sum that other designs would save, and what they would give up. */
export function boundTable(row: Row): string[] {
  const { own } = items(row);
  const usdOf = (what: string) => own.find((item) => item.what.startsWith(what))?.usd ?? Number.NaN;
  const [all, writes, watching] = [sumOf(own), usdOf('S3 writes'), usdOf('CloudWatch')];
  const shared = all - writes + writes / row.batch;
  const rows = [
    ['an object for each result, as built', all, 'nothing'],
    [
      `one object for a batch of ${row.batch}`,
      shared,
      'keys, labels and erasing by result; a repeated message stores a second copy',
    ],
    [
      `one object for a batch of ${row.batch}, and a row of DynamoDB for each result, which says where it lies`,
      shared + MILLION * PRICES.dynamoWrite,
      'a result that is stored once it is judged; erasing rewrites objects; a second store',
    ],
    [
      'an object for each result, in S3 Express One Zone',
      all - writes + MILLION * PRICES.s3ExpressPut,
      'copies in other zones; versions; listing by any prefix',
    ],
    ['one object for a batch, and neither log lines nor metrics', shared - watching, 'alarms on logs'],
    ['no result stored at all', all - writes - watching, 'the results: the bound for every design with SQS and S3'],
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
  const sum = sumOf(items(row).own);
  if (sum > MOST) console.error(`FAIL  ${sum.toFixed(2)} USD a million; at most ${MOST}`);
  process.exitCode = sum > MOST ? 1 : 0;
}
