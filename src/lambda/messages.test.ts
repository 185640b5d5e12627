// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { parseMessage } from './messages.ts';

const record = (key: string, eventName = 'ObjectCreated:Put') => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  eventName,
  s3: { s3SchemaVersion: '1.0', bucket: { name: 'logs' }, object: { key, size: 3, eTag: 'x', sequencer: '0' } },
});
const notification = (...keys: string[]) => JSON.stringify({ Records: keys.map((key) => record(key)) });
const sns = (Message: string) => JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: 'a', Message });
const testEvent = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: 't', Bucket: 'logs' });

describe('messages', () => {
  it('our own form, with its options', () => {
    const job = {
      bucket: 'logs',
      key: 'a/b+c.csv',
      vehicle: 'bus',
      settings: { speeding: { tolerance_kmh: 3 } },
      result_key: 'fleet/1.ndjson',
      formats: ['geojson'],
    };
    expect(parseMessage(JSON.stringify(job))).toEqual([job]);
  });
  it('an S3 notification with URL-encoded keys', () => {
    expect(parseMessage(notification('dir%2Fa+b.log', '%E8%B5%B0.csv'))).toEqual([
      { bucket: 'logs', key: 'dir/a b.log' },
      { bucket: 'logs', key: '走.csv' },
    ]);
  });
  it('the same inside SNS', () => {
    expect(parseMessage(sns(notification('a%20b')))).toEqual([{ bucket: 'logs', key: 'a b' }]);
  });
  it('EventBridge, whose keys are not encoded', () => {
    const event = (type: string) =>
      JSON.stringify({
        version: '0',
        source: 'aws.s3',
        'detail-type': type,
        detail: { version: '0', bucket: { name: 'logs' }, object: { key: 'a+b%20.csv', size: 1 } },
      });
    expect(parseMessage(event('Object Created'))).toEqual([{ bucket: 'logs', key: 'a+b%20.csv' }]);
    expect(parseMessage(event('Object Deleted'))).toEqual([]);
  });
  it('test events and deletions name no log and are no fault', () => {
    expect(parseMessage(testEvent)).toEqual([]);
    expect(parseMessage(sns(testEvent))).toEqual([]);
    expect(parseMessage(JSON.stringify({ Records: [record('a', 'ObjectRemoved:Delete')] }))).toEqual([]);
  });
  it('the version of the object goes with it', () => {
    const versioned = { ...record('a'), s3: { bucket: { name: 'logs' }, object: { key: 'a', versionId: 'v1' } } };
    expect(parseMessage(JSON.stringify({ Records: [versioned] }))).toEqual([
      { bucket: 'logs', key: 'a', version_id: 'v1' },
    ]);
    const detail = { bucket: { name: 'logs' }, object: { key: 'a', 'version-id': 'v2' } };
    const event = { source: 'aws.s3', 'detail-type': 'Object Created', detail };
    expect(parseMessage(JSON.stringify(event))).toEqual([{ bucket: 'logs', key: 'a', version_id: 'v2' }]);
    expect(parseMessage('{"bucket":"logs","key":"a","version_id":"v3"}')[0]?.version_id).toBe('v3');
  });
  it('what the console puts where a folder is made is no log; an empty log is one', () => {
    const empty = (key: string) => ({ ...record(key), s3: { bucket: { name: 'logs' }, object: { key, size: 0 } } });
    const body = JSON.stringify({ Records: [empty('logs%2F2026%2F'), empty('a.csv')] });
    expect(parseMessage(body)).toEqual([{ bucket: 'logs', key: 'a.csv' }]);
  });
  it.each([
    ['deep settings', `{"bucket":"logs","key":"a","settings":{"a":{"b":${'['.repeat(9e4)}${']'.repeat(9e4)}}}}`],
    ['no JSON', 'a.csv'],
    ['no object', '7'],
    ['no key', '{"bucket":"logs"}'],
    ['an unknown field', '{"bucket":"logs","key":"a","vehicel":"car"}'],
    ['an unknown vehicle', '{"bucket":"logs","key":"a","vehicle":"tank"}'],
    ['a broken encoding', notification('%E8%')],
    ['SNS within SNS', sns(sns(notification('a')))],
    ...['../x', 'a/../b', '/a', 'a//b', 'a/', '.', 'a b', 'a\\b'].map((key) => [
      `result key ${key}`,
      JSON.stringify({ bucket: 'logs', key: 'a', result_key: key }),
    ]),
  ])('refused: %s', (_, body = '') => {
    expect(() => parseMessage(body)).toThrow(/names no log/);
  });
  it('a refusal does not quote the message', () => {
    expect(() => parseMessage('{"bucket":"logs","key":"品川300あ1234","secret":1}')).toThrow(/^(?!.*品川)/);
  });
});
