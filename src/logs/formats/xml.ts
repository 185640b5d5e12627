// SPDX-License-Identifier: MIT
// XML as GPX, KML and TCX need it: elements by their local names, for each program has prefixes of its own.
// What one document may cost is bounded: depth, attributes, and the text between two tags. DOCTYPE and
// entities are refused, for they can name other files and grow without end.
import { SaxesParser } from 'saxes';
import type { ErrorName } from '../../errors.ts';
import type { Text } from '../codes.ts';
import type { FixSink, LogSource } from '../format.ts';

export interface XmlHandler {
  /** `path`: local names of the elements that are open, this one last. */
  open?(name: string, attributes: Record<string, string>, path: readonly string[]): void;
  /** `text`: what stands directly in the element; `path` as in `open`; `line`: of the closing tag. */
  close(name: string, text: string, path: readonly string[], line: number): void;
  /** Elements that are read without the parser where they are plain. */
  readonly plain?: PlainElements | undefined;
}

/** Reads elements of one kind in a form so strict that it is well-formed, with the same outcome as by the parser. */
export interface PlainElements {
  /** Local name of the element that they stand directly in. */
  readonly parent: string;
  /** Their usual end tag: what is not plain goes to the parser up to one. */
  readonly end: string;
  /** Levels of nesting at most, and attributes of an element. */
  readonly levels: number;
  readonly attributes: number;
  /** Line of the text where the last `read` ended. */
  readonly line: number;
  /** Reads those that follow one another from `at` on; where the first stands that is not plain. */
  read(text: Text, at: number, line: number): number;
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
  const feeder = new Feeder(parser, handler.plain, ({ parent, levels, attributes }) => {
    const isAmong = feeder.fed === lastTag && path.at(-1) === parent;
    return isAmong && path.length + levels <= limits.depth && attributes <= limits.columns;
  });
  const start = new Start(parser);
  for await (const chunk of source.pieces()) {
    feeder.feed(start.of(chunk));
    if (feeder.fed - lastTag > limits.lineBytes) {
      throw fail(`no tag within ${limits.lineBytes} characters`, 'LOG_LINE_LENGTH');
    }
  }
  parser.close();
  if (!sawRoot) throw fail('the document is empty');
}

/** Some programs write blanks before the declaration, where XML allows none: the parser counts their lines only. */
class Start {
  private blank = true;
  /** A \r that may be the first half of \r\n. */
  private half = '';
  private readonly parser: SaxesParser;

  constructor(parser: SaxesParser) {
    this.parser = parser;
  }

  /** The chunk without blanks at the beginning of the document. */
  of(piece: Text): Text {
    if (!this.blank) return piece;
    const chunk = piece.slice();
    const text = chunk.trimStart();
    this.blank = text === '';
    const blanks = this.half + chunk.slice(0, chunk.length - text.length);
    this.half = this.blank && blanks.endsWith('\r') ? '\r' : '';
    const whole = blanks.slice(0, blanks.length - this.half.length);
    this.parser.line += whole.match(/\r\n?|\n/g)?.length ?? 0;
    return text;
  }
}

/** Characters that go to the parser at least once plain elements were looked for in vain; twice as many each time. */
const VAIN = 256;
const MOST_VAIN = 16_384;

/** Hands a document to the parser without its plain elements. */
class Feeder {
  /** Characters that the parser was given; its own position is wrong between two pieces. */
  fed = 0;
  private vain = 0;
  private readonly parser: SaxesParser;
  private readonly plain: PlainElements | undefined;
  private readonly isAmong: (plain: PlainElements) => boolean;

  /** `isAmong`: the last character ended a tag, and the open element is the parent of plain ones. */
  constructor(parser: SaxesParser, plain: PlainElements | undefined, isAmong: (plain: PlainElements) => boolean) {
    this.parser = parser;
    this.plain = plain;
    this.isAmong = isAmong;
  }

  feed(chunk: Text): void {
    const { plain } = this;
    if (plain === undefined) {
      this.write(chunk.slice());
      return;
    }
    for (let at = 0; at < chunk.length; ) {
      if (this.isAmong(plain)) at = this.ahead(plain, chunk, at);
      if (at === chunk.length) return;
      const text = chunk.slice();
      const end = text.indexOf(plain.end, at + this.vain);
      const to = end < 0 ? text.length : end + plain.end.length;
      this.write(text.slice(at, to));
      at = to;
    }
  }

  private write(piece: string): void {
    this.fed += piece.length;
    this.parser.write(piece);
  }

  /** Where the first element stands that is not plain. */
  private ahead(plain: PlainElements, chunk: Text, at: number): number {
    const { parser } = this;
    const to = plain.read(chunk, at, parser.line);
    parser.line = plain.line;
    this.vain = to > at ? 0 : Math.min(Math.max(VAIN, 2 * this.vain), MOST_VAIN);
    return to;
  }
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
