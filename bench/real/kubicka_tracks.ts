// SPDX-License-Identifier: MIT
// The Kubička tracks of ../shared/data with their true routes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '../../src/logs/read.ts';
import type { Fixes } from '../../src/types.ts';
import { type RoutePiece, routeKey } from './route_mismatch.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'kubicka');
export const OUTLIER = '33'; // the track leaves its map

export interface TrueItem {
  way: number;
  forward: boolean;
  length: number;
}

const truthOf = (text: string): TrueItem[] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [way, forward, length] = line.split(',');
      return { way: Number(way), forward: forward === '1', length: Number(length) };
    });

/** Items from the front within which an end may lie: five, or as many metres. */
function reach(items: readonly TrueItem[], metres: number): number {
  let sum = 0;
  let count = 0;
  for (const item of items) {
    if (count >= 5 && sum >= metres) break;
    sum += item.length;
    count++;
  }
  return count;
}

/**
 * The true route without what lies before the first and after the last fix, by where the match has them. An end
 * that lies farther in than five items and `seconds` of driving is an error of the match, not an end.
 */
export function trimmed(
  truth: readonly TrueItem[],
  route: readonly RoutePiece[],
  seconds: { head: number; tail: number },
): Map<string, number> {
  const first = route[0];
  const last = route.at(-1);
  const same = (t: TrueItem, r: RoutePiece | undefined) =>
    r !== undefined && t.way === r.way && t.forward === r.forward;
  const fastest = 40; // m/s
  const atHead = reach(truth, seconds.head * fastest);
  const atTail = reach(truth.toReversed(), seconds.tail * fastest);
  const head = truth.slice(0, atHead).findIndex((t) => same(t, first));
  const tail = truth.slice(-atTail).findLastIndex((t) => same(t, last));
  const begin = Math.max(head, 0);
  const end = tail < 0 ? truth.length : truth.length - atTail + tail + 1;
  const wanted = new Map<string, number>();
  truth.slice(begin, end).forEach((t, i, all) => {
    let { length } = t;
    if (i === 0 && first && same(t, first))
      length -= Math.max(0, Math.min(length, t.forward ? first.from_m : length - first.to_m));
    if (i === all.length - 1 && last && same(t, last))
      length -= Math.max(0, Math.min(length, t.forward ? t.length - last.to_m : last.from_m));
    const key = routeKey(t.way, t.forward);
    wanted.set(key, (wanted.get(key) ?? 0) + length);
  });
  return wanted;
}

export interface Track {
  track: string;
  extract: string;
  truth: TrueItem[];
  fixes: Fixes;
}

export async function kubickaTracks(): Promise<Track[]> {
  if (!existsSync(data)) throw new Error('needs ../shared/data/kubicka');
  const tracks: Track[] = [];
  for (const track of readdirSync(data).sort()) {
    const { fixes } = await readLog(join(data, track, 'track.csv'), { timeZone: 'UTC' });
    const truth = truthOf(readFileSync(join(data, track, 'truth.csv'), 'utf8'));
    tracks.push({ track, extract: join(data, track, 'map.osm.pbf'), truth, fixes });
  }
  return tracks;
}
