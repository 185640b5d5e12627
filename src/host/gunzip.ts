// SPDX-License-Identifier: MIT
// gzip without Node: a stream of one or several members, each with its checksum checked.
import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from 'pako';

const OUTPUT_BYTES = 64 << 10;
/** zlib's windowBits for gzip alone. */
const GZIP = 31;
const MAGIC = 0x1f;

const fault = (code: string) => Object.assign(new Error(code), { code });

/** What an input inflates to, piece by piece; false once the bytes are those of no further member. */
function* inflated(stream: ZStream, input: Uint8Array, state: { ended: boolean }): Generator<Uint8Array, boolean> {
  stream.input = input;
  stream.next_in = 0;
  stream.avail_in = input.byteLength;
  let full = false;
  while (stream.avail_in > 0 || full) {
    if (state.ended) {
      if (input[stream.next_in] !== MAGIC) return false;
      zlibInflateReset(stream);
    }
    stream.output = new Uint8Array(OUTPUT_BYTES);
    stream.next_out = 0;
    stream.avail_out = OUTPUT_BYTES;
    const status = zlibInflate(stream, Z_NO_FLUSH);
    if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR) throw fault('Z_DATA_ERROR');
    state.ended = status === Z_STREAM_END;
    full = stream.avail_out === 0 && !state.ended;
    if (stream.next_out > 0) yield stream.output.subarray(0, stream.next_out);
  }
  return true;
}

/** As Node's: what follows the last member and is none is left aside. @throws Error with a `code` as zlib's */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP);
  const state = { ended: false };
  for await (const chunk of chunks) {
    if (!(yield* inflated(stream, chunk, state))) return;
  }
  if (!state.ended) throw fault('Z_BUF_ERROR');
}

/** A whole gzip block that inflates to at most `most` bytes. */
export function gunzipBlock(bytes: Uint8Array, most: number): Uint8Array {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP);
  const state = { ended: false };
  const out = new Uint8Array(most);
  let at = 0;
  for (const piece of inflated(stream, bytes, state)) {
    if (at + piece.byteLength > most) throw fault('Z_BUF_ERROR');
    out.set(piece, at);
    at += piece.byteLength;
  }
  if (!state.ended) throw fault('Z_BUF_ERROR');
  return out.subarray(0, at);
}
