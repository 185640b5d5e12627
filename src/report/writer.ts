// SPDX-License-Identifier: MIT
// What writes results: the pieces of one file, drive by drive, so that no drive is kept longer than it must be.
import type { Matched } from './matched.ts';
import type { Result } from './result.ts';

export type Piece = string | Uint8Array;

/** Makes one file or text. `head` comes first and once, then each drive, then `tail`; the pieces in a row are the file. */
export interface ResultWriter {
  head(): Piece;
  /** `matched`: the route of the drive, for formats that draw it (`needs` in registry.ts). */
  drive(result: Result, matched?: Matched): Piece;
  tail(): Piece;
}
