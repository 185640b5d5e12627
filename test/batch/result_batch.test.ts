// SPDX-License-Identifier: MIT
// Results that are held back until the last log of the invocation is judged, or until its time is nearly over.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { readResults } from '../../src/audit/results.ts';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { linesOf, pack } from '../../src/days/lines.ts';
import { accountsOf } from '../../src/erase/objects.ts';
import { readConfig } from '../../src/lambda/config.ts';
import type { Parts } from '../../src/lambda/parts.ts';
import { ResultBatch, type Seat } from '../../src/lambda/result_batch.ts';
import { BatchTime } from '../../src/lambda/time.ts';
import { openSession } from '../../src/session.ts';
import { type Answer, fault, inProcess, StandIn } from './stand_in.ts';

const environment = {
  TOMARE_MAP: 'm',
  TOMARE_INPUT_BUCKETS: 'logs',
  TOMARE_OUTPUT_BUCKET: 'out',
  TOMARE_DEAD_LETTER_URL: 'https://example.org/q',
};
const NAME = { start: '2026-10-05T10:00:00+09:00', generation: 'g' };

function startBatch({ objects = 'batch', ms = 60_000, logs = 3, refusing = false } = {}) {
  const store = new StandIn();
  const serve = async (call: Parameters<StandIn['answer']>[0]): Promise<Answer> =>
    refusing ? fault(403, 'AccessDenied') : store.answer(call);
  const s3 = new S3Client({
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    forcePathStyle: true,
    requestHandler: inProcess(serve) as never,
  });
  const config = readConfig({ ...environment, TOMARE_RESULT_OBJECTS: objects });
  const time = new BatchTime({ getRemainingTimeInMillis: () => ms }, { reserveMs: 5_000, logMs: 60_000 }, logs);
  const batch = new ResultBatch({ config, s3 } as Parts, time);
  const objectsOf = () => [...store.objects.values()].map(({ bytes }) => linesOf(bytes).join('').trim().split('\n'));
  return { batch, time, store, s3, objectsOf };
}
const hold = (seat: Seat, text: string, name = NAME) => seat.hold?.(name, Buffer.from(`${text}\n`));

describe('results of an invocation', () => {
  it('are put together when the last log is judged, sorted and each once', async () => {
    const { batch, time, store, objectsOf } = startBatch();
    const seats = [1, 1, 1, 1].map((receives) => batch.seat(receives));
    const held = ['b', 'a', 'b'].map((text, i) => hold(seats[i] as Seat, text));
    await new Promise(setImmediate);
    expect(store.objects.size).toBe(0);
    seats[3]?.leave(); // it failed
    expect(await Promise.all(held)).toEqual(['stored', 'stored', 'stored']);
    expect(objectsOf()).toEqual([['a', 'b']]);
    expect([...store.objects.keys()][0]).toMatch(
      /^out\/results\/date=2026-10-05\/generation=g\/[0-9a-f]{40}\.ndjson\.gz$/,
    );
    time.end();
  });
  it('are an object for each day and generation', async () => {
    const { batch, time, objectsOf } = startBatch();
    const seats = [1, 1, 1].map((receives) => batch.seat(receives));
    const names = [NAME, { ...NAME, start: '2026-10-06T00:00:00+09:00' }, { ...NAME, generation: 'h' }];
    await Promise.all(names.map((name, i) => hold(seats[i] as Seat, String(i), name)));
    expect(objectsOf().sort()).toEqual([['0'], ['1'], ['2']]);
    time.end();
  });
  it('are refused together where the put is', async () => {
    const { batch, time } = startBatch({ refusing: true });
    const seats = [batch.seat(1), batch.seat(1)];
    const ends = await Promise.allSettled(seats.map((seat, i) => hold(seat, String(i))));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    time.end();
  });
  it('do not wait for a log that takes all the time', async () => {
    const { batch, time, objectsOf } = startBatch({ ms: 5_050 });
    const [first, slow] = [batch.seat(1), batch.seat(1)];
    expect(await hold(first, 'first')).toBe('stored');
    expect(await hold(slow, 'slow')).toBe('stored');
    expect(objectsOf().sort()).toEqual([['first'], ['slow']]);
    time.end();
  });
  it('leave their time to the logs that are not judged yet', async () => {
    const { batch, time } = startBatch({ logs: 2 });
    const [first] = [batch.seat(1), batch.seat(1)];
    expect(time.share()).toBe(27_500);
    void hold(first as Seat, 'first');
    expect(time.share()).toBe(55_000);
    time.end();
  });
  it.each([
    ['log', 1],
    ['batch', 2],
  ])('are stored alone: mode %s, receive %i', (objects, receives) => {
    const { batch, time } = startBatch({ objects });
    expect(batch.seat(receives).hold).toBeUndefined();
    time.end();
  });
});

describe('packed results', () => {
  it('have the name of their lines in any order', async () => {
    const [one, other, less] = await Promise.all(
      [['a\n', 'b\n'], ['b\n', 'a\n', 'b\n'], ['a\n']].map((l) => pack('f/', l)),
    );
    expect(one).toEqual(other);
    expect(less?.key).not.toBe(one?.key);
    expect(linesOf(one?.bytes ?? new Uint8Array())).toEqual(['a\n', 'b\n']);
  });
  it('are known by their bytes, for a result_key may end as their keys do', async () => {
    const { s3, store, time } = startBatch();
    const line = (driver_id: string) => `${JSON.stringify({ drive: { driver_id } })}\n`;
    const accounts = async (key: string, bytes: Uint8Array) => {
      store.put(`out/${key}`, Buffer.from(bytes));
      const found = await accountsOf(s3, 'out', { key, version: 'null', marker: false, latest: true });
      return found.map(({ drivers }) => drivers);
    };
    expect(await accounts('fleet/7.ndjson.gz', Buffer.from(line('a')))).toEqual([['a']]);
    const packed = await pack('', [line('a'), line('b')]);
    expect(await accounts(packed.key, packed.bytes)).toEqual([['a'], ['b']]);
    time.end();
  });
  it('are read once for each log and generation', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tomare-results-'));
    const session = openSession({ map: await demoTown() });
    const result = await session.run(join(DEMO_FOLDER, 'drives', 'stop-run.csv'));
    const of = (key: string, generation: string) => {
      const source = { bucket: 'logs', key, etag: 'e', version: null, received: null };
      const engine = { ...result.engine, generation };
      return `${JSON.stringify({ ...result, drive: { ...result.drive, source }, engine })}\n`;
    };
    const files = await Promise.all([pack('', [of('a', '1'), of('b', '1')]), pack('', [of('b', '1'), of('b', '2')])]);
    for (const { key, bytes } of files) writeFileSync(join(folder, key), bytes);
    const read: string[] = [];
    for await (const { drive, engine } of readResults(files.map(({ key }) => join(folder, key))))
      read.push(`${drive.source?.key} ${engine.generation}`);
    rmSync(folder, { recursive: true });
    expect(read.sort()).toEqual(['a 1', 'b 1', 'b 2']);
  });
});
