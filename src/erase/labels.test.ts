// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMetadata, toMetadata } from './labels.ts';

const bytes = (metadata: Record<string, string>) =>
  Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);

describe('labels', () => {
  it('come back as they were, in ASCII', () => {
    const labels = { work: 'w', driver: '品川 300', vehicle: 'a%b', bucket: 'logs', key: '走/a b+c.csv' };
    const metadata = toMetadata(labels);
    expect(Object.values(metadata).join('')).toMatch(/^[\x21-\x7e]+$/);
    expect(fromMetadata(metadata)).toEqual({ ...labels, whole: true });
  });
  it('a key of 1,024 bytes has no room when it is encoded; what matters more has', () => {
    const metadata = toMetadata({ work: 'w', driver: 'd', bucket: 'logs', key: '走'.repeat(341), etag: 'e' });
    expect(metadata).toEqual({ work: 'w', driver: 'd', bucket: 'logs', etag: 'e', shortened: '1' });
    expect(fromMetadata(metadata).whole).toBe(false);
  });
  it('never outgrow what S3 takes beside an id of a message', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 });
    const any = fc.record({ work: text, driver: text, vehicle: text, key: text, etag: text }, { requiredKeys: [] });
    fc.assert(fc.property(any, (labels) => bytes(toMetadata(labels)) <= 1_900));
  });
  it('of a stranger are not whole', () => {
    expect(fromMetadata(undefined)).toEqual({ whole: false });
    expect(fromMetadata({ driver: '%' })).toEqual({ driver: '%', whole: false });
  });
});
