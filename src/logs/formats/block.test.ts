// SPDX-License-Identifier: MIT
// Lines parsed together give what each alone gives, or are not parsed together.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlone, objectsOf } from './block.ts';

const together = (lines: readonly string[]) => (lines.every(isAlone) ? objectsOf(lines) : undefined);
const alone = (lines: readonly string[]) => {
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
};

describe('lines that are objects only together', () => {
  it.each([
    ['a list over two lines', ['{"a":[1', '2]}']],
    ['a list over two lines with whole objects', ['{"a":[{}', '{}]}', '{},{}']],
    ['a text over two lines', ['{"a":"x}', '{y":1}']],
    ['a text over two lines, and two objects in one', ['{"a":"x}', '{y":1}', '{"b":1},{"c":2}']],
    ['a text that begins in each line', ['{"a":"}', '{":"}', '{":1}']],
    ['two objects in a line', ['{"a":1},{"b":2}']],
    ['a comma for an object', ['{"a":1}', '']],
    ['not a number', ['{"a":NaN}']],
    ['a comma at its end', ['{"a":1},', '{"a":2}']],
  ])('%s', (_, lines) => {
    expect(together(lines)).toBeUndefined();
  });
  it('a closing return is no part of the object', () => {
    expect(together(['{"a":1}\r', '{"a":[1,2]}\r'])).toEqual([{ a: 1 }, { a: [1, 2] }]);
  });
  it('any pieces of JSON', () => {
    const piece = fc.constantFrom('{', '}', '"', '\\', ',', ':', '[', ']', '1', '"a"', '{"a":1}', '"b":', '{"a":"');
    const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const framed = line.map((inner) => `{${inner}}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(line, framed, fc.constant('{"a":1}')), { minLength: 1, maxLength: 5 }), (lines) => {
        const found = together(lines);
        if (found !== undefined) expect(found).toEqual(alone(lines));
      }),
      { numRuns: 20_000 },
    );
  });
});
