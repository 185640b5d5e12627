// SPDX-License-Identifier: MIT
// Documents are read with ease: bounds on the length of sentences, of table cells and of the README.
import { describe, expect, it } from 'vitest';
import { contentOf, ENGLISH, read, sentencesOf, wordsOf } from './markdown.ts';

/** Words of a sentence. */
const LONGEST = 45;
const NINETIETH = 30;
const CELL = 25;
const README_LINES = 90;

/** Shorter ones are labels of lists, not sentences. */
const LEAST = 3;

const lengthsOf = (sentences: readonly string[]) =>
  sentences
    .map(wordsOf)
    .filter((n) => n >= LEAST)
    .sort((a, b) => a - b);

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

describe.each(ENGLISH)('%s', (file) => {
  const { texts, cells } = contentOf(read(file));
  const sentences = sentencesOf(texts);

  it(`has no sentence over ${LONGEST} words`, () => {
    expect(sentences.filter((sentence) => wordsOf(sentence) > LONGEST)).toEqual([]);
  });

  it(`keeps nine sentences of ten within ${NINETIETH} words`, () => {
    const long = sentences.filter((sentence) => wordsOf(sentence) > NINETIETH);
    expect(percentile(lengthsOf(sentences), 0.9), long.join('\n')).toBeLessThanOrEqual(NINETIETH);
  });

  it(`has no table cell over ${CELL} words`, () => {
    expect(cells.filter((cell) => wordsOf(cell) > CELL)).toEqual([]);
  });
});

describe('the measure', () => {
  it('sees lists, links, code and cells as a reader does', () => {
    const { texts, cells, code } = contentOf(
      '- One [two](x.md) `a b`. Three.\n\n| a b | c |\n|---|---|\n| d `e f` | g |\n',
    );
    expect(sentencesOf(texts)).toEqual(['One two Code.', 'Three.']);
    expect([cells, code]).toEqual([
      ['a b', 'c', 'd Code', 'g'],
      ['a b', 'e f'],
    ]);
  });

  it('a document of one long sentence is beyond the bounds', () => {
    const { texts } = contentOf(`${'word '.repeat(LONGEST + 1)}.`);
    expect(lengthsOf(sentencesOf(texts))).toEqual([LONGEST + 1]);
  });
});

it(`README.md has at most ${README_LINES} lines`, () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(README_LINES);
});
