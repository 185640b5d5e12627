// SPDX-License-Identifier: MIT
// The Japanese pages say what the English ones say: as many headings, the same figures, code and links.
import { describe, expect, it } from 'vitest';
import { contentOf, DOCUMENTS, read } from './markdown.ts';

const PAIRS = DOCUMENTS.filter((file) => file.endsWith('.ja.md')).map(
  (ja) => [ja.replace('.ja.md', '.md'), ja] as const,
);

/** Depths of the headings, in their order. */
const outline = (text: string) => [...text.matchAll(/^(#+) /gm)].map(([, marks]) => marks);
/** Figures outside code, in the order of their size: languages put them in another order. */
const figures = (text: string) => {
  const { texts, cells, headings } = contentOf(text);
  const all = [...texts, ...cells, ...headings].join(' ').matchAll(/\d+(?:[.,]\d+)*/g);
  return [...all].map(([figure]) => figure).sort();
};
/** Links, with those to a Japanese page as links to its English twin; those between the two languages left out. */
const links = (text: string, own: string) =>
  [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, to = '']) => to.replace('.ja.md', '.md'))
    .filter((to) => to !== own.split('/').at(-1))
    .sort();

it('there are Japanese pages', () => {
  expect(PAIRS.length).toBeGreaterThanOrEqual(2);
});

describe.each(PAIRS)('%s and %s', (english, japanese) => {
  const [en, ja] = [read(english), read(japanese)];

  it('have the same outline', () => {
    expect(outline(ja)).toEqual(outline(en));
  });

  it('have the same figures', () => {
    expect(figures(ja)).toEqual(figures(en));
  });

  it('have the same code', () => {
    expect(contentOf(ja).code.sort()).toEqual(contentOf(en).code.sort());
  });

  it('have the same links', () => {
    expect(links(ja, english)).toEqual(links(en, english));
  });
});
