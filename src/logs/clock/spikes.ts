// SPDX-License-Identifier: MIT
// Positions that no car can have: a few fixes far away, reached and left faster than any vehicle drives. Lesser
// spikes are the matcher's, which knows the roads.
import { metres, surelyWithin, type Track } from './track.ts';

const FAR_M = 10_000;
const FAST_MPS = 280;
const MOST = 5;

/** Indexes of such fixes in a track that is in the order of time. */
export function spikes(track: Track): number[] {
  const n = track.time.length;
  const found: number[] = [];
  const leaps = (a: number, b: number) => {
    if (surelyWithin(track, a, b, FAR_M)) return false;
    const far = metres(track, a, b);
    return far > FAR_M && far > (FAST_MPS * ((track.time[b] as number) - (track.time[a] as number))) / 1000;
  };
  for (let i = 1; i < n; i++) {
    if (!leaps(i - 1, i)) continue;
    let back = i + 1;
    while (back < n && back - i <= MOST && leaps(i - 1, back)) back++;
    const returns = back < n ? back - i <= MOST && leaps(back - 1, back) : n - i <= MOST;
    const starts = i <= MOST && i < n - i;
    if (returns) {
      for (let k = i; k < back; k++) found.push(k);
      i = back;
    } else if (starts) {
      for (let k = 0; k < i; k++) found.push(k);
    }
  }
  return found;
}
