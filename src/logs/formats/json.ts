// SPDX-License-Identifier: MIT
// JSON read as a stream: each item at a wanted place is handed over as soon as it is whole, and not kept. What is
// held at once is bounded, and so are depth and the length of a text. Several values may follow one another.
import { none } from 'stream-chain/defs.js';
import { jsonParser } from 'stream-json/core/parser.js';
import { type ErrorName, TomareError } from '../../errors.ts';
import type { FixSink, LogSource } from '../format.ts';

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** An object's keys may be anything, `__proto__` too. */
const newObject = (): JsonObject => Object.create(null) as JsonObject;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : newObject());
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
/** A time as its text, or a count since 1970 of any unit as the text of its number. */
export const timeOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** Whether the values at this place are items: keys from the root, `*` for an element of a list. */
type Wanted = (path: readonly string[]) => boolean;
/** `ordinal`: of the item in the file, from 1. The root is the last item, without the items inside it. */
type Use = (item: Json, path: readonly string[], ordinal: number) => void;

interface Bounds {
  depth: number;
  /** Of one object. */
  keys: number;
  /** Of what is held at once: values, and characters of texts and keys. */
  values: number;
  characters: number;
}

class Assembler {
  ordinal = 0;
  private readonly stack: (Json[] | JsonObject)[] = [];
  private readonly path: string[] = [];
  private readonly wanted: Wanted;
  private readonly use: Use;
  private readonly fail: (what: string, error: ErrorName) => Error;
  private readonly limits: Bounds;
  private key = '';
  /** Keys of each object that is open. */
  private readonly keys: number[] = [];
  private held = 0;
  private characters = 0;

  constructor(wanted: Wanted, use: Use, limits: Bounds, fail: Assembler['fail']) {
    this.wanted = wanted;
    this.use = use;
    this.limits = limits;
    this.fail = fail;
  }

  get depth(): number {
    return this.stack.length;
  }

  setKey(key: string): void {
    this.key = key;
    const { keys } = this;
    const count = (keys[keys.length - 1] ?? 0) + 1;
    keys[keys.length - 1] = count;
    if (count > this.limits.keys) throw this.fail(`an object has more than ${this.limits.keys} keys`, 'LOG_WIDTH');
    this.hold(0, key.length);
  }

  private hold(values: number, characters: number): void {
    this.held += values;
    this.characters += characters;
    if (this.held <= this.limits.values && this.characters <= this.limits.characters) return;
    const most = `${this.limits.values} values or ${this.limits.characters} characters`;
    throw this.fail(`one item has more than ${most}`, 'LOG_WIDTH');
  }

  open(container: Json[] | JsonObject): void {
    const parent = this.stack.at(-1);
    if (this.stack.length >= this.limits.depth) {
      throw this.fail(`values are nested deeper than ${this.limits.depth}`, 'LOG_DEPTH');
    }
    if (parent !== undefined) this.path.push(Array.isArray(parent) ? '*' : this.key);
    this.stack.push(container);
    this.keys.push(0);
  }

  close(): void {
    const value = this.stack.pop();
    this.keys.pop();
    if (value === undefined) return;
    if (this.stack.length === 0 || this.wanted(this.path)) {
      this.use(value, this.path, ++this.ordinal);
      this.held = this.characters = 0;
      this.key = this.path.pop() ?? '';
    } else {
      this.key = this.path.pop() ?? '';
      this.put(value);
    }
  }

  put(value: Json): void {
    const parent = this.stack.at(-1);
    this.hold(1, typeof value === 'string' ? value.length : 0);
    if (parent === undefined) this.use(value, this.path, ++this.ordinal);
    else if (Array.isArray(parent)) parent.push(value);
    else parent[this.key] = value;
  }
}

/** Of one item for each fix that a log may have: a line of positions with their times is one item. */
const VALUES_PER_FIX = 4;
const CHARACTERS_PER_FIX = 64;

export interface Item {
  value: Json;
  path: readonly string[];
  ordinal: number;
}

/** What some programs write for a number that is none. */
const NO_NUMBER = /[:[,]\s*(?:NaN|-?Infinity)\s*[,}\]]/;

/** The items of each chunk of the log. */
export async function* jsonItems(source: LogSource, sink: FixSink, wanted: Wanted): AsyncGenerator<Item[]> {
  const { limits } = source;
  const parse = jsonParser({ streamValues: false, packValues: true, jsonStreaming: true });
  const fail = (what: string, error: ErrorName = 'LOG_JSON') => sink.bad(items.ordinal + 1, what, error);
  const bounds = {
    depth: limits.depth,
    keys: limits.columns,
    values: limits.fixes * VALUES_PER_FIX,
    characters: limits.fixes * CHARACTERS_PER_FIX,
  };
  let done: Item[] = [];
  const use: Use = (value, path, ordinal) => done.push({ value, path: [...path], ordinal });
  const items: Assembler = new Assembler(wanted, use, bounds, fail);
  const takeAll = (text: string | typeof none) => {
    try {
      const answer = parse(text as string);
      const tokens = typeof answer === 'object' && answer !== null && 'values' in answer ? answer.values : [];
      for (const token of tokens) take(items, token);
      return tokens.length;
    } catch (error) {
      if (error instanceof TomareError) throw error;
      throw fail(NO_NUMBER.test(String(text)) ? 'NaN and Infinity are no JSON; write null' : 'not JSON, or cut short');
    }
  };
  let silent = 0;
  for await (const chunk of source.text()) {
    // RFC 8142 begins each value with a record separator.
    const text = chunk.includes('\x1e') ? chunk.replaceAll('\x1e', ' ') : chunk;
    silent = takeAll(text) === 0 ? silent + chunk.length : 0;
    if (silent > limits.lineBytes) throw fail(`a text longer than ${limits.lineBytes} characters`, 'LOG_LINE_LENGTH');
    yield done;
    done = [];
  }
  takeAll(none);
  if (items.depth > 0) throw fail('not JSON, or cut short');
  yield done;
}

export async function readJson(source: LogSource, sink: FixSink, wanted: Wanted, use: Use): Promise<void> {
  for await (const items of jsonItems(source, sink, wanted)) {
    for (const { value, path, ordinal } of items) use(value, path, ordinal);
  }
}

function take(items: Assembler, token: { name: string; value?: string | boolean | null }): void {
  switch (token.name) {
    case 'startObject':
      items.open(newObject());
      break;
    case 'startArray':
      items.open([]);
      break;
    case 'endObject':
    case 'endArray':
      items.close();
      break;
    case 'keyValue':
      items.setKey(token.value as string);
      break;
    case 'numberValue':
      items.put(Number(token.value));
      break;
    default:
      items.put(token.value ?? null);
  }
}
