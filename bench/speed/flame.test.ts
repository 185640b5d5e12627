// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { flameGraph } from './flame.ts';

const stacks = [
  ['leaf<int>', 'b', 'root'],
  ['a', 'root'],
  ['a', 'root'],
  ['b', 'root'],
];
const rects = (svg: string) =>
  [...svg.matchAll(/<title>(.*?): ([\d.]+) %<\/title><rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map((m) =>
    m.slice(1),
  );

describe('flameGraph', () => {
  it('gives each frame its share, on its caller, in the order of the names', () => {
    expect(rects(flameGraph('t', stacks))).toEqual([
      ['root', '100.0', '0.0', '56', '1199.5'],
      ['a', '50.0', '0.0', '40', '599.5'],
      ['b', '50.0', '600.0', '40', '599.5'],
      ['leaf&lt;int&gt;', '25.0', '600.0', '24', '299.5'],
    ]);
  });

  it('is the same whatever the order of the samples', () => {
    expect(flameGraph('t', stacks.toReversed())).toBe(flameGraph('t', stacks));
  });

  it('leaves out what would be less than a line', () => {
    const many = Array.from({ length: 9_999 }, () => ['wide', 'root']);
    expect(flameGraph('t', [...many, ['thin', 'root']])).not.toContain('thin');
  });
});
