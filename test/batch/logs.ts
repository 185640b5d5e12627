// SPDX-License-Identifier: MIT
// The 200 messages of the end-to-end test, about 180 logs: what is put into S3, what the queue is told,
// and what must become of each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { INPUT } from '../../tools/local/stack.ts';

export interface TestLog {
  key: string;
  /** Undefined: the message names a log that is not there. */
  bytes: Buffer | undefined;
  /** Reason of its dead letter; undefined for a log that has a result. */
  reason: string | undefined;
  /** Analyzed with route and all findings. */
  full: boolean;
}

export const LIMITS = { objectBytes: 300_000, totalBytes: 1_000_000, fixes: 5_000 };
const HEAD = 'time,lat,lon,speed_kmh\n';
const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => `${new Date(1790000000000 + i * 1000).toISOString()},35.1,139.4,30\n`).join('');
const number = (i: number) => String(i).padStart(3, '0');

/** Keys with everything that S3 notifications encode. */
const FOLDERS = ['2026/10/05', 'fleet a+b', '車両%20', 'plain'];

export function goodLogs(drives: string, count: number): TestLog[] {
  const files = readdirSync(drives).sort();
  return Array.from({ length: count }, (_, i) => {
    const csv = readFileSync(join(drives, files[i % files.length] as string));
    const packed = i % 3 === 0;
    const key = `${FOLDERS[i % FOLDERS.length]}/good-${number(i)}.csv${packed ? '.gz' : ''}`;
    return { key, bytes: packed ? gzipSync(csv) : csv, reason: undefined, full: i % 10 === 9 };
  });
}

function broken(): TestLog[] {
  const bad = (i: number, reason: string, bytes: Buffer | string | undefined): TestLog => ({
    key: `broken/bad-${number(i)}.csv`,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    reason,
    full: false,
  });
  return [
    bad(0, 'LOG_NO_FIX', ''),
    bad(1, 'LOG_FORMAT', Buffer.from([1, 2, 3, 0, 255])),
    bad(2, 'LOG_COLUMN', 'a,b,c\n1,2,3\n'),
    bad(3, 'LOG_TIME', `${HEAD}yesterday,35,139,1\n`),
    bad(4, 'LOG_SWAPPED', `${HEAD}2026-10-05T10:00:00Z,139.4,35.1,1\n`),
    bad(5, 'LOG_GZIP', gzipSync(HEAD + rows(500)).subarray(0, 900)),
    bad(6, 'LOG_XML', '<gpx><trk></gpx>'),
    bad(7, 'LOG_ONE_FIX', HEAD + rows(1)),
    bad(8, 'LOG_MISSING', undefined),
    bad(9, 'LOG_OUTSIDE_MAP', `${HEAD}2026-10-05T10:00:00Z,10,10,1\n2026-10-05T10:00:01Z,10,10,1\n`),
  ];
}

function tooLarge(): TestLog[] {
  const large = (i: number, reason: string, bytes: Buffer): TestLog => ({
    key: `large/log-${number(i)}.csv`,
    bytes,
    reason,
    full: false,
  });
  return [
    large(0, 'LOG_FIXES', Buffer.from(HEAD + rows(6_000))),
    large(1, 'LOG_SIZE', Buffer.alloc(LIMITS.objectBytes + 1, 'x')),
    large(2, 'LOG_FIXES', gzipSync(HEAD + rows(30_000))),
    large(3, 'LOG_INFLATED', gzipSync(Buffer.concat([Buffer.from(HEAD), Buffer.alloc(50 << 20, '\n')]))),
    large(4, 'LOG_FIXES', gzipSync(HEAD + rows(LIMITS.fixes + 1))),
  ];
}

/** So many good ones, ten broken, five too large, one that traps. */
export function testLogs(drives: string, count = 164): TestLog[] {
  const trap: TestLog = {
    key: 'plain/trap-000.csv',
    bytes: readFileSync(join(drives, readdirSync(drives).sort()[0] as string)),
    reason: 'TRAP',
    full: false,
  };
  return [...goodLogs(drives, count), ...broken(), ...tooLarge(), trap];
}

/** A CSV of a drive with a fix a second there and back, over and over, at a fix every so many seconds. */
export function longDrive(csv: string, fixes: number, seconds = 1): string {
  const [head = '', ...rows] = csv.trim().split('\n');
  const rests = rows.filter((_, i) => i % seconds === 0).map((row) => row.slice(row.indexOf(',')));
  const there = [...rests, ...rests.toReversed()];
  const row = (_: unknown, i: number) =>
    `${new Date(1790000000000 + i * seconds * 1000).toISOString()}${there[i % there.length]}\n`;
  return [`${head}\n`, ...Array.from({ length: fixes }, row)].join('');
}

/** A track of so many MiB without a time: within every limit, and a gigabyte of the heap for each 250 MiB. */
export function heapFilling(mib: number): Buffer {
  const begin =
    '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[';
  return gzipSync(Buffer.concat([Buffer.from(begin), Buffer.alloc(mib << 20, '[1,2],'), Buffer.from('[1,2]]}}]}')]));
}

/** In an order that mixes the kinds, the same on each run. */
export function shuffled<T>(items: readonly T[]): T[] {
  let state = 4;
  const random = () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const encode = (key: string) => encodeURIComponent(key).replaceAll('%20', '+');

/** Each form that a message may have in turn; a log with options can only be named by our own. */
export function messageOf(log: TestLog, form: number): unknown {
  if (log.full) return { bucket: INPUT, key: log.key, route: true, all: true };
  const notification = {
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: INPUT }, object: { key: encode(log.key), size: log.bytes?.length } },
      },
    ],
  };
  switch (form % 4) {
    case 0:
      return { bucket: INPUT, key: log.key };
    case 1:
      return notification;
    case 2:
      return { Type: 'Notification', Message: JSON.stringify(notification) };
    default:
      return {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name: INPUT }, object: { key: log.key } },
      };
  }
}
