// SPDX-License-Identifier: MIT
// XML as GPX, KML and TCX need it: elements by their local names, for each program has prefixes of its own.
// What one document may cost is bounded: depth, attributes, and the text between two tags. DOCTYPE and
// entities are refused, for they can name other files and grow without end.
import { SaxesParser } from 'saxes';
import type { ErrorName } from '../../errors.ts';
import { partOf, type Text } from '../codes.ts';
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
  const feeder = new Feeder(
    parser,
    handler.plain,
    ({ parent, levels, attributes }) => {
      const isAmong = feeder.fed === lastTag && path.at(-1) === parent;
      return isAmong && path.length + levels <= limits.depth && attributes <= limits.columns;
    },
    limits.lineBytes,
  );
  const start = new Start(parser);
  for await (const chunk of source.pieces()) {
    feeder.feed(start.of(chunk));
    if (feeder.fed - lastTag > limits.lineBytes) {
      throw fail(`no tag within ${limits.lineBytes} characters`, 'LOG_LINE_LENGTH');
    }
  }
  feeder.end();
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

/** Characters of a plain element that are held back where a chunk ends within it, and looked at for its end. */
const HELD = 1024;

/** Hands a document to the parser without its plain elements. */
class Feeder {
  /** Characters that the parser was given; its own position is wrong between two pieces. */
  fed = 0;
  private vain = 0;
  private readonly parser: SaxesParser;
  private readonly plain: PlainElements | undefined;
  private readonly isAmong: (plain: PlainElements) => boolean;
  private readonly mostHeld: number;
  /** Where the last chunk ended within what may be a plain element: its beginning. */
  private held = '';

  /** `isAmong`: the last character ended a tag, and the open element is the parent of plain ones; `most`: characters without a tag. */
  constructor(
    parser: SaxesParser,
    plain: PlainElements | undefined,
    isAmong: (plain: PlainElements) => boolean,
    most: number,
  ) {
    this.parser = parser;
    this.plain = plain;
    this.isAmong = isAmong;
    this.mostHeld = Math.min(HELD, most);
  }

  feed(chunk: Text): void {
    const { plain } = this;
    if (plain === undefined) {
      this.write(chunk.slice());
      return;
    }
    for (let at = this.held === '' ? 0 : this.joined(plain, chunk); at < chunk.length; ) {
      if (this.isAmong(plain)) {
        at = this.ahead(plain, chunk, at);
        const left = chunk.length - at;
        if (this.vain === 0 && left <= this.mostHeld && this.holds(partOf(chunk, at), plain)) return;
      }
      const text = chunk.slice();
      const end = text.indexOf(plain.end, at + this.vain);
      const to = end < 0 ? text.length : end + plain.end.length;
      this.write(text.slice(at, to));
      at = to;
    }
  }

  end(): void {
    this.write(this.held);
    this.held = '';
  }

  /** Whether what a chunk ends with is held back: the beginning of an element, no whole one. */
  private holds(rest: string, plain: PlainElements): boolean {
    if (rest.length > this.mostHeld || rest.includes(plain.end)) return false;
    this.held = rest;
    return true;
  }

  /** Hands on what was held back, up to the end of the element; where the chunk goes on. */
  private joined(plain: PlainElements, chunk: Text): number {
    const { held } = this;
    const next = partOf(chunk, 0, Math.min(HELD, chunk.length));
    const all = held + next;
    const end = all.indexOf(plain.end);
    if (end < 0 && next.length === chunk.length && this.holds(all, plain)) return chunk.length;
    this.held = '';
    const to = end < 0 ? held.length : end + plain.end.length;
    const piece = all.slice(0, to);
    const read = end < 0 ? 0 : this.ahead(plain, piece, 0);
    if (read < to) this.write(piece.slice(read));
    return to - held.length;
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
