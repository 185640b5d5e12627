// SPDX-License-Identifier: MIT
// XML as GPX, KML and TCX need it: elements by their local names, for each program has prefixes of its own.
// What one document may cost is bounded: depth, attributes, and the text between two tags. DOCTYPE and
// entities are refused, for they can name other files and grow without end.
import { SaxesParser } from 'saxes';
import type { ErrorName } from '../../errors.ts';
import type { FixSink, LogSource } from '../format.ts';

export interface XmlHandler {
  /** `path`: local names of the elements that are open, this one last. */
  open?(name: string, attributes: Record<string, string>, path: readonly string[]): void;
  /** `text`: what stands directly in the element; `path` as in `open`; `line`: of the closing tag. */
  close(name: string, text: string, path: readonly string[], line: number): void;
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Characters of one element's own text that are kept; longer ones are descriptions and no values. */
const TEXT_KEPT = 1024;

/** Characters of the shortest attribute, ` a=""`: a shorter tag need not be counted. */
const LEAST_ATTRIBUTE = 5;

export async function readXml(source: LogSource, sink: FixSink, root: string, handler: XmlHandler): Promise<void> {
  const { limits } = source;
  // With more than six handlers V8 gives up the parser's fast shape, and reading takes five times as long.
  const parser = new SaxesParser({ position: true });
  const path: string[] = [];
  const texts: string[] = [];
  let sawRoot = false;
  let lastTag = 0;
  const fail = (what: string, error: ErrorName = 'LOG_XML') => sink.bad(parser.line, what, error);
  refuse(parser, fail);
  parser.on('opentag', (tag) => {
    const length = parser.position - lastTag;
    lastTag = parser.position;
    const name = localName(tag.name);
    if (!sawRoot && name !== root) throw fail(`the document is other XML; <${root}> is expected`);
    sawRoot = true;
    if (path.length >= limits.depth) throw fail(`elements are nested deeper than ${limits.depth}`, 'LOG_DEPTH');
    path.push(name);
    texts.push('');
    const attributes = tag.attributes as Record<string, string>;
    if (length > limits.columns * LEAST_ATTRIBUTE && moreThan(attributes, limits.columns)) {
      throw fail(`an element with more than ${limits.columns} attributes`, 'LOG_WIDTH');
    }
    handler.open?.(name, attributes, path);
  });
  const text = (part: string) => {
    const before = texts.at(-1);
    if (before !== undefined && before.length < TEXT_KEPT) texts[texts.length - 1] = before + part;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', (tag) => {
    lastTag = parser.position;
    handler.close(localName(tag.name), texts.pop() ?? '', path, parser.line);
    path.pop();
  });
  let blank = true; // some programs write blanks before the declaration, where XML allows none
  for await (const chunk of source.text()) {
    const piece: string = blank ? chunk.trimStart() : chunk;
    blank &&= piece === '';
    parser.write(piece);
    if (parser.position - lastTag > limits.lineBytes) {
      throw fail(`no tag within ${limits.lineBytes} characters`, 'LOG_LINE_LENGTH');
    }
  }
  parser.close();
  if (!sawRoot) throw fail('the document is empty');
}

/** What is not well-formed, document types and entities end the reading. */
function refuse(parser: SaxesParser, fail: (what: string, error?: ErrorName) => Error): void {
  parser.on('error', (error) => {
    if (/entity/.test(error.message)) throw fail('an entity that XML does not define', 'LOG_ENTITY');
    throw fail(wellFormed(error.message));
  });
  parser.on('doctype', () => {
    throw fail('a document type is not read; remove the DOCTYPE', 'LOG_ENTITY');
  });
}

function moreThan(attributes: Record<string, string>, limit: number): boolean {
  let count = 0;
  for (const _ in attributes) if (++count > limit) return true;
  return false;
}

/** The parser's sentence without what it quotes from the document. */
function wellFormed(message: string): string {
  return message.replace(/^\d+:\d+: /, '').replace(/: .*$/s, '');
}

/** Whether the first element of the head is `root`, under any prefix. */
export function beginsWithElement(head: string, root: string): boolean {
  const first = /<([A-Za-z_][\w.:-]*)/.exec(head);
  return /^\s*</.test(head) && first !== null && localName(first[1] ?? '') === root;
}
