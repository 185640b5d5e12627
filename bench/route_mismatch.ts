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

/** `wanted`: metres of the true route by routeKey. */
export function mismatch(wanted: ReadonlyMap<string, number>, route: readonly RoutePiece[]): Mismatch {
  const driven = metresByWay(route);
  const m = { missed: 0, added: 0, length: 0 };
  for (const [key, metres] of wanted) {
    m.length += metres;
    m.missed += Math.max(0, metres - (driven.get(key) ?? 0));
  }
  for (const [key, metres] of driven) m.added += Math.max(0, metres - (wanted.get(key) ?? 0));
  return m;
}
