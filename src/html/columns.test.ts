// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { random } from '../../mapdata/demo/simulate.ts';
import { ColumnWriter, readColumn } from './columns.ts';
import { seal, unseal } from './envelope.ts';
import type { PageData } from './model.ts';

const next = random(7);
const lists: [string, number[]][] = [
  ['nothing', []],
  ['one', [-5]],
  ['a steady track', Array.from({ length: 500 }, (_, i) => 3_566_000 + 7 * i)],
  ['large and both signs', [0, 2 ** 48, -(2 ** 48), 1, -1, 127, 128, -128, -129]],
  ['noise', Array.from({ length: 1000 }, () => Math.round((next() - 0.5) * 1e9))],
];

describe.each([1, 2] as const)('columns of order %s', (order) => {
  it.each(lists)('%s comes back', (_, values) => {
    const writer = new ColumnWriter();
    writer.add([1, 2, 3]);
    const column = writer.add(values, order);
    expect([...readColumn(writer.finish(), column, 1, order)]).toEqual(values);
  });
});

it('a steady track takes a byte a value', () => {
  const writer = new ColumnWriter();
  writer.add(lists[2]?.[1] ?? [], 2);
  expect(writer.finish().length).toBeLessThan(510);
});

it('data is sealed and opened again, whatever its texts are', async () => {
  const data = { names: ['</script><script>alert(1)</script>', '止まれ', '\u202Eevil'] } as unknown as PageData;
  const columns = Uint8Array.from([1, 2, 255]);
  const sealed = await seal(data, columns);
  expect(sealed).toMatch(/^[A-Za-z0-9+/=]+$/);
  const opened = await unseal(sealed);
  expect(opened.data).toEqual(data);
  expect([...opened.columns]).toEqual([1, 2, 255]);
});
