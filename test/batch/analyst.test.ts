// SPDX-License-Identifier: MIT
// The analyst's thread is ended by what is too slow, too large or broken, and serves the next log all the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { Analyst } from '../../src/lambda/analyst.ts';
import type { OpenLog } from '../../src/lambda/fetch.ts';
import type { LogTask } from '../../src/lambda/tasks.ts';
import { BatchTime } from '../../src/lambda/time.ts';
import { heapFilling, longDrive } from './logs.ts';

const HEAD = 'time,lat,lon,speed_kmh\n2026-10-05T10:00:00Z,35.1,139.4,30\n2026-10-05T10:00:01Z,35.1,139.4,30\n';
const task: LogTask = {
  name: 'drive.csv',
  source: { bucket: 'logs', key: 'drive.csv', etag: 'e', version: null, received: null },
  owner: { driver_id: 'd', vehicle_id: undefined, generation: 'g' },
  options: {},
  limits: {},
  formats: ['ndjson'],
};
const bounds = (ms: number, signal = new AbortController().signal) => ({ share: () => ms, fair: ms, signal });
const whole = (bytes: Uint8Array): OpenLog => ({
  head: { etag: 'e', version: undefined, received: undefined, metadata: {} },
  bytes: bytes.length,
  whole: bytes,
  async *chunks() {},
  close() {},
});
const streamed = (chunks: () => AsyncGenerator<Uint8Array>): OpenLog => ({
  ...whole(HEAD_BYTES),
  whole: undefined,
  chunks,
});
const HEAD_BYTES = Buffer.from(HEAD);

let analyst: Analyst;
let drive: Buffer;
const analyze = (log: OpenLog, limits = bounds(60_000), wanted = task) =>
  analyst.analyze(wanted, log, limits, async (analyzed) => analyzed);
const good = () => analyze(whole(drive));

beforeAll(async () => {
  Object.assign(process.env, {
    TOMARE_MAP: await demoTown(),
    TOMARE_INPUT_BUCKETS: 'logs',
    TOMARE_OUTPUT_BUCKET: 'results',
    TOMARE_DEAD_LETTER_URL: 'http://127.0.0.1/dead',
  });
  drive = readFileSync(join(DEMO_FOLDER, 'drives', 'stop-run.csv'));
  analyst = await new Analyst(new URL('../../src/lambda/worker.ts', import.meta.url)).ready();
});
afterAll(() => analyst.close());

describe('the analyst', () => {
  it('judges a log, whole or in chunks, with the same bytes', async () => {
    const a = await good();
    async function* pieces() {
      for (let i = 0; i < drive.length; i += 1000) yield drive.subarray(i, i + 1000);
    }
    const b = await analyze(streamed(pieces));
    expect(Buffer.from(b.texts[0]?.bytes ?? '').toString()).toBe(Buffer.from(a.texts[0]?.bytes ?? '').toString());
    expect(JSON.parse(Buffer.from(a.texts[0]?.bytes ?? '').toString()).findings.length).toBe(
      a.findings.reduce((sum, { count }) => sum + count, 0),
    );
  });

  it('a log that reads for longer than its share is LOG_SLOW, at once, and the next one is judged', async () => {
    const rows = { ...task, limits: { rows: 1e9 } };
    const slow = whole(gzipSync(HEAD + ',,\n'.repeat(40 << 20)));
    const begin = performance.now();
    const [outcome, next] = await Promise.allSettled([analyze(slow, bounds(300), rows), good()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { errorName: 'LOG_SLOW' } });
    expect(next).toMatchObject({ status: 'fulfilled' });
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  it('a log that is left less than its share is not slow, but comes again', async () => {
    const slow = whole(gzipSync(HEAD + ',,\n'.repeat(40 << 20)));
    const little = { ...bounds(300), fair: 1_000 };
    const outcome = analyze(slow, little, { ...task, limits: { rows: 1e9 } });
    await expect(outcome).rejects.toMatchObject({ errorName: 'TIME_LEFT' });
    await good();
  });

  it('so is one that is being judged, within the module', async () => {
    const log = whole(gzipSync(longDrive(drive.toString(), 400_000)));
    for (const ms of [400, 800, 1_600]) {
      const outcome = await analyze(log, bounds(ms)).catch((error) => error.errorName);
      if (typeof outcome === 'string') expect(outcome).toBe('LOG_SLOW');
    }
    await good();
  });

  it('rows without a fix count, so that a small file cannot cost much', async () => {
    const log = whole(gzipSync(HEAD + ',,\n'.repeat(200_000)));
    const few = { ...task, limits: { rows: 100_000 } };
    await expect(analyze(log, bounds(60_000), few)).rejects.toMatchObject({
      errorName: 'LOG_SIZE',
      detail: 'drive.csv:100002: more than 100000 rows; split the log',
    });
  });

  it('a log that needs more memory than there is costs itself only', async () => {
    const limit = process.memoryUsage.rss() + (120 << 20);
    const small = await new Analyst(new URL('../../src/lambda/worker.ts', import.meta.url), limit).ready();
    const large = whole(gzipSync(longDrive(drive.toString(), 900_000)));
    const store = async () => 'stored';
    await expect(small.analyze(task, large, bounds(60_000), store)).rejects.toMatchObject({
      errorName: 'OUT_OF_MEMORY',
    });
    await expect(small.analyze(task, whole(drive), bounds(60_000), store)).resolves.toBe('stored');
    await small.close();
  });

  it('a log that fills the heap costs itself only, and not the ones before and after it, which the thread has too', async () => {
    const worker = new URL('../../src/lambda/worker.ts', import.meta.url);
    const small = await new Analyst(worker, Number.POSITIVE_INFINITY, 150 << 20).ready();
    const store = async () => 'stored';
    const logs = [drive, heapFilling(60), drive, drive].map(whole);
    const outcomes = await Promise.allSettled(logs.map((log) => small.analyze(task, log, bounds(60_000), store)));
    expect(outcomes.map((o) => (o.status === 'fulfilled' ? o.value : o.reason.errorName))).toEqual([
      'stored',
      'OUT_OF_MEMORY',
      'stored',
      'stored',
    ]);
    await small.close();
  });

  it('a log that was handed over while the one before it was ended is judged by the next thread', async () => {
    const slow = whole(gzipSync(HEAD + ',,\n'.repeat(40 << 20)));
    const rows = { ...task, limits: { rows: 1e9 } };
    const outcomes = await Promise.allSettled([good(), analyze(slow, bounds(300), rows), good(), good()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('a log that was handed over and whose invocation ends does not hold up the next one', async () => {
    const end = new AbortController();
    const slow = whole(gzipSync(HEAD + ',,\n'.repeat(40 << 20)));
    const rows = { ...task, limits: { rows: 1e9 } };
    const both = [1, 2].map(() => analyze(slow, bounds(60_000, end.signal), rows));
    setTimeout(() => end.abort(new Error('over')), 400);
    for (const outcome of await Promise.allSettled(both)) expect(outcome.status).toBe('rejected');
    await analyze(whole(drive), bounds(10_000));
  });

  it('time in which the connection is waited for is not the log’s', async () => {
    async function* late() {
      for (let i = 0; i < drive.length; i += 3000) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        yield drive.subarray(i, i + 3000);
      }
    }
    await good();
    expect(drive.length / 3000).toBeGreaterThan(3);
    await analyze(streamed(late), bounds(400));
  });

  it('a connection that breaks wins over what is made of the torso', async () => {
    async function* torso() {
      yield drive.subarray(0, 3000);
      throw new Error('broken');
    }
    await expect(analyze(streamed(torso))).rejects.toThrow('broken');
    await good();
  });

  it('judges the next log while a result is stored, but not after a large one', async () => {
    const order: string[] = [];
    const put = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      order.push(`${name} ends`);
    };
    const one = analyst.analyze(task, whole(drive), bounds(60_000), put('a'));
    const two = analyst.analyze(task, whole(drive), bounds(60_000), put('b'));
    await Promise.all([one, two]);
    expect(order).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
    order.length = 0;
    const csv = longDrive(drive.toString(), 200_000);
    const all = { ...task, options: { all: true, route: true } };
    const large = analyst.analyze(all, whole(gzipSync(csv)), bounds(60_000), put('large'));
    await Promise.all([large, analyst.analyze(task, whole(drive), bounds(60_000), put('small'))]);
    expect(order).toEqual(['large begins', 'large ends', 'small begins', 'small ends']);
  });

  it('the end of the invocation ends what is being done', async () => {
    const left = { getRemainingTimeInMillis: () => 1_500 };
    const time = new BatchTime(left, { reserveMs: 100, logMs: 60_000 }, 1);
    const slow = whole(gzipSync(HEAD + ',,\n'.repeat(40 << 20)));
    const patient = { share: () => 60_000, fair: 60_000, signal: time.signal };
    const outcome = await analyze(slow, patient, { ...task, limits: { rows: 1e9 } }).catch((e) => e.errorName);
    time.end();
    expect(outcome).toBe('TIME_LEFT');
    await good();
  });

  it('refuses settings and profiles by name, and remembers the identity of others', async () => {
    await expect(analyst.identity({ profile: '../x' })).rejects.toMatchObject({ errorName: 'PROFILE' });
    await expect(analyst.identity({ settings: { speeding: { x: 1 } } })).rejects.toMatchObject({
      errorName: 'SETTINGS',
    });
    const [a, b, c] = [await analyst.identity({}), await analyst.identity({}), await analyst.identity({ all: true })];
    expect(b).toBe(a);
    expect(c).not.toEqual(a);
  });
});

describe('the time of a batch', () => {
  it('is shared by the logs that wait, and what the quick ones leave is the others’', () => {
    let left = 55_000;
    const time = new BatchTime({ getRemainingTimeInMillis: () => left }, { reserveMs: 5_000, logMs: 40_000 }, 10);
    expect(time.share()).toBe(5_000);
    time.expect(-5);
    expect(time.share()).toBe(10_000);
    time.expect(-4);
    expect(time.share()).toBe(40_000);
    left = 4_000;
    expect(time.share()).toBe(0);
    expect(() => time.check()).toThrow(expect.objectContaining({ errorName: 'TIME_LEFT' }));
    time.end();
  });
});
