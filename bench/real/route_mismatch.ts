// SPDX-License-Identifier: MIT
// Route mismatch of Newson & Krumm (2009) by way and direction: (length wrongly added + length missed) /
// length of the true route.

export interface RoutePiece {
  way: number;
  forward: boolean;
  from_m: number;
  to_m: number;
}

export interface Mismatch {
  missed: number;
  added: number;
  length: number;
}

export const routeKey = (way: number, forward: boolean) => `${way}${forward ? '+' : '-'}`;

/** Metres by way and direction. */
export function metresByWay(route: readonly RoutePiece[]): Map<string, number> {
  const metres = new Map<string, number>();
  for (const r of route) {
    const key = routeKey(r.way, r.forward);
    metres.set(key, (metres.get(key) ?? 0) + r.to_m - r.from_m);
  }
  return metres;
}

/**
 * Lengths of a way as near as this, as a share, are the same: the truth of Kubička et al. measures on a sphere, which
 * makes a way up to 0.3 % shorter than on the ellipsoid of the map (at 60 degrees of latitude), or longer (at the equator).
 */
const SAME = 0.005;

const beyond = (metres: number, other: number) => (metres - other > SAME * metres ? metres - other : 0);

/** `wanted`: metres of the true route by routeKey. */
export function mismatch(wanted: ReadonlyMap<string, number>, route: readonly RoutePiece[]): Mismatch {
  const driven = metresByWay(route);
  const m = { missed: 0, added: 0, length: 0 };
  for (const [key, metres] of wanted) {
    m.length += metres;
    m.missed += beyond(metres, driven.get(key) ?? 0);
  }
  for (const [key, metres] of driven) m.added += beyond(metres, wanted.get(key) ?? 0);
  return m;
}
