// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Result } from '../report/result.ts';
import type { LogHead } from './fetch.ts';
import { labelsOf, owned, people, sourceOf } from './origin.ts';

const head: LogHead = {
  etag: '"e"',
  version: 'v1',
  received: new Date('2026-10-05T01:02:03Z'),
  metadata: { 'driver-id': '%E4%BD%90%E8%97%A4', 'vehicle-id': 'truck 7' },
};
const job = { bucket: 'logs', key: 'a.csv' };
const result = {
  drive: { id: 'a.csv', driver_id: 'column', vehicle_id: null },
  engine: { version: '1', profile: 'jp' },
} as unknown as Result;

describe('whose a result is', () => {
  it('the object, to the version and the second', () => {
    expect(sourceOf({ job, head })).toEqual({
      bucket: 'logs',
      key: 'a.csv',
      etag: '"e"',
      version: 'v1',
      received: '2026-10-05T01:02:03Z',
    });
    expect(sourceOf({ job })).toMatchObject({ etag: '', version: null, received: null });
  });
  it('the message goes before the metadata, and this before the log', () => {
    const of = (more: object, given = head) => {
      const known = people({ job: { ...job, ...more }, head: given });
      const { driver_id, vehicle_id } = owned(result, { ...known, generation: 'g' }).drive;
      return [driver_id, vehicle_id];
    };
    expect(of({ driver_id: 'message' })).toEqual(['message', 'truck 7']);
    expect(of({})).toEqual(['佐藤', 'truck 7']);
    expect(of({}, { ...head, metadata: {} })).toEqual(['column', null]);
  });
  it('the generation stands beside the version', () => {
    expect(JSON.stringify(owned(result, { ...people({ job, head }), generation: 'g' }).engine)).toBe(
      '{"version":"1","generation":"g","profile":"jp"}',
    );
  });
  it('labels of a failure say what is known without the log', () => {
    expect(labelsOf({ job, id: 'w' })).toMatchObject({ work: 'w', bucket: 'logs', key: 'a.csv', driver: undefined });
    expect(labelsOf({ job, head, id: 'w' }, result.drive)).toMatchObject({ driver: 'column', version: 'v1' });
  });
});
