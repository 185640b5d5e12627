// SPDX-License-Identifier: MIT
// Reads bytes by one format, in small chunks, before the account is made up: what the format itself found.

import { decoder, encodingOf } from '../../src/logs/encoding.ts';
import type { LogFormat, LogLimits, LogSource } from '../../src/logs/format.ts';
import { LIMITS } from '../../src/logs/limits.ts';
import { Sink } from '../../src/logs/sink.ts';

export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export function sourceOf(bytes: Uint8Array, limits: Partial<LogLimits> = {}, chunk = 100): LogSource {
  const encoding = encodingOf(bytes);
  const head = bytes.subarray(0, 64 << 10);
  async function* text(): AsyncGenerator<string> {
    const decode = decoder(encoding);
    for await (const part of inChunks(bytes, chunk)) yield decode.write(part);
    yield decode.end();
  }
  return {
    name: 'log',
    head: {
      name: 'log',
      bytes: head,
      text: decoder(encoding).write(head),
      encoding,
      whole: head.length === bytes.length,
    },
    limits: { ...LIMITS, ...limits },
    columns: [],
    bytes: () => inChunks(bytes, chunk),
    text,
    pieces: text,
  };
}

/** What the format made of the log, and what it left out: reason → rows. */
export async function readBy(format: LogFormat, bytes: Uint8Array, limits: Partial<LogLimits> = {}, chunk = 100) {
  const source = sourceOf(bytes, limits, chunk);
  const sink = new Sink('log', source.limits);
  await format.read(source, sink);
  return { fixes: sink.columns.take(), account: sink.account, unit: sink.speedUnit };
}
