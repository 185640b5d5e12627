// SPDX-License-Identifier: MIT
// The project's documents, and what stands in one: sentences, table cells, headings, code.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';

export const ROOT = join(import.meta.dirname, '..', '..');
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const ROOMS = '{.github,bench,core-cpp,docs,examples,fuzz,mapdata,src,test,tools,wasm}';
/** Every Markdown file of the project, by its path from the root. */
export const DOCUMENTS: readonly string[] = globSync(`{*.md,${ROOMS}/**/*.md}`, { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules'))
  .sort();
/** Those in English: the Japanese ones are held to these by their headings and figures. */
export const ENGLISH: readonly string[] = DOCUMENTS.filter((file) => !file.endsWith('.ja.md'));

/** What a reader meets in a document, in its order. */
export interface Content {
  /** Running text, a paragraph or list item each, code spans as one word. */
  texts: string[];
  /** Texts of table cells, headers included. */
  cells: string[];
  headings: string[];
  /** Lines of code blocks, and code spans. */
  code: string[];
}

const isBlock = (token: Token) => ['paragraph', 'text', 'heading', 'list', 'table', 'blockquote'].includes(token.type);

/** The text of inline tokens; a code span counts as one word, an image as none. */
function inline(tokens: readonly Token[], code: string[]): string {
  return tokens
    .map((token): string => {
      if (token.type === 'codespan') {
        code.push((token as Tokens.Codespan).text);
        return 'Code';
      }
      if (token.type === 'image' || token.type === 'html') return '';
      if (token.type === 'br') return ' ';
      const inner = (token as Tokens.Generic).tokens;
      return inner ? inline(inner, code) : ((token as Tokens.Text).text ?? '');
    })
    .join('');
}

function walk(tokens: readonly Token[], into: Content): void {
  for (const token of tokens) {
    if (token.type === 'code') into.code.push(...(token as Tokens.Code).text.split('\n'));
    else if (token.type === 'heading') into.headings.push(inline((token as Tokens.Heading).tokens, into.code));
    else if (token.type === 'list') for (const item of (token as Tokens.List).items) walk(item.tokens, into);
    else if (token.type === 'blockquote') walk((token as Tokens.Blockquote).tokens, into);
    else if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [header, ...rows].flat()) into.cells.push(inline(cell.tokens, into.code));
    } else if (isBlock(token)) into.texts.push(inline((token as Tokens.Paragraph).tokens ?? [], into.code));
  }
}

export function contentOf(text: string): Content {
  const content: Content = { texts: [], cells: [], headings: [], code: [] };
  walk(marked.lexer(text), content);
  return content;
}

export const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences of running text, whitespace folded. A colon that opens a list ends none. */
export const sentencesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    [...segmenter.segment(text.replace(/\s+/g, ' ').trim())].map(({ segment }) => segment.trim()),
  );
