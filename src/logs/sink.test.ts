// SPDX-License-Identifier: MIT
// One unusable line.
import { describe, expect, it } from 'vitest';
import { iso, lat, leftOut, N, objects, read, table } from './clean_drive.ts';

describe('one unusable line refused the whole log', () => {
  const fix = (i: number) => ({ time: iso(i), lat: Number(lat(i)), lon: 139 });
  it.each([
    ['the last is cut short', `${objects(fix)}\n{"time":"202`, ['1 damaged']],
    ['one in the middle is', `${objects(fix)}\n{"time":"202\n${JSON.stringify(fix(30))}`, ['1 damaged']],
    ['a comma ends each', objects(fix).replaceAll('}\n', '},\n'), []],
  ])('NDJSON: %s', async (_, text, left) => expect(leftOut(await read(text))).toEqual(left));
  it('zeros that a recorder pads with are no binary data', async () => {
    const text = table('time,lat,lon', (i) => `${iso(i)}\0\0,${lat(i)}\0,139.5\0`);
    expect((await read(text + '\0'.repeat(500))).fixes.count).toBe(N);
  });
});
