// SPDX-License-Identifier: MIT
// S3 and SQS of the soak: the logs are made when they are asked for, and of what is written only the account is kept, a
// few bytes for each log, so that a million of them fit.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPacked, linesOf } from '../../src/days/lines.ts';
import { type Answer, answer, type Call, fault } from './stand_in.ts';

const BROKEN = Buffer.from('a,b,c\n1,2,3\n');
/** Fixes of a log: the function's own work counts here, not the engine's. */
const ROWS = 12;

/** Objects that are known by their keys, the newest: far more than the logs under way at a time. */
const KNOWN = 2_000;
function keepNewest(objects: Set<string> | Map<string, unknown>): void {
  const [oldest] = objects.keys();
  if (objects.size > KNOWN && oldest !== undefined) objects.delete(oldest);
}

/** What readers know a work by. */
function workOf(line: string): bigint {
  const { drive, engine } = JSON.parse(line);
  const { bucket, key, etag } = drive.source;
  const digest = createHash('sha256').update(JSON.stringify([bucket, key, etag, engine.generation]));
  return BigInt(`0x${digest.digest('hex').slice(0, 16)}`);
}

export const keyOf = (n: number) => `soak/${n}.csv`;
const numberIn = (key: string) => Number(/soak\/(\d+)\.csv/.exec(key)?.[1] ?? -1);

/** What must become of a log: one in fifty is broken, one in a hundred is not there. */
export type Fate = 'good' | 'LOG_COLUMN' | 'LOG_MISSING';
export function fateOf(n: number): Fate {
  if (n % 100 === 7) return 'LOG_MISSING';
  return n % 50 === 3 ? 'LOG_COLUMN' : 'good';
}

export interface Sums {
  results: number;
  failures: number;
  letters: number;
  lost: number;
  doubled: number;
  /** Letters that came twice because the answer to the first was lost, or the process that sent it. */
  excused: number;
}

export class Ledger {
  private readonly inBatches: boolean;
  private readonly drives: Buffer[];
  private readonly etags: string[];
  private readonly results: Uint8Array;
  /** Name of each log's work; another one would be a second result. */
  private readonly names: BigUint64Array;
  private readonly letters: Uint8Array;
  /** Objects of several results, the newest. */
  private readonly packed = new Set<string>();
  /** Of the batch's objects; those which a message that came again has stored alone. */
  readonly objects = { packed: 0, lines: 0, alone: 0 };
  private readonly failures = new Map<string, Record<string, string>>();
  /** Failure objects by the log. */
  private readonly failed: Uint8Array;
  /** Logs whose letter may come twice. */
  readonly excused = new Set<number>();

  constructor(logs: number, drives: string, inBatches: boolean) {
    this.inBatches = inBatches;
    const head = (name: string) =>
      readFileSync(join(drives, name), 'utf8')
        .split('\n')
        .slice(0, ROWS + 1);
    this.drives = readdirSync(drives).map((name) => Buffer.from(`${head(name).join('\n')}\n`));
    this.etags = [...this.drives, BROKEN].map((bytes) => `"${createHash('md5').update(bytes).digest('hex')}"`);
    this.results = new Uint8Array(logs);
    this.names = new BigUint64Array(logs);
    this.letters = new Uint8Array(logs);
    this.failed = new Uint8Array(logs);
  }

  answer({ operation, target, headers, body }: Call): Answer {
    switch (operation) {
      case 'GetObject':
        return this.get(numberIn(target));
      case 'PutObject':
        if (target.includes('/generations/')) return answer(200, { etag: '"generation"' });
        if (target.includes('/failures/')) return this.fail(target, headers, body);
        return isPacked(target) ? this.storePacked(target, body) : this.store(target, body);
      case 'HeadObject': {
        const metadata = this.failures.get(target);
        return metadata ? answer(200, metadata) : answer(404);
      }
      case 'SendMessage':
        return this.letter(body);
      default:
        return fault(501, 'NotImplemented');
    }
  }

  private get(n: number): Answer {
    const fate = fateOf(n);
    if (fate === 'LOG_MISSING') return fault(404, 'NoSuchKey');
    const i = fate === 'good' ? n % this.drives.length : this.drives.length;
    return answer(200, { etag: this.etags[i] ?? '' }, this.drives[i] ?? BROKEN);
  }

  private store(target: string, body: Buffer): Answer {
    const name = BigInt(`0x${/([0-9a-f]{16})[0-9a-f]{24}\.ndjson$/.exec(target)?.[1] ?? '0'}`);
    const again = !this.count(body.toString(), this.inBatches ? undefined : name);
    if (again && !this.inBatches) return fault(412, 'PreconditionFailed');
    this.objects.alone++;
    return answer(200, { etag: '"result"' });
  }

  private storePacked(target: string, body: Buffer): Answer {
    if (this.packed.has(target)) return fault(412, 'PreconditionFailed');
    keepNewest(this.packed.add(target));
    const lines = linesOf(body);
    this.objects.packed++;
    this.objects.lines += lines.length;
    for (const line of lines) this.count(line);
    return answer(200, { etag: '"batch"' });
  }

  /** By the reader's rule: one result for each work. Whether it is a new one. */
  private count(line: string, name = workOf(line)): boolean {
    const n = numberIn(JSON.parse(line).drive.source.key);
    if (this.names[n] === name) return false;
    this.names[n] = name;
    this.results[n] = (this.results[n] ?? 0) + 1;
    return true;
  }

  private fail(target: string, headers: Record<string, string>, body: Buffer): Answer {
    const there = this.failures.has(target);
    if (there && headers['if-none-match'] === '*') return fault(412, 'PreconditionFailed');
    const n = numberIn(JSON.parse(body.toString()).log.key);
    if (!there) this.failed[n] = (this.failed[n] ?? 0) + 1;
    const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
    this.failures.set(target, Object.fromEntries(metadata));
    keepNewest(this.failures);
    return answer(200, { etag: '"failure"' });
  }

  private letter(body: Buffer): Answer {
    const { MessageBody } = JSON.parse(body.toString());
    const n = numberIn(MessageBody);
    this.letters[n] = Math.min(255, (this.letters[n] ?? 0) + 1);
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    const text = JSON.stringify({ MessageId: `letter-${n}`, MD5OfMessageBody });
    return answer(200, { 'content-type': 'application/x-amz-json-1.0' }, Buffer.from(text));
  }

  /** Of the first logs, those that were sent. */
  sums(logs: number): Sums {
    const sums = { results: 0, failures: 0, letters: 0, lost: 0, doubled: 0, excused: 0 };
    for (let n = 0; n < logs; n++) {
      const [results = 0, failed = 0, letters = 0] = [this.results[n], this.failed[n], this.letters[n]];
      sums.results += results;
      sums.failures += failed;
      sums.letters += letters;
      const good = fateOf(n) === 'good';
      if (good ? results === 0 : failed === 0 || letters === 0) sums.lost++;
      const twice = letters > 1 && this.excused.has(n);
      if (twice) sums.excused++;
      if (results > (good ? 1 : 0) || failed > (good ? 0 : 1) || (!twice && letters > (good ? 0 : 1))) sums.doubled++;
    }
    return sums;
  }
}
