// SPDX-License-Identifier: MIT
// For tests: what two ways of reading make of one text, as far as anything after the reading can see it.
import fc from 'fast-check';
import { TomareError } from '../errors.ts';
import type { FixSink, LogLimits, LogSource } from './format.ts';
import { LIMITS } from './limits.ts';
import { Sink } from './sink.ts';

type Reader = (source: LogSource, sink: FixSink) => Promise<void>;

/** The text in pieces that end at these shares of it. */
function cut(text: string, shares: readonly number[]): string[] {
  const ends = shares.map((share) => Math.floor(share * text.length)).sort((a, b) => a - b);
  return [...ends, text.length].map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

/** The parser names the line where such a text or its chunk ends: another one where the document is cut elsewhere. */
const LINE_OF_TEXT_OUTSIDE = /(?<=: log):\d+(?=: text data outside of root node)/;
/** Of properties that CI tries: the same on each run, so that none fails by chance. */
export const TRIED = { numRuns: 2_000, seed: 19 };

/** All that a reader leaves behind: fixes, lines, account, or the error. */
export async function outcome(chunks: readonly string[], read: Reader, limits: Partial<LogLimits> = {}) {
  const all = { ...LIMITS, ...limits };
  const sink = new Sink('log', all);
  async function* text() {
    yield* chunks;
  }
  const source = { name: 'log', limits: all, columns: [], text, pieces: text } as unknown as LogSource;
  let error: string | undefined;
  try {
    await read(source, sink);
    sink.check();
  } catch (thrown) {
    if (!(thrown instanceof TomareError)) throw thrown;
    error = `${thrown.errorName} ${thrown.message}`.replace(LINE_OF_TEXT_OUTSIDE, '');
  }
  const { places, ...columns } = sink.columns.take();
  const { zoned, walls, withoutSeconds, bare, vehicle, driver, speedUnit, zoneless, validity } = sink;
  const zone = { name: null, from: 'log' } as const;
  const account = sink.account.report({ format: '', encoding: null, zone, speed_unit: null, speed_ratio: null });
  const rest = { zoned, walls, withoutSeconds, bare, vehicle, driver, speedUnit, zoneless, seen: validity.seen };
  return { error, columns, lines: places.lines(), account, rest };
}

/** A text with a few characters put in, taken out or doubled. */
function damaged(text: string, faults: readonly { at: number; put: string; out: number }[]): string {
  return faults.reduce((now, { at, put, out }) => {
    const i = Math.floor(at * now.length);
    return now.slice(0, i) + put + now.slice(i + out);
  }, text);
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Faults to be made in a text with these pieces. */
export const faultsOf = (...pieces: string[]) =>
  fc.array(fc.record({ at: share, put: fc.constantFrom(...pieces), out: fc.nat({ max: 3 }) }), { maxLength: 2 });

/** Limits of which one may be so small that the log meets it. */
const someLimits: fc.Arbitrary<Partial<LogLimits>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({ depth: fc.integer({ min: 3, max: 8 }) }),
  fc.record({ columns: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ lineBytes: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ rows: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ fixes: fc.integer({ min: 1, max: 9 }) }),
);

type Same = (chunks: readonly string[], limits: Partial<LogLimits>) => Promise<void>;

/** Tries texts cut into chunks anywhere under any limits, as they are and with faults. */
export async function tried(
  same: Same,
  texts: fc.Arbitrary<string>,
  faults: ReturnType<typeof faultsOf>,
): Promise<void> {
  const cases = fc.tuple(texts, faults, fc.array(share, { maxLength: 12 }), someLimits);
  const check = fc.asyncProperty(cases, ([text, wrong, ends, limits]) => same(cut(damaged(text, wrong), ends), limits));
  await fc.assert(check, TRIED);
}
