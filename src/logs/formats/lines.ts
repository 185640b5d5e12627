// SPDX-License-Identifier: MIT
// Lines of a text log, handed over without an asynchronous step for each; \n, \r\n and \r end a line.
import type { FixSink, LogSource } from '../format.ts';

const END = /\r\n|\n|\r/;

export async function eachLine(
  source: LogSource,
  sink: FixSink,
  use: (line: string, number: number) => void,
): Promise<void> {
  const limit = source.limits.lineBytes;
  let rest = '';
  let number = 0;
  for await (const chunk of source.text()) {
    // A \r at the end may be the first half of \r\n.
    const held = chunk.endsWith('\r') ? '\r' : '';
    const parts = (rest + (held === '' ? chunk : chunk.slice(0, -1))).split(END);
    rest = (parts.pop() ?? '') + held;
    for (const part of parts) use(part, ++number);
    if (rest.length > limit) throw sink.bad(number + 1, `longer than ${limit} bytes`, 'LOG_LINE_LENGTH');
  }
  for (const part of rest.replace(/\r$/, '').split(END)) if (part !== '') use(part, ++number);
}
