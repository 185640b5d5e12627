// SPDX-License-Identifier: MIT
// Route mismatch on simulated drives, for any matcher that says which ways it took.
import { type Mismatch, metresByWay, mismatch, type RoutePiece } from '../real/route_mismatch.ts';
import type { DrawnTwice } from './drawn_twice.ts';
import type { Drive } from './drives.ts';

/** The true route between the first and the last fix; none where an extract's edge hides offsets. */
export function trueRoute(drive: Drive, at: readonly number[]): RoutePiece[] | undefined {
  const [begin, end] = [drive.path(at[0] ?? 0), drive.path(at.at(-1) ?? 0)];
  const pieces: RoutePiece[] = [];
  let start = 0;
  for (const { way, forward, from_m, to_m } of drive.route) {
    if (Number.isNaN(from_m)) return undefined;
    const lo = Math.max(begin, start) - start;
    const hi = Math.min(end, start + to_m - from_m) - start;
    if (hi > lo) {
      const [from, to] = forward ? [from_m + lo, from_m + hi] : [to_m - hi, to_m - lo];
      pieces.push({ way, forward, from_m: from, to_m: to });
    }
    start += to_m - from_m;
  }
  return pieces;
}

export function driveMismatch(
  drive: Drive,
  at: readonly number[],
  route: readonly RoutePiece[],
  drawn: DrawnTwice,
): Mismatch | undefined {
  const wanted = trueRoute(drive, at);
  return wanted && mismatch(metresByWay(drawn.route(wanted)), drawn.route(route));
}

/** Length-weighted share. */
export function shareOf(list: readonly (Mismatch | undefined)[]): number {
  let [wrong, length] = [0, 0];
  for (const m of list) {
    wrong += m ? m.missed + m.added : 0;
    length += m?.length ?? 0;
  }
  return wrong / length;
}
